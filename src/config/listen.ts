import type { Checked } from './layer.ts'
import type { Forward } from './forward.ts'
import { formatListenAddress, type ListenAddress } from './listen-address.ts'

export interface Listening {
  readonly addresses: readonly ListenAddress[]
  /** Where it was said. */
  readonly source: string
}

/**
 * The nearest source that says a port or a list decides, and within one source the list. A host stands for itself: it
 * is the one of every address that names none, so an image can say "all interfaces" and a user which ports.
 */
export function resolveListen(nearestFirst: readonly Checked[]): Listening {
  const host = nearestFirst.find(({ values }) => values.host)?.values.host ?? undefined
  for (const { layer, values } of nearestFirst) {
    const { listen, port } = values
    if (listen) {
      const addresses = listen.map((address) => ({ host: address.host ?? host, port: address.port }))
      return { addresses: distinct(addresses), source: layer.locate(['listen'], 'value') }
    }
    if (typeof port === 'number') return { addresses: [{ host, port }], source: layer.locate(['port'], 'value') }
  }
  throw new TypeError('the defaults name a port')
}

/** Where HTTPS is spoken: nowhere, unless somebody says so. */
export function resolveTlsListen(nearestFirst: readonly Checked[]): readonly ListenAddress[] {
  const host = nearestFirst.find(({ values }) => values.host)?.values.host ?? undefined
  const addresses = nearestFirst.find(({ values }) => values.tlsListen)?.values.tlsListen ?? []
  return distinct(addresses.map((address) => ({ host: address.host ?? host, port: address.port })))
}

/** Ports that stand for others are opened where the gateway's own are. */
export function resolveMonitors(nearestFirst: readonly Checked[]): readonly Forward[] {
  const host = nearestFirst.find(({ values }) => values.host)?.values.host ?? undefined
  const forwards = nearestFirst.find(({ values }) => values.monitors)?.values.monitors ?? []
  return forwards.map(({ listen, target }) => ({ listen: { host: listen.host ?? host, port: listen.port }, target }))
}

/** The same address twice is one; port 0 is another one each time. */
function distinct(addresses: readonly ListenAddress[]): readonly ListenAddress[] {
  const written = addresses.map(formatListenAddress)
  return addresses.filter(({ port }, index) => port === 0 || written.indexOf(written[index] as string) === index)
}
