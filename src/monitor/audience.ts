import type { Side } from '../core/tap.ts'
import type { Connection } from './connection.ts'
import type { Trouble } from './trouble.ts'
import type { WatchedExchange } from './watched-exchange.ts'

/** Who is told of what passes by, as it happens. */
export interface Audience {
  connected?(connection: Connection): void
  /** A request is here, whole if it did not take too long. */
  arrived?(exchange: WatchedExchange): void
  /**
   * It was answered, or it never will be: then it has a `failure`. One whose connection never came about may end without
   * having arrived.
   */
  ended?(exchange: WatchedExchange): void
  /** The first and all other bytes of what is not HTTP, or not any more. */
  raw?(connection: Connection, from: Side, bytes: Buffer): void
  /** The connection broke, or never came about. What was lost with it has ended by now. */
  broke?(connection: Connection, trouble: Trouble): void
  closed?(connection: Connection): void
}
