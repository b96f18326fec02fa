import test from 'ava'
import { formatUuid, seededRandom, systemRandom } from '../../src/core/random.ts'

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

for (const [name, random] of [
  ['the system', systemRandom()],
  ['a seed', seededRandom(1)],
] as const) {
  test(`ids from ${name} are UUIDs v4, none of them twice`, (t) => {
    const ids = Array.from({ length: 2000 }, () => random.uuid())
    t.deepEqual(
      ids.filter((id) => !UUID_V4.test(id)),
      [],
    )
    t.is(new Set(ids).size, ids.length)
  })

  test(`bytes from ${name} are as many as asked for, and stay what they were`, (t) => {
    const first = random.bytes(64)
    const copy = Buffer.from(first)
    for (let i = 0; i < 200; i++) random.bytes(64)
    t.is(first.length, 64)
    t.deepEqual(first, copy, 'a later draw does not overwrite an earlier one')
    t.is(random.bytes(0).length, 0)
    t.is(random.bytes(4096).length, 4096)
    t.throws(() => random.bytes(4097), { instanceOf: RangeError })
  })
}

test('the same seed gives the same ids in the same order, another seed others', (t) => {
  const [one, same, other] = [seededRandom(7), seededRandom(7), seededRandom(8)]
  const ids = Array.from({ length: 600 }, () => one.uuid())
  t.deepEqual(
    ids,
    Array.from({ length: 600 }, () => same.uuid()),
  )
  t.false(ids.includes(other.uuid()))
})

test('every byte value is drawn about equally often', (t) => {
  const counts = new Uint16Array(256)
  for (const byte of seededRandom(3).bytes(4096)) counts[byte] = (counts[byte] ?? 0) + 1
  t.true(Math.min(...counts) > 0)
  t.true(Math.max(...counts) < 48, 'three times the mean of 16')
})

test('sixteen bytes are written as a UUID, version and variant in their place', (t) => {
  t.is(formatUuid(new Uint8Array(16)), '00000000-0000-4000-8000-000000000000')
  t.is(formatUuid(new Uint8Array(16).fill(0xff)), 'ffffffff-ffff-4fff-bfff-ffffffffffff')
  const counting = Uint8Array.from({ length: 20 }, (_, i) => i)
  t.is(formatUuid(counting, 2), '02030405-0607-4809-8a0b-0c0d0e0f1011')
})
