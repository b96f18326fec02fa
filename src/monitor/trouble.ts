import type { Side } from '../core/tap.ts'
import type { Connection } from './connection.ts'

/** Why a connection has ended, or never came about. */
export interface Trouble {
  readonly side: Side
  /** `ECONNRESET` */
  readonly code: string
  /** In words. */
  readonly reason: string
  /** So many exchanges were lost with it; each has been told of. */
  readonly lost: number
}

/** In words: what the system says of a broken connection by its code. */
export function reasonOf({ isConnected, target }: Connection, side: Side, code: string): string {
  const isReset = code === 'ECONNRESET' || code === 'EPIPE'
  if (side === 'client' || isConnected)
    return isReset ? `the ${side} reset the connection` : `the connection to the ${side} broke`
  switch (code) {
    case 'ECONNREFUSED':
      return `${target} refuses connections`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no host of that name is known: ${target}`
    case 'ETIMEDOUT':
      return `${target} does not answer`
    default:
      return `${target} cannot be reached`
  }
}
