import test from 'ava'
import { Tally } from '../../../src/injectors/rules/tally.ts'

test('reasons are counted, one or many at once', (t) => {
  const tally = new Tally(5)
  tally.skip('first')
  tally.skip('first')
  tally.skip('operation', 7)
  t.deepEqual(tally.skippedBy, { first: 2, operation: 7 })
  t.is(tally.armedAtMs, 5)
  t.deepEqual([tally.fire(), tally.fire(), tally.fired], [1, 2, 2])
})

test('the same content is counted on, and what was long not seen begins anew', (t) => {
  const tally = new Tally(0)
  t.deepEqual([tally.occurrence('a'), tally.occurrence('b'), tally.occurrence('a')], [1, 1, 2])
  for (let i = 0; i < 9999; i++) tally.occurrence(String(i))
  t.is(tally.occurrence('a'), 3)
  t.is(tally.occurrence('b'), 1)
})

test('as many firings are remembered as an export may have', (t) => {
  const tally = new Tally(0)
  for (let i = 0; i < 10_000; i++) tally.remember(String(i))
  t.false(tally.isCut)
  tally.remember('more')
  t.true(tally.isCut)
  t.is(tally.firings.length, 10_000)
})
