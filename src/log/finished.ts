import { isDecodeFailure } from '../core/exchange.ts'
import type { Finished } from '../core/finished.ts'

export type { Finished }

export type Level = 'error' | 'warn' | 'info' | 'debug'

const ORDER = { silent: 0, error: 1, warn: 2, info: 3, debug: 4 } as const

export type Threshold = keyof typeof ORDER

export function isLoud(level: Level, threshold: Threshold): boolean {
  return ORDER[level] <= ORDER[threshold]
}

/** At `warn`, a log shows what went wrong for clients; at `error`, only what they cannot be blamed for. */
export function levelOf({ outcome }: Pick<Finished, 'outcome'>): Level {
  if (outcome.kind === 'failure') return 'warn'
  if (outcome.response.status >= 500) return 'error'
  return outcome.response.status >= 400 ? 'warn' : 'info'
}

/** The operation's name; `undefined` where the request could not be understood, or is for no service. */
export function operationOf({ exchange }: Pick<Finished, 'exchange'>): string | undefined {
  if (exchange.service === '') return undefined
  const call = exchange.call()
  return isDecodeFailure(call) ? undefined : call.operation
}

/** The request's path, without what may be a signature or a message behind it. */
export function pathOf({ exchange }: Pick<Finished, 'exchange'>): string {
  return exchange.request.target.split('?', 1)[0] as string
}

export function errorOf({ outcome }: Pick<Finished, 'outcome'>) {
  return outcome.kind === 'response' && outcome.result?.kind === 'error' ? outcome.result.error : undefined
}
