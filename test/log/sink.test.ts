import { Writable } from 'node:stream'
import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { openSink } from '../../src/log/sink.ts'

/** A reader that can be stopped, and remembers what it got in which pieces. */
class Reader extends Writable {
  readonly pieces: string[] = []
  #held: (() => void) | undefined
  #isStopped = false

  constructor() {
    super({ decodeStrings: false, highWaterMark: 1 })
  }

  override _write(chunk: string, _encoding: string, done: () => void): void {
    this.pieces.push(chunk)
    if (this.#isStopped) this.#held = done
    else done()
  }

  stop(): void {
    this.#isStopped = true
  }

  go(): void {
    this.#isStopped = false
    this.#held?.()
  }
}

function opened(mostUnreadBytes?: number) {
  const reader = new Reader()
  const clock = new VirtualClock()
  return { reader, clock, sink: openSink(reader, clock, mostUnreadBytes) }
}

test('lines are gathered for five milliseconds and written together', (t) => {
  const { reader, clock, sink } = opened()
  sink.write('a\n')
  sink.write('b\n')
  clock.advance(4)
  t.deepEqual(reader.pieces, [])
  clock.advance(1)
  t.deepEqual(reader.pieces, ['a\nb\n'])
  sink.write('c\n')
  clock.advance(5)
  t.deepEqual(reader.pieces, ['a\nb\n', 'c\n'])
})

test('nothing is written when there is nothing', (t) => {
  const { reader, clock, sink } = opened()
  sink.flush()
  clock.advance(1000)
  t.deepEqual(reader.pieces, [])
})

test('a flush hands over at once, and the lines are not written again', (t) => {
  const { reader, clock, sink } = opened()
  sink.write('a\n')
  sink.flush()
  clock.advance(1000)
  t.deepEqual(reader.pieces, ['a\n'])
})

test('a reader that has stopped costs a bounded number of bytes, and is told what it missed', (t) => {
  const { reader, clock, sink } = opened(100)
  const line = `${'x'.repeat(19)}\n`
  reader.stop()
  for (let i = 0; i < 50; i++) {
    sink.write(line)
    clock.advance(5)
  }
  t.true(reader.writableLength <= 120, `${reader.writableLength} bytes are kept`)
  reader.go()
  sink.write('after\n')
  sink.flush()
  const text = reader.pieces.join('')
  const arrived = text.split(line).length - 1
  t.true(arrived >= 5 && arrived < 10)
  t.is(text, `${line.repeat(arrived)}pipit: lines dropped here, their reader was too slow: ${50 - arrived}\nafter\n`)
})

test('closing waits until everything is read', async (t) => {
  const { reader, sink } = opened()
  reader.stop()
  sink.write('last\n')
  let isClosed = false
  const closed = sink.close().then(() => (isClosed = true))
  await Promise.resolve()
  t.false(isClosed)
  reader.go()
  await closed
  t.deepEqual(reader.pieces[0], 'last\n')
})

test('closing gives up on a reader that has stopped', async (t) => {
  const { reader, clock, sink } = opened()
  reader.stop()
  sink.write('last\n')
  const closed = sink.close()
  clock.advance(200)
  await t.notThrowsAsync(closed)
})

test('closing is at once when all has been read', async (t) => {
  const { sink } = opened()
  await t.notThrowsAsync(sink.close())
})

test('a reader that has gone is no reason to stop', async (t) => {
  const { reader, clock, sink } = opened()
  reader.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
  await new Promise((resolve) => reader.once('close', resolve))
  sink.write('a\n')
  clock.advance(5)
  sink.flush()
  await sink.close()
  t.deepEqual(reader.pieces, [])
})
