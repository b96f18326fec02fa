export interface ListenAddress {
  /** `undefined`: loopback, 127.0.0.1 and where there is one ::1. IPv6 without brackets. */
  readonly host: string | undefined
  /** 0: any free one. */
  readonly port: number
}

const HOST = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/

/** `:3000`, `3000`, `127.0.0.1:3000`, `[::1]:3000`; `undefined` for anything else. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const [, host = '', digits = ''] = /^(?:(.*):)?(\d{1,5})$/s.exec(text.trim()) ?? []
  const port = Number(digits)
  if (digits === '' || port > 65535) return undefined
  if (host === '') return { host: undefined, port }
  const bracketed = /^\[(.*)\]$/s.exec(host)?.[1]
  if (bracketed !== undefined) return isIpv6(bracketed) ? { host: bracketed, port } : undefined
  return HOST.test(host) ? { host, port } : undefined
}

/** A host alone, as PIPIT_HOST has it; brackets around IPv6 may be there or not. */
export function parseHost(text: string): string | undefined {
  const bare = text.trim().replace(/^\[(.*)\]$/s, '$1')
  return HOST.test(bare) || isIpv6(bare) ? bare : undefined
}

/** With or without the zone that a link-local address needs; the rest is what a URL takes for one. */
function isIpv6(text: string): boolean {
  return URL.canParse(`http://[${text.replace(/%[A-Za-z0-9._-]+$/, '')}]`)
}

export function formatListenAddress({ host, port }: ListenAddress): string {
  if (host === undefined) return `:${port}`
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
