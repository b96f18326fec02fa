import type { Exchange, Outcome } from './exchange.ts'
import type { Description } from './service.ts'

/** One exchange, answered: what the journal and the metrics are made of. */
export interface Ended {
  readonly exchange: Exchange
  readonly outcome: Outcome
  readonly durationMs: number
  /** Bytes of the answer's body. */
  readonly sentBytes: number
}

/** The same in words, for the log. */
export interface Finished extends Ended {
  readonly description: Description
}
