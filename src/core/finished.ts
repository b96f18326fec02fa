import type { Exchange, Outcome } from './exchange.ts'
import type { Description } from './service.ts'

/** One exchange, answered: what the log line and the journal are made of. */
export interface Finished {
  readonly exchange: Exchange
  readonly outcome: Outcome
  readonly description: Description
  readonly durationMs: number
  /** Bytes of the answer's body. */
  readonly sentBytes: number
}
