import type { Act } from '../effect.ts'
import { compileDeeds, readDeeds } from './deeds.ts'
import { type CompiledOn, compileOn, type Place } from './on.ts'
import type { Rule } from './rule.ts'
import type { Vocabulary } from './vocabulary.ts'
import { type CompiledWhen, compileWhen } from './when.ts'

/** A rule as code. Sessions that share a rule share this; what each has counted is a Tally of its own. */
export interface CompiledRule {
  readonly rule: Rule
  readonly on: CompiledOn
  readonly when: CompiledWhen
  readonly act: Act
  /** The same object while a rule is only switched on and off: its counters belong to this. */
  readonly life: { hasFired: boolean }
}

export function compileRule(rule: Rule, vocabulary: Vocabulary): CompiledRule {
  return {
    rule,
    on: compileOn(rule.on ?? {}, vocabulary.services),
    when: compileWhen(rule.when ?? {}),
    act: compileDeeds(readDeeds(rule.do, vocabulary), vocabulary),
    life: { hasFired: false },
  }
}

/** Why a rule cannot match what happens at a place; nothing where it may. */
export function missesPlace({ on }: CompiledRule, place: Place): string | undefined {
  return on.place.find(({ fits }) => !fits(place))?.reason
}

/** Lower orders first, and as they were written. */
export function inOrder(rules: readonly CompiledRule[]): readonly CompiledRule[] {
  return rules.toSorted((a, b) => (a.rule.order ?? 0) - (b.rule.order ?? 0))
}
