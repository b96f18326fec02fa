/**
 * Watches a connection that is passed on, from beside it. It is told after bytes went on their way, so that it cannot
 * hold them up, and it never changes them.
 */
export interface Tap {
  /** The target has taken the connection. */
  connected(): void
  fromClient(bytes: Buffer): void
  fromServer(bytes: Buffer): void
  /** No more comes from there; the other way may go on. */
  clientEnded(): void
  serverEnded(): void
  /** One end broke, and so was the other: `ECONNRESET`, `ECONNREFUSED` … */
  broke(side: Side, code: string): void
  /** Nothing is left of it. */
  closed(): void
  /** Nothing is under way on it: it may be closed without a loss. */
  readonly isIdle: boolean
}

export type Side = 'client' | 'server'
