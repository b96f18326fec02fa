import test from 'ava'
import fc from 'fast-check'
import type { Delivery, Ending, Place } from '../../src/core/exchange.ts'
import { deliveryPlan, type Span, STREAM, type Step } from '../../src/http/delivery-plan.ts'

/** A head of ten bytes, a body of twenty. */
const ANSWER = Buffer.from('HEAD-BYTESthe-body-of-20-bytes')
const SPAN: Span = { headBytes: 10, bodyBytes: 20 }

interface Played {
  /** What was written, each piece by itself, with `…ms` for a wait. */
  readonly story: string[]
  readonly written: Buffer
  readonly ending: Ending | undefined
  readonly waitedMs: number
}

/** Everything that comes of these chunks; it stops at an end, as whoever executes steps does. */
function play(deliveries: readonly Delivery[], span: Span, chunks: readonly Buffer[]): Played {
  const plan = deliveryPlan(deliveries, span)
  const story: string[] = []
  const written: Buffer[] = []
  let waitedMs = 0
  const steps = function* (): Iterable<Step> {
    for (const chunk of chunks) yield* plan(chunk)
  }
  for (const step of steps())
    switch (step.kind) {
      case 'write':
        written.push(step.bytes)
        story.push(step.bytes.toString('latin1'))
        break
      case 'wait':
        waitedMs += step.ms
        story.push(`…${step.ms}ms`)
        break
      case 'end':
        return { story: [...story, step.ending], written: Buffer.concat(written), ending: step.ending, waitedMs }
    }
  return { story, written: Buffer.concat(written), ending: undefined, waitedMs }
}

const cut = (at: Place, ending: Ending = 'reset'): Delivery => ({ kind: 'cut', at, ending })
const inBody = (at: number): Place => ({ part: 'body', at })

const STORIES: ReadonlyArray<readonly [title: string, deliveries: readonly Delivery[], story: readonly string[]]> = [
  ['nothing changes nothing', [], ['HEAD-BYTESthe-body-of-20-bytes']],
  ['a wait comes before the first byte', [{ kind: 'wait', ms: 50 }], ['…50ms', 'HEAD-BYTESthe-body-of-20-bytes']],
  ['a cut in the body', [cut(inBody(3))], ['HEAD-BYTESthe', 'reset']],
  ['a cut before the body', [cut(inBody(0), 'close')], ['HEAD-BYTES', 'close']],
  ['a cut in the head', [cut({ part: 'head', at: 4 }, 'close')], ['HEAD', 'close']],
  ['a cut at the first byte writes none', [cut({ part: 'head', at: 0 })], ['reset']],
  ['a cut past the head leaves it incomplete', [cut({ part: 'head', at: 99 })], ['HEAD-BYTE', 'reset']],
  ['a cut past the body never comes', [cut(inBody(21))], ['HEAD-BYTESthe-body-of-20-bytes']],
  ['a cut at the end of the body ends a whole answer', [cut(inBody(20))], ['HEAD-BYTESthe-body-of-20-bytes', 'reset']],
  ['half of the body', [cut({ part: 'body', fraction: 0.5 })], ['HEAD-BYTESthe-body-o', 'reset']],
  ['half of the head', [cut({ part: 'head', fraction: 0.5 })], ['HEAD-', 'reset']],
  ['all of the head', [cut({ part: 'head', fraction: 1 })], ['HEAD-BYTES', 'reset']],
  [
    'all of the body, and then it hangs',
    [cut({ part: 'body', fraction: 1 }, 'hang')],
    ['HEAD-BYTESthe-body-of-20-bytes', 'hang'],
  ],
  [
    'slices, and a wait between two',
    [{ kind: 'slice', bytes: 12, waitMs: 5 }],
    ['HEAD-BYTESth', '…5ms', 'e-body-of-20', '…5ms', '-bytes'],
  ],
  [
    'a pace: each piece as late as it would be on a line of that kind',
    [{ kind: 'pace', bytesPerSecond: 150 }],
    ['…100ms', 'HEAD-BYTESthe-b', '…100ms', 'ody-of-20-bytes'],
  ],
  [
    'less than ten bytes in a second go one by one',
    [{ kind: 'pace', bytesPerSecond: 2 }, cut(inBody(-9))],
    ['…500ms', 'H', 'reset'],
  ],
  ['no pace at all: nothing passes', [{ kind: 'pace', bytesPerSecond: 0 }], ['hang']],
  [
    'of two cuts the earlier one ends it, whichever is the inner one',
    [cut(inBody(8), 'hang'), cut(inBody(3), 'close')],
    ['HEAD-BYTESthe', 'close'],
  ],
  ['and the other way round', [cut(inBody(3), 'close'), cut(inBody(8), 'hang')], ['HEAD-BYTESthe', 'close']],
  [
    'a cut counts bytes, not slices',
    [{ kind: 'slice', bytes: 12, waitMs: 5 }, cut(inBody(4))],
    ['HEAD-BYTESth', '…5ms', 'e-', 'reset'],
  ],
  [
    'slices of a cut answer',
    [cut(inBody(4)), { kind: 'slice', bytes: 12, waitMs: 5 }],
    ['HEAD-BYTESth', '…5ms', 'e-', 'reset'],
  ],
]

for (const [title, deliveries, story] of STORIES) {
  test(title, (t) => {
    t.deepEqual(play(deliveries, SPAN, [ANSWER]).story, story)
  })
}

test('half of an empty body leaves the head incomplete: the reader must not take the answer for whole', (t) => {
  const span = { headBytes: 10, bodyBytes: 0 }
  const { story } = play([cut({ part: 'body', fraction: 0.5 })], span, [ANSWER.subarray(0, 10)])
  t.deepEqual(story, ['HEAD-BYTE', 'reset'])
})

test('garbage takes the place of as many bytes, and the rest stays', (t) => {
  const garbage: Delivery = { kind: 'garbage', from: inBody(4), bytes: 4, seed: 7 }
  const { written } = play([garbage], SPAN, [ANSWER])
  t.is(written.length, ANSWER.length)
  t.is(written.subarray(0, 14).toString(), 'HEAD-BYTESthe-')
  t.is(written.subarray(18).toString(), '-of-20-bytes')
  for (const byte of written.subarray(14, 18)) t.true(byte >= 0x80)
  t.not(play([{ ...garbage, seed: 8 }], SPAN, [ANSWER]).written.toString('hex'), written.toString('hex'))
  t.is(ANSWER.toString(), 'HEAD-BYTESthe-body-of-20-bytes', 'the answer itself is not touched')
})

test('garbage without an end lasts', (t) => {
  const { written } = play([{ kind: 'garbage', from: { part: 'head', at: 0 }, seed: 1 }], SPAN, [ANSWER])
  t.true(written.every((byte) => byte >= 0x80))
  t.true(new Set(written).size > 10)
})

test('on a stream places count from its first byte, and a fraction of it is never reached', (t) => {
  const chunks = [Buffer.from('first'), Buffer.from('second')]
  t.deepEqual(play([cut(inBody(7))], STREAM, chunks).story, ['first', 'se', 'reset'])
  t.deepEqual(play([cut({ part: 'body', fraction: 0.5 })], STREAM, chunks).story, ['first', 'second'])
  t.deepEqual(play([cut({ part: 'head', at: 3 })], STREAM, chunks).story, ['reset'])
})

test('after an end the stream stays ended', (t) => {
  const plan = deliveryPlan([cut(inBody(3))], STREAM)
  for (const chunk of ['four', 'more']) t.like([...plan(Buffer.from(chunk))].at(-1), { kind: 'end' })
})

test('on a stream every chunk waits, less what it has waited before', (t) => {
  const plan = deliveryPlan([{ kind: 'wait', ms: 50 }], STREAM)
  const waits = (waitedMs?: number): Step[] =>
    [...plan(Buffer.from('x'), waitedMs)].filter(({ kind }) => kind === 'wait')
  t.deepEqual(waits(), [{ kind: 'wait', ms: 50 }])
  t.deepEqual(waits(20), [{ kind: 'wait', ms: 30 }])
  t.deepEqual(waits(60), [])
})

test('steps are made when they are asked for', (t) => {
  const plan = deliveryPlan([{ kind: 'slice', bytes: 1, waitMs: 1 }], STREAM)
  const [first] = plan(Buffer.alloc(64 * 1024 * 1024))
  t.like(first, { kind: 'write' })
})

const place = (): fc.Arbitrary<Place> =>
  fc
    .tuple(fc.constantFrom('head', 'body'), fc.boolean(), fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([part, isFraction, at, fraction]): Place => (isFraction ? { part, fraction } : { part, at }))
const delivery = (): fc.Arbitrary<Delivery> =>
  fc.oneof(
    fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(1000) }),
    fc.record({ kind: fc.constant('slice' as const), bytes: fc.integer({ min: 1, max: 50 }), waitMs: fc.nat(1000) }),
    fc.record({ kind: fc.constant('pace' as const), bytesPerSecond: fc.nat(1000) }),
    fc.record({ kind: fc.constant('garbage' as const), from: place(), bytes: fc.nat(30), seed: fc.integer() }),
    fc.record({ kind: fc.constant('cut' as const), at: place(), ending: fc.constantFrom('reset', 'close', 'hang') }),
  )
const deliveries = fc.array(delivery(), { maxLength: 4 })
const parts = fc.record({ head: fc.uint8Array({ maxLength: 40 }), body: fc.uint8Array({ maxLength: 40 }) })

/** The same bytes in other chunks, none of them empty. */
function chunked(bytes: Buffer, ends: readonly number[]): Buffer[] {
  const places = [...new Set([0, ...ends.map((end) => end % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b)
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end))
}

test('what is written is as long as what was given, or ends earlier; without garbage it is the beginning of it', (t) => {
  fc.assert(
    fc.property(deliveries, parts, (list, { head, body }) => {
      const bytes = Buffer.concat([head, body])
      const { written, ending } = play(list, { headBytes: head.length, bodyBytes: body.length }, [bytes])
      if (ending === undefined) t.is(written.length, bytes.length)
      if (list.some(({ kind }) => kind === 'garbage')) t.true(written.length <= bytes.length)
      else t.deepEqual(written, bytes.subarray(0, written.length))
    }),
  )
})

test('the bytes and the ending are the same, however the bytes come', (t) => {
  fc.assert(
    fc.property(deliveries, parts, fc.array(fc.nat()), (list, { head, body }, ends) => {
      const bytes = Buffer.concat([head, body])
      if (bytes.length === 0) return
      const span = { headBytes: head.length, bodyBytes: body.length }
      const whole = play(list, span, [bytes])
      const inParts = play(list, span, chunked(bytes, ends))
      t.deepEqual(inParts.written, whole.written)
      t.is(inParts.ending, whole.ending)
    }),
  )
})

test('slices are no longer than they may be, and bytes at a pace come no earlier than they may', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.nat(3000),
      (size, rate, length) => {
        const bytes = Buffer.alloc(length)
        const slices = play([{ kind: 'slice', bytes: size, waitMs: 1 }], STREAM, [bytes])
        for (const piece of slices.story) t.true(piece.startsWith('…') || piece.length <= size)
        t.is(slices.waitedMs, Math.max(0, Math.ceil(length / size) - 1))
        const { waitedMs } = play([{ kind: 'pace', bytesPerSecond: rate }], STREAM, [bytes])
        t.true(Math.abs(waitedMs - (length / rate) * 1000) < 0.001)
      },
    ),
  )
})
