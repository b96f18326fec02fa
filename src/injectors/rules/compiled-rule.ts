import type { Delivery } from '../../core/exchange.ts'
import type { Act, Firing } from '../effect.ts'
import { compileDeeds, compileDeliveries, readDeeds } from './deeds.ts'
import { type CompiledOn, compileOn, type Place, type Test } from './on.ts'
import type { Rule } from './rule.ts'
import type { Vocabulary } from './vocabulary.ts'
import { type CompiledWhen, compileWhen } from './when.ts'
import { compileWireOn, type WirePlace } from './wire-on.ts'

/** A rule as code. Sessions that share a rule share this; what each has counted is a Tally of its own. */
export interface CompiledRule {
  readonly rule: Rule
  readonly on: CompiledOn
  readonly when: CompiledWhen
  readonly act: Act
  /** The same at leg wire: of a connection, and what becomes of its bytes. */
  readonly wire: { readonly on: readonly Test<WirePlace>[]; deliveries(firing: Firing): readonly Delivery[] }
  /** The same object while a rule is only switched on and off: its counters belong to this. */
  readonly life: { hasFired: boolean }
}

export function compileRule(rule: Rule, vocabulary: Vocabulary): CompiledRule {
  const deeds = readDeeds(rule.do, vocabulary)
  return {
    rule,
    on: compileOn(rule.on ?? {}, vocabulary.services),
    when: compileWhen(rule.when ?? {}),
    act: compileDeeds(deeds, vocabulary),
    wire: { on: compileWireOn(rule.on ?? {}), deliveries: compileDeliveries(deeds) },
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
