import test from 'ava'
import fc from 'fast-check'
import { VirtualClock } from '../../src/core/clock.ts'
import { Presence } from '../../src/core/exchange.ts'
import { latency } from '../../src/injectors/latency.ts'
import { act, type ActOptions, complaint, onWire, responseOf } from './acting.ts'

/** A clock on which everything is due at once, and what was waited for. */
function hasty(): { waitedMs: number[]; wall: NonNullable<ActOptions['wall']> } {
  const waitedMs: number[] = []
  return {
    waitedMs,
    wall: {
      nowMs: () => 0,
      schedule(atMs, task) {
        waitedMs.push(atMs)
        queueMicrotask(task)
        return () => {}
      },
    },
  }
}

async function waited(given: unknown, draws: Readonly<Record<string, number>> = {}): Promise<number> {
  const { waitedMs, wall } = hasty()
  await act(latency, given, { wall, draws })
  return waitedMs[0] as number
}

test('the request waits, and is then executed', async (t) => {
  const wall = new VirtualClock()
  const happened: number[] = []
  const acting = act(latency, '200ms', {
    wall,
    next: () => {
      happened.push(wall.nowMs())
      return { kind: 'response', response: { status: 200, rawHeaders: [], body: '' } }
    },
  })
  const startedMs = wall.nowMs()
  wall.advance(199)
  await new Promise((resolve) => setImmediate(resolve))
  t.deepEqual(happened, [])
  wall.advance(1)
  const acted = await acting
  t.deepEqual(happened, [startedMs + 200])
  t.is(responseOf(acted).response.status, 200)
  t.deepEqual(acted.happened, ['before-commit latency +200ms'])
})

test('a client that goes while it waits has not sent its request', async (t) => {
  let leave = (): void => {}
  const acting = act(latency, '90s', { presence: new Presence((gone) => (leave = gone)) })
  await new Promise((resolve) => setImmediate(resolve))
  leave()
  const { executed, outcome, happened } = await acting
  t.is(executed, 0)
  t.is(outcome.kind, 'failure')
  t.deepEqual(happened, ['before-commit latency +90000ms'])
})

test('uniform: from min to max, by the draw', async (t) => {
  const uniform = { min: '100ms', max: '300ms' }
  t.is(await waited({ uniform }, { latency: 0 }), 100)
  t.is(await waited({ uniform }, { latency: 0.25 }), 150)
  t.is(await waited({ uniform }, { latency: 1 }), 300)
})

test('normal and lognormal: half of the calls are below the middle, and none is below zero or above max', async (t) => {
  // A quarter of a turn is no deviation at all.
  t.is(Math.round(await waited({ normal: { mean: 100, sigma: 30 } }, { 'latency angle': 0.25 })), 100)
  t.is(Math.round(await waited({ lognormal: { median: 100, sigma: 1 } }, { 'latency angle': 0.25 })), 100)
  t.true((await waited({ normal: { mean: 100, sigma: 30 } }, { latency: 0.9, 'latency angle': 0 })) > 100)
  t.is(await waited({ normal: { mean: 100, sigma: 900 } }, { latency: 0.9, 'latency angle': 0.5 }), 0)
  t.is(await waited({ normal: { mean: 100, sigma: 900, max: 150 } }, { latency: 0.9, 'latency angle': 0 }), 150)
  t.is(await waited({ lognormal: { median: 80, sigma: 9, max: '2s' } }, { latency: 0.9, 'latency angle': 0 }), 2000)
})

test('whatever is drawn, the wait is one', async (t) => {
  const draw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  await fc.assert(
    fc.asyncProperty(draw, draw, async (radius, angle) => {
      for (const given of [
        { uniform: { min: 0, max: 100_000 } },
        { normal: { mean: 100, sigma: 100_000 } },
        { lognormal: { median: 100_000, sigma: 10 } },
      ]) {
        const ms = await waited(given, { latency: radius, 'latency angle': angle })
        t.true(ms >= 0 && ms <= 100_000, `${JSON.stringify(given)}: ${ms}`)
      }
    }),
    { numRuns: 50 },
  )
})

test('the spread is the one that was asked for', async (t) => {
  const draws = Array.from({ length: 40 }, (_, i) => (i + 0.5) / 40)
  const seen: number[] = []
  for (const radius of draws)
    for (const angle of draws)
      seen.push(await waited({ normal: { mean: 1000, sigma: 100 } }, { latency: radius, 'latency angle': angle }))
  const mean = seen.reduce((sum, ms) => sum + ms, 0) / seen.length
  const sigma = Math.sqrt(seen.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / seen.length)
  t.true(Math.abs(mean - 1000) < 2, `${mean}`)
  t.true(Math.abs(sigma - 100) < 5, `${sigma}`)
})

test('on the wire it is a wait before the bytes that come back', (t) => {
  const { deliveries, happened } = onWire(latency, 200)
  t.deepEqual(deliveries, [{ kind: 'wait', ms: 200 }])
  t.deepEqual(happened, ['after-commit latency +200ms'])
})

for (const [given, text] of [
  ['soon', 'expected a duration like "200ms"'],
  [{}, 'expected one of uniform, normal, lognormal'],
  [{ normal: { mean: 1, sigma: 1 }, uniform: { min: 1, max: 2 } }, 'expected one of uniform, normal, lognormal'],
  [{ uniform: { min: '2s', max: '1s' } }, 'min is above max'],
  [{ lognormal: { median: 1, sigma: 11 } }, 'lognormal.sigma: expected a number from 0 to 10'],
  [{ lognormal: { medium: 1, sigma: 1 } }, 'lognormal.median: missing'],
  [{ unifrom: { min: 1, max: 2 } }, 'unifrom: unknown key (did you mean "uniform"?)'],
] as const)
  test(`${JSON.stringify(given)} is no latency`, (t) => {
    t.is(complaint(latency, given), text)
  })

test('one that the connection would not live to see is refused', (t) => {
  t.regex(complaint(latency, '5m') ?? '', /^expected at most 100s: .*use hang$/)
})
