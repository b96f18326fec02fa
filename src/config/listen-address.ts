export interface ListenAddress {
  /** `undefined`: loopback, 127.0.0.1 and where there is one ::1. IPv6 without brackets. */
  readonly host: string | undefined
  /** 0: any free one. */
  readonly port: number
}

const HOST = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/
const IPV6 = /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?$/

/** `:3000`, `3000`, `127.0.0.1:3000`, `[::1]:3000`; `undefined` for anything else. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const [, host = '', digits = ''] = /^(?:(.*):)?(\d{1,5})$/s.exec(text.trim()) ?? []
  const port = Number(digits)
  if (digits === '' || port > 65535) return undefined
  if (host === '') return { host: undefined, port }
  const bracketed = /^\[(.*)\]$/s.exec(host)?.[1]
  if (bracketed !== undefined) return IPV6.test(bracketed) ? { host: bracketed, port } : undefined
  return HOST.test(host) ? { host, port } : undefined
}

/** A host alone, as PIPIT_HOST has it; brackets around IPv6 may be there or not. */
export function parseHost(text: string): string | undefined {
  const bare = text.trim().replace(/^\[(.*)\]$/s, '$1')
  return HOST.test(bare) || IPV6.test(bare) ? bare : undefined
}

export function formatListenAddress({ host, port }: ListenAddress): string {
  if (host === undefined) return `:${port}`
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
