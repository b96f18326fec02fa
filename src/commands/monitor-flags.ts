import { formatTarget, isCircle, parseTarget, type Target } from '../config/forward.ts'
import { formatListenAddress, type ListenAddress, parseListenAddress } from '../config/listen-address.ts'
import { PipitError } from '../core/errors.ts'
import { type Filter, parseFilter } from '../journal/filter.ts'
import type { Verbosity } from '../monitor/voice.ts'

/** As they are written. */
export interface MonitorFlags {
  readonly listen: string
  readonly host: string
  readonly port?: string | undefined
  readonly verbose?: number | undefined
  readonly json?: boolean | undefined
  readonly quiet?: boolean | undefined
  readonly filter?: string | undefined
  readonly har?: string | undefined
}

export interface MonitorSettings {
  readonly listen: ListenAddress
  readonly target: Target
  readonly verbosity: Verbosity
  readonly filter: Filter | undefined
}

/** `defaultHost`: where a port alone is opened. Throws PipitError `usage` or `bad-filter`. */
export function monitorSettings(flags: MonitorFlags, defaultHost: string | undefined): MonitorSettings {
  const listen = listenOf(flags.listen, defaultHost)
  const target = targetOf(flags)
  if (isCircle({ listen, target }))
    throw new PipitError(
      'usage',
      `${formatListenAddress(listen)} would forward to itself: ${formatTarget(target)} must be another port`,
    )
  return {
    listen,
    target,
    verbosity: Math.min(flags.verbose ?? 0, 2) as Verbosity,
    filter: flags.filter === undefined ? undefined : parseFilter(flags.filter),
  }
}

function listenOf(text: string, defaultHost: string | undefined): ListenAddress {
  const address = parseListenAddress(text)
  if (address !== undefined) return { host: address.host ?? defaultHost, port: address.port }
  throw new PipitError('usage', `LISTEN: expected a port or an address like "3001" or "[::1]:3001", got "${text}"`)
}

function targetOf({ host, port }: MonitorFlags): Target {
  const text = port === undefined ? host : `${host} ${port}`
  if (/^https:/i.test(text))
    throw new PipitError(
      'usage',
      'monitor passes bytes on as they are and speaks no TLS itself: name host and port (TLS then passes through, unread)',
    )
  const target = parseTarget(text)
  if (target !== undefined) return target
  throw new PipitError('usage', `HOST PORT: expected "localhost 3000" or "http://localhost:3000", got "${text}"`)
}
