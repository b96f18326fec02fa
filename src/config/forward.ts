import { parseHost, parseListenAddress, type ListenAddress } from './listen-address.ts'

/** A port that stands for another one. */
export interface Forward {
  readonly listen: ListenAddress
  readonly target: Target
}

export interface Target {
  /** IPv6 without brackets. */
  readonly host: string
  readonly port: number
}

/**
 * `localhost 3000`, `localhost:3000`, `[::1]:3000`, `http://localhost:3000`, and `:3000` and `3000`, which are this
 * machine's own; `undefined` for anything else.
 */
export function parseTarget(text: string): Target | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:')
    return url.href === `${url.origin}/` ? targetOf(url.hostname, url.port === '' ? '80' : url.port) : undefined
  const [, host = '', port = ''] = /^(?:(.*)(?:\s|:))?(\d{1,5})$/.exec(text.trim()) ?? []
  return targetOf(host.trim() === '' ? 'localhost' : host.trim(), port)
}

/** The same with where to listen in one text, as a config has it: `3001 localhost 3000`, `:3001 http://localhost:3000`. */
export function parseForward(text: string): Forward | undefined {
  const [, first = '', rest = ''] = /^(\S+)\s+(.+)$/.exec(text.trim()) ?? []
  const listen = parseListenAddress(first)
  const to = parseTarget(rest)
  return listen === undefined || to === undefined ? undefined : { listen, target: to }
}

export function formatTarget({ host, port }: Target): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

const LOCAL = new Set(['localhost', '127.0.0.1', '::1', '0.0.0.0', '::'])

/** A port that forwards to itself opens connections without an end. */
export function isCircle({ listen, target }: Forward): boolean {
  const isSameHost = listen.host === target.host || (LOCAL.has(target.host) && LOCAL.has(listen.host ?? 'localhost'))
  return listen.port === target.port && isSameHost
}

/** Containers have names with underscores, which no DNS has. */
const NAME = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?$/

function targetOf(written: string, digits: string): Target | undefined {
  const host = NAME.test(written) ? written : parseHost(written)
  const port = Number(digits)
  return host === undefined || port === 0 || port > 65535 ? undefined : { host, port }
}
