import { PipitError } from '../../core/errors.ts'
import type { Counted } from './faults.ts'
import type { WrittenRule } from './rule.ts'
import { MOST_KEYS } from './when.ts'

/** A run as rules without chance, ready for a pipit.yaml. */
export interface Script {
  /** Effects still draw their lengths from it. */
  readonly seed: number
  readonly faults: readonly WrittenRule[]
}

/**
 * The rules of one session, each with exactly the calls to which it happened. A rule that always applies is such a list
 * already. Throws a PipitError `conflict` where more happened than is remembered.
 */
export function scriptOf(seed: number, counted: readonly Counted[]): Script {
  return { seed, faults: counted.filter(({ rule }) => rule.enabled).map(scripted) }
}

function scripted({ rule, tallies }: Counted): WrittenRule {
  const { when, enabled: _enabled, ...rest } = rule
  if (when === undefined || Object.keys(when).length === 0) return rest
  if (tallies.some(({ isCut }) => isCut))
    throw new PipitError('conflict', `${rule.id} fired more than ${MOST_KEYS} times: only that many are remembered`)
  const { do: deeds, order, final, ...where } = rest
  return {
    ...where,
    when: { keys: tallies.flatMap(({ firings }) => firings) },
    do: deeds,
    ...(order !== undefined && { order }),
    ...(final !== undefined && { final }),
  }
}
