import test from 'ava'
import * as v from 'valibot'
import type { RuleReport } from '../../../src/injectors/rules/report.ts'
import { boundsSchema, verdictOf } from '../../../src/injectors/rules/verify.ts'

const report = (id: string, fired: number, more: Partial<RuleReport> = {}): RuleReport => ({
  id,
  at: 'client',
  do: { latency: 5 },
  enabled: true,
  considered: 5,
  matched: fired,
  fired,
  skippedBy: fired === 5 ? {} : { attempt: 5 - fired },
  ...more,
})

for (const [title, bounds, fired, ok] of [
  ['at least once, when nothing is said', {}, 1, true],
  ['at least once, when nothing is said', {}, 0, false],
  ['at least so often', { min: 3 }, 3, true],
  ['at least so often', { min: 3 }, 2, false],
  ['at most so often, or never', { max: 3 }, 0, true],
  ['at most so often', { max: 3 }, 4, false],
  ['never', { max: 0 }, 0, true],
  ['between', { min: 2, max: 3 }, 2, true],
] as const)
  test(`${title}: ${JSON.stringify(bounds)} with ${fired} is ${ok ? 'met' : 'not met'}`, (t) => {
    t.is(verdictOf([report('a', fired)], { a: bounds }, 'warn').ok, ok)
  })

test('who did not fire often enough says why', (t) => {
  t.deepEqual(verdictOf([report('a', 2)], { a: { min: 3 } }, 'warn').unmet, [
    'a fired 2 times, expected at least 3: considered 5, matched 2: skipped by attempt 3',
  ])
  t.deepEqual(verdictOf([report('a', 0, { enabled: false })], { a: {} }, 'warn').unmet, [
    'a fired 0 times, expected at least 1: it is switched off',
  ])
})

test('rules of one id in several sessions are one sum', (t) => {
  const reports = [report('a', 1, { session: 'blue' }), report('a', 1, { session: 'green' })]
  t.true(verdictOf(reports, { a: { min: 2, max: 2 } }, 'warn').ok)
})

test('who never fired is told, and fails where that is an error; who is switched off is not', (t) => {
  const reports = [report('a', 1), report('idle', 0), report('off', 0, { enabled: false })]
  const unused = ['idle never fired: considered 5, matched 0: skipped by attempt 5']
  t.deepEqual(verdictOf(reports, { a: {} }, 'warn'), { ok: true, unmet: [], unused })
  t.deepEqual(verdictOf(reports, { a: {} }, 'error'), { ok: false, unmet: unused, unused })
})

test('a rule that is not there has its nearest one', (t) => {
  t.throws(() => verdictOf([report('lost', 1)], { lots: {} }, 'warn'), {
    code: 'not-found',
    message: /did you mean "lost"/,
  })
})

test('bounds are whole numbers from 0', (t) => {
  t.deepEqual(v.parse(boundsSchema, undefined), {})
  for (const wrong of [[], { a: 1 }, { a: { min: -1 } }, { a: { min: 1.5 } }, { a: { mni: 1 } }])
    t.false(v.is(boundsSchema, wrong), JSON.stringify(wrong))
})
