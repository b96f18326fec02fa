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
  if (side === 'client') return 'the client reset the connection'
  if (isConnected) return code === 'ECONNRESET' || code === 'EPIPE' ? 'the server reset the connection' : 'it broke'
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
