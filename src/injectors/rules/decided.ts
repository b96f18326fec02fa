import type { Clock } from '../../core/clock.ts'
import type { Tally } from './tally.ts'
import type { CompiledWhen, Occasion } from './when.ts'

/**
 * Whether a rule whose conditions all hold applies this time, and what was decided with; nothing where it does not. The
 * occasion is made when the match has been counted.
 */
export function decided<Kind extends Occasion>(
  when: CompiledWhen,
  tally: Tally,
  clock: Clock,
  occasionOf: () => Kind,
): Kind | undefined {
  tally.matched++
  const over = when.overAfter(tally)
  if (over !== undefined) return skipped(tally, over)
  const off = when.isTimed ? when.offAt(clock.nowMs(), tally.armedAtMs) : undefined
  if (off === undefined) tally.index++
  const occasion = occasionOf()
  // Counted for every match, so that an export can say which one it was.
  if (!when.isAlways) occasion.key()
  const reason = off ?? when.skips(occasion)
  if (reason !== undefined) return skipped(tally, reason)
  tally.applied++
  return occasion
}

function skipped(tally: Tally, reason: string): undefined {
  tally.skip(reason)
}
