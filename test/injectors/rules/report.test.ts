import test from 'ava'
import { reasonOf, reportOf } from '../../../src/injectors/rules/report.ts'
import { Tally } from '../../../src/injectors/rules/tally.ts'

const rule = { id: 'a', at: 'client', do: { latency: 5 }, enabled: true } as const

function tally(considered: number, matched: number, fired: number, skips: Record<string, number>): Tally {
  const made = new Tally(0)
  Object.assign(made, { considered, matched, fired })
  for (const [reason, count] of Object.entries(skips)) made.skip(reason, count)
  return made
}

test('what several sessions have counted is one sum', (t) => {
  const tallies = [tally(5, 2, 1, { queue: 3, first: 1 }), tally(4, 4, 4, {}), tally(1, 0, 0, { queue: 1 })]
  t.deepEqual(reportOf({ rule, session: undefined, hasFired: true, tallies }), {
    ...rule,
    considered: 10,
    matched: 6,
    fired: 5,
    skippedBy: { queue: 4, first: 1 },
  })
  t.like(reportOf({ rule, session: 'blue', hasFired: false, tallies: [] }), {
    session: 'blue',
    fired: 0,
    skippedBy: {},
  })
})

test('why a rule did not fire is said in one line', (t) => {
  const report = (tallies: Tally[], enabled = true) =>
    reportOf({ rule: { ...rule, enabled }, session: undefined, hasFired: false, tallies })
  t.is(
    reasonOf(report([tally(5, 0, 0, { queue: 3, attempt: 2 })])),
    'considered 5, matched 0: skipped by queue 3, attempt 2',
  )
  t.is(reasonOf(report([])), 'considered 0, matched 0')
  t.is(reasonOf(report([], false)), 'it is switched off')
})
