import { PipitError } from '../core/errors.ts'
import type { Address } from './listener.ts'

/** Where the operator says it, as a complaint names it. */
export interface ListenWords {
  readonly port: string
  /** Where a port without a privilege is chosen. */
  readonly plainPort: string
  readonly host: string
}

/** What the system says when a port cannot be opened, as the operator's matter. */
export function cannotListen(error: NodeJS.ErrnoException, { host, port }: Address, words: ListenWords): Error {
  const because = { cause: error }
  switch (error.code) {
    case 'EADDRINUSE':
      return new PipitError(
        'port-taken',
        `port ${port} is taken: stop what listens there, or choose another with ${words.port}`,
        because,
      )
    case 'EACCES':
      return new PipitError(
        'port-forbidden',
        `port ${port} needs a privilege: choose one above 1023 with ${words.plainPort}`,
        because,
      )
    case 'EADDRNOTAVAIL':
    case 'EAFNOSUPPORT':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new PipitError(
        'no-address',
        `this machine has no address ${host}: choose one it has with ${words.host} (0.0.0.0 for all)`,
        because,
      )
    default:
      return error
  }
}
