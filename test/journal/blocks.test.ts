import test from 'ava'
import fc from 'fast-check'
import { BlockReader, Blocks, bytesOf, bytesOfNumbers, mostBytesOfText, type Place } from '../../src/journal/blocks.ts'

interface Written {
  readonly number: number
  readonly text: string
  readonly bytes: Uint8Array
}

function write(blocks: Blocks, { number, text, bytes }: Written): Place {
  const place = blocks.begin(bytesOfNumbers(1) + mostBytesOfText(text) + bytesOf(bytes.length))
  blocks.number(number)
  blocks.text(text)
  blocks.bytes(Buffer.from(bytes))
  return place
}

function read(place: Place): Written {
  const reader = new BlockReader(place)
  return { number: reader.number(), text: reader.text(), bytes: new Uint8Array(reader.bytes()) }
}

const written = fc.record({
  number: fc.double({ noNaN: true }),
  text: fc.string({ unit: 'grapheme', maxLength: 2000 }),
  bytes: fc.uint8Array({ maxLength: 4000 }),
})

test('what is held can be read, whatever was written and given back meanwhile', (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(written, fc.nat(20))), (steps) => {
      const blocks = new Blocks()
      const held: { place: Place; written: Written }[] = []
      for (const [one, kept] of steps) {
        held.push({ place: write(blocks, one), written: one })
        while (held.length > kept) blocks.release((held.shift() as { place: Place }).place)
        for (const { place, written: wanted } of held) t.deepEqual(read(place), wanted)
      }
    }),
  )
})

test('a block is written anew when nobody holds a place in it, and only then', (t) => {
  const blocks = new Blocks()
  const large = (): Place => write(blocks, { number: 1, text: '', bytes: new Uint8Array(20_000) })
  const first = large()
  const second = large()
  t.not(second.block, first.block)
  const third = large()
  t.not(third.block, first.block, 'the first one is held')
  blocks.release(first)
  t.is(large().block, first.block)
})

test('bytes that were read stay as they are when the block is written anew', (t) => {
  const blocks = new Blocks()
  const place = write(blocks, { number: 1, text: '', bytes: new Uint8Array(20_000).fill(1) })
  const { bytes } = read(place)
  blocks.release(place)
  for (let i = 0; i < 3; i++)
    blocks.release(write(blocks, { number: 2, text: '', bytes: new Uint8Array(20_000).fill(2) }))
  t.true(bytes.every((byte) => byte === 1))
})
