import type { Leg } from '../../core/exchange.ts'
import { type CompiledRule, inOrder } from './compiled-rule.ts'

/** The rules that are in force somewhere, by leg. It never changes: a change of the rules makes a new one. */
export class Plan {
  /** All of them, the switched-off ones, too. */
  readonly rules: readonly CompiledRule[]
  readonly #byLeg = new Map<Leg, CompiledRule[]>()

  constructor(rules: readonly CompiledRule[]) {
    this.rules = rules
    for (const compiled of inOrder(rules)) {
      const { at, enabled } = compiled.rule
      if (!enabled) continue
      const there = this.#byLeg.get(at)
      if (there === undefined) this.#byLeg.set(at, [compiled])
      else there.push(compiled)
    }
  }

  at(leg: Leg): readonly CompiledRule[] {
    return this.#byLeg.get(leg) ?? NONE
  }
}

const NONE: readonly CompiledRule[] = []
