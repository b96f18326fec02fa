import test from 'ava'
import { VirtualClock } from '../../../src/core/clock.ts'
import { compileRule } from '../../../src/injectors/rules/compiled-rule.ts'
import { Match, Passage } from '../../../src/injectors/rules/match.ts'
import { Tally } from '../../../src/injectors/rules/tally.ts'
import { sqs } from '../../../src/sqs/service.ts'
import { exchangeOf, lab, NOTE } from './lab.ts'

function matching(seed = 42) {
  const { read, vocabulary } = lab()
  const wall = new VirtualClock()
  const clock = new VirtualClock(0)
  const refused: number[] = []
  const service = sqs()
  const environment = {
    seed,
    wall,
    serviceOf: () => service,
    clockOf: () => clock,
    refuse: (ms: number) => void refused.push(ms),
  }
  const [written] = read({ id: 'r', when: { first: 5 }, do: NOTE })
  if (written === undefined) throw new Error('no rule')
  const rule = compileRule(written, vocabulary)
  const tally = new Tally(0)
  const match = (body = 'a') => new Match(rule, tally, new Passage('mock', exchangeOf({ body }), environment))
  return { match, tally, rule, wall, clock, refused, service }
}

test('a draw is the same for one purpose of one firing, and for the same call in the next run', (t) => {
  const first = matching().match()
  t.is(first.draw('length'), first.draw('length'))
  t.not(first.draw('length'), first.draw('place'))
  t.is(matching().match().draw('length'), first.draw('length'))
  t.not(matching(43).match().draw('length'), first.draw('length'))
})

test('the second call with one content draws anew, as the second of the next run does', (t) => {
  const one = matching()
  const [first, second] = [one.match().draw(''), one.match().draw('')]
  t.not(first, second)
  const other = matching()
  other.match('something else').draw('')
  t.deepEqual([other.match().draw(''), other.match().draw('')], [first, second])
})

test('what happens is written down in the exchange and counted once, however many effects there are', (t) => {
  const { match, tally, rule } = matching()
  const one = match()
  one.happened('before-commit', 'latency +5ms')
  one.happened('after-commit', 'reset')
  one.end()
  t.is(tally.fired, 1)
  t.true(rule.life.hasFired)
  t.regex(tally.firings[0] ?? '', /^SendMessage orders [0-9a-f]{16}#1$/)
  const two = match()
  two.happened('before-commit', 'reset')
  t.is(tally.fired, 2)
})

test('a trace tells the rule, the leg and the how-many-th time it was', (t) => {
  const { read, vocabulary } = lab()
  const [written] = read({ id: 'r', do: NOTE })
  if (written === undefined) return t.fail()
  const exchange = exchangeOf()
  const clock = new VirtualClock()
  const environment = { seed: 1, wall: clock, serviceOf: () => undefined, clockOf: () => clock, refuse: () => {} }
  const tally = new Tally(0)
  const match = new Match(compileRule(written, vocabulary), tally, new Passage('mock', exchange, environment))
  match.happened('after-commit', 'reset')
  t.deepEqual(exchange.trace.faults, [{ rule: 'r', effect: 'reset', leg: 'mock', phase: 'after-commit', n: 1 }])
  t.deepEqual(tally.firings, [])
})

test('one that did nothing says so at the end', (t) => {
  const { match, tally } = matching()
  match().end()
  t.deepEqual(tally.skippedBy, { ineffective: 1 })
})

test('effects get both times, the service, and the way to take the ports down', (t) => {
  const { match, wall, clock, refused, service } = matching()
  const one = match()
  t.is(one.wall, wall)
  t.is(one.clock, clock)
  t.is(one.service, service)
  one.refuse(5)
  t.deepEqual(refused, [5])
})
