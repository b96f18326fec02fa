import test from 'ava'
import { VirtualClock } from '../../../src/core/clock.ts'
import { decided } from '../../../src/injectors/rules/decided.ts'
import { Tally } from '../../../src/injectors/rules/tally.ts'
import { compileWhen, type When } from '../../../src/injectors/rules/when.ts'

/** How often a rule applied, of so many matches, each a second after the one before. */
function run(when: When, matches: number) {
  const clock = new VirtualClock(0)
  const tally = new Tally(0)
  let keys = 0
  const compiled = compileWhen(when)
  const applied = Array.from({ length: matches }, () => {
    const occasion = decided(compiled, tally, clock, () => ({
      index: tally.index,
      applied: tally.applied,
      key: () => `${++keys}`,
      chance: () => 0.5,
    }))
    clock.advance(1000)
    return occasion?.index
  })
  return { applied, tally, keys }
}

test('what always applies needs no key', (t) => {
  const { applied, tally, keys } = run({}, 2)
  t.deepEqual(applied, [1, 2])
  t.like(tally, { matched: 2, applied: 2, skippedBy: {} })
  t.is(keys, 0)
})

test('every match is counted, and why it was none', (t) => {
  const { applied, tally } = run({ after: 1, times: 1 }, 4)
  t.deepEqual(applied, [undefined, 2, undefined, undefined])
  t.like(tally, { matched: 4, applied: 1, skippedBy: { after: 1, times: 2 } })
  t.deepEqual(run({ rate: 0.4 }, 2).tally.skippedBy, { rate: 2 })
})

test('outside of its time a match counts for nothing', (t) => {
  const { applied, tally } = run({ from: '2s', first: 1 }, 4)
  t.deepEqual(applied, [undefined, undefined, 1, undefined])
  t.deepEqual(tally.skippedBy, { from: 2, first: 1 })
})
