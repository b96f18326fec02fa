import test from 'ava'
import fc from 'fast-check'
import { Rates } from '../../../src/sqs/engine/rates.ts'

const LAW = {}

/** How many of so many calls at one moment go through. */
const through = (rates: Rates, calls: number, perSecond: number, nowMs: number, law: object = LAW): number =>
  Array.from({ length: calls }, () => rates.take(law, 'SendMessage', perSecond, nowMs)).filter(Boolean).length

test('as many calls as come in a second go through at once, then one as each comes', (t) => {
  const rates = new Rates()
  t.is(through(rates, 10, 4, 0), 4)
  t.is(through(rates, 1, 4, 249), 0)
  t.is(through(rates, 2, 4, 250), 1)
  t.is(through(rates, 10, 4, 1000), 3)
})

test('a second of silence is as good as an hour', (t) => {
  const rates = new Rates()
  through(rates, 4, 4, 0)
  t.is(through(rates, 10, 4, 3_600_000), 4)
})

test('less than one in a second is one in so many seconds', (t) => {
  const rates = new Rates()
  t.is(through(rates, 2, 0.5, 0), 1)
  t.is(through(rates, 1, 0.5, 1999), 0)
  t.is(through(rates, 2, 0.5, 2000), 1)
})

test('every law and every name counts for itself', (t) => {
  const rates = new Rates()
  t.is(through(rates, 2, 1, 0), 1)
  t.is(through(rates, 2, 1, 0, {}), 1)
  t.true(rates.take(LAW, 'ReceiveMessage', 1, 0))
})

test('what is forgotten begins anew', (t) => {
  const rates = new Rates()
  through(rates, 1, 1, 0)
  rates.clear()
  t.is(through(rates, 2, 1, 0), 1)
})

test('in no stretch of time do more go through than have come, and a full bucket', (t) => {
  fc.assert(
    fc.property(fc.array(fc.nat(700), { maxLength: 60 }), fc.integer({ min: 1, max: 9 }), (pauses, perSecond) => {
      const rates = new Rates()
      let nowMs = 0
      const passed = pauses.map((pauseMs) => {
        nowMs += pauseMs
        return { atMs: nowMs, count: through(rates, 3, perSecond, nowMs) }
      })
      return passed.every(({ atMs }, from) => {
        let count = 0
        return passed.slice(from).every((each) => {
          count += each.count
          return count <= perSecond + ((each.atMs - atMs) / 1000) * perSecond + 1e-6
        })
      })
    }),
  )
  t.pass()
})
