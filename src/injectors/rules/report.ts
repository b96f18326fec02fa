import type { Counted } from './faults.ts'
import type { Rule } from './rule.ts'

/** A rule, and what became of it. */
export interface RuleReport extends Rule {
  /** Whose it is; of all sessions when it is not there. */
  readonly session?: string
  /** Exchanges at its leg. */
  readonly considered: number
  /** Those that its `on` asks for. */
  readonly matched: number
  /** Those to which it really happened. */
  readonly fired: number
  /** Why not to the others. */
  readonly skippedBy: Readonly<Record<string, number>>
}

/** The sum of all sessions that are asked for. */
export function reportOf({ rule, session, tallies }: Counted): RuleReport {
  const sum = (count: (tally: Counted['tallies'][number]) => number): number =>
    tallies.reduce((total, tally) => total + count(tally), 0)
  const skippedBy: Record<string, number> = {}
  for (const tally of tallies)
    for (const [reason, count] of Object.entries(tally.skippedBy)) skippedBy[reason] = (skippedBy[reason] ?? 0) + count
  return {
    ...rule,
    ...(session !== undefined && { session }),
    considered: sum(({ considered }) => considered),
    matched: sum(({ matched }) => matched),
    fired: sum(({ fired }) => fired),
    skippedBy,
  }
}

/** `considered 12, matched 0: skipped by attempt 3, queue 9` */
export function reasonOf({ enabled, considered, matched, skippedBy }: RuleReport): string {
  if (!enabled) return 'it is switched off'
  const skips = Object.entries(skippedBy).map(([reason, count]) => `${reason} ${count}`)
  const why = skips.length === 0 ? '' : `: skipped by ${skips.join(', ')}`
  return `considered ${considered}, matched ${matched}${why}`
}
