import * as v from 'valibot'
import { PipitError } from '../../core/errors.ts'
import { didYouMean } from '../../core/nearest.ts'
import { notList, strictly } from '../../core/strictly.ts'
import { reasonOf, type RuleReport } from './report.ts'

const COUNT = 'expected a whole number from 0'
const times = v.pipe(v.number(COUNT), v.integer(COUNT), v.minValue(0, COUNT))
const EXPECTED = 'expected a mapping of rules to bounds, like {"lost-ack": {"min": 1}}'

/** How often rules must have fired: at least once, unless anything else is said. */
export const boundsSchema = v.optional(
  notList(v.record(v.string(), strictly({ min: v.optional(times), max: v.optional(times) }), EXPECTED), EXPECTED),
  {},
)

export type Bounds = v.InferOutput<typeof boundsSchema>

export interface Verdict {
  readonly ok: boolean
  /** One sentence for each rule that did not do what it had to. */
  readonly unmet: readonly string[]
  /** Rules that never fired and were not asked for: a test that tested nothing. */
  readonly unused: readonly string[]
}

/**
 * Did the rules fire as they should? Those that are named must have fired within their bounds; with `unused: error`
 * every other one at least once. Throws a PipitError `not-found` for a rule that is not there.
 */
export function verdictOf(reports: readonly RuleReport[], bounds: Bounds, unused: 'warn' | 'error'): Verdict {
  const known = [...new Set(reports.map(({ id }) => id))]
  const unmet = Object.entries(bounds).flatMap(([id, bound]) => {
    const meant = reports.filter((report) => report.id === id)
    if (meant.length === 0) throw new PipitError('not-found', `there is no rule ${id}${didYouMean(id, known)}`)
    return unmetBy(id, meant, bound)
  })
  const idle = reports.filter(({ id, fired, enabled }) => enabled && fired === 0 && !Object.hasOwn(bounds, id))
  const idleReasons = idle.map((report) => `${report.id} never fired: ${reasonOf(report)}`)
  const all = unused === 'error' ? [...unmet, ...idleReasons] : unmet
  return { ok: all.length === 0, unmet: all, unused: idleReasons }
}

/** Several sessions may have a rule of one id: they are one sum. */
function unmetBy(id: string, meant: readonly RuleReport[], { min, max }: Bounds[string]): string[] {
  const fired = meant.reduce((sum, report) => sum + report.fired, 0)
  const least = min ?? (max === undefined ? 1 : 0)
  if (fired < least)
    return [`${id} fired ${inWords(fired)}, expected at least ${least}: ${meant.map(reasonOf).join('; ')}`]
  return max !== undefined && fired > max ? [`${id} fired ${inWords(fired)}, expected at most ${max}`] : []
}

function inWords(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}
