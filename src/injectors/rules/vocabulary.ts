import type { Exchange, Leg, Outcome } from '../../core/exchange.ts'
import type { Hop } from '../../core/hop.ts'
import type { Service } from '../../core/service.ts'
import type { Effect } from '../effect.ts'
import { effects } from '../index.ts'
import { ALL_LEGS } from '../legs.ts'

/** Somebody's own code, which a rule names: `do: { use: name, args: … }`. */
export interface NamedInjector {
  (exchange: Exchange, next: Hop, args: unknown): Outcome | Promise<Outcome>
  /** What is wrong with the args that a rule gives it. */
  readonly complaint?: (args: unknown) => string | undefined
}

/** The words that rules may use. */
export interface Vocabulary {
  readonly effects: readonly Effect<unknown>[]
  readonly services: readonly Service[]
  readonly injectors: Readonly<Record<string, NamedInjector>>
  /** Where rules may stand. */
  readonly legs: readonly Leg[]
}

/** Every effect at every leg, and what the services and the operator add. */
export function vocabularyOf(
  services: readonly Service[],
  injectors: Readonly<Record<string, NamedInjector>> = {},
): Vocabulary {
  return { effects, services, injectors, legs: ALL_LEGS }
}

/** The same where there are only connections that nobody reads. */
export function wireVocabularyOf(services: readonly Service[]): Vocabulary {
  return { ...vocabularyOf(services), legs: ['wire'] }
}
