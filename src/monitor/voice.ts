import type { Side } from '../core/tap.ts'
import type { Connection } from './connection.ts'
import type { Trouble } from './trouble.ts'
import type { WatchedExchange } from './watched-exchange.ts'

/** How much is told: 0 lines, 1 heads and connections too, 2 bodies too. */
export type Verbosity = 0 | 1 | 2

/** What happened, in the words of one format: whole lines, each with its line break, or nothing. */
export interface Voice {
  started(started: Started): string
  /** What the operator should know. */
  note(text: string, atMs: number): string
  connected(connection: Connection, atMs: number): string
  arrived(exchange: WatchedExchange): string
  waiting(exchange: WatchedExchange, forMs: number): string
  ended(exchange: WatchedExchange): string
  /** `bytes` are safe to show; so many have crossed. `isFirst`: of this direction. */
  raw(connection: Connection, raw: Raw, atMs: number): string
  broke(connection: Connection, trouble: Trouble, atMs: number): string
  closed(connection: Connection, atMs: number): string
}

export interface Raw {
  readonly from: Side
  readonly bytes: Buffer
  readonly sizeBytes: number
  readonly isFirst: boolean
  /** That a TLS client asks for. */
  readonly serverName: string | undefined
}

export interface Started {
  readonly version: string
  /** As a client on this machine writes it: `localhost:3001`. */
  readonly listen: string
  readonly target: string
}
