import type { Leg } from '../../core/exchange.ts'
import type { Deed } from './deeds.ts'
import type { On } from './on.ts'
import type { When } from './when.ts'

/** A rule as data, the same in YAML, on the command line, over HTTP and in code: its members are as they were written. */
export interface Rule extends WrittenRule {
  readonly id: string
  readonly at: Leg
  readonly enabled: boolean
}

/** What somebody writes. */
export interface WrittenRule {
  /** Made from the rest when it is left out. */
  readonly id?: string
  /** `client` unless said. */
  readonly at?: Leg
  /** Which requests: all that is said must hold. Everything, when nothing is. */
  readonly on?: On
  /** How often, of those that match. Always, when nothing is said. */
  readonly when?: When
  /** What happens: one effect by its name, or a list of them. */
  readonly do: Deed | readonly Deed[]
  /** Lower ones first, 0 unless said; of the same order, the first one written. */
  readonly order?: number
  /** Where it applies, no later rule does. */
  readonly final?: boolean
  readonly enabled?: boolean
}
