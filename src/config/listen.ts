import { getIn, type Checked } from './layer.ts'
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
  const said = <T>(key: 'port' | 'listen' | 'host'): { value: T; source: string; rank: number } | undefined => {
    for (const [rank, { layer, values }] of nearestFirst.entries()) {
      const value = getIn(values, [key])
      if (value !== undefined && value !== null)
        return { value: value as T, source: layer.locate([key], 'value'), rank }
    }
    return undefined
  }
  const host = said<string>('host')?.value
  const port = said<number>('port')
  const listen = said<readonly ListenAddress[]>('listen')
  if (listen !== undefined && (port === undefined || listen.rank <= port.rank)) {
    return {
      addresses: distinct(listen.value.map((address) => ({ host: address.host ?? host, port: address.port }))),
      source: listen.source,
    }
  }
  if (port === undefined) throw new TypeError('the defaults name a port')
  return { addresses: [{ host, port: port.value }], source: port.source }
}

/** The same address twice is one; port 0 is another one each time. */
function distinct(addresses: readonly ListenAddress[]): readonly ListenAddress[] {
  const written = addresses.map(formatListenAddress)
  return addresses.filter(({ port }, index) => port === 0 || written.indexOf(written[index] as string) === index)
}
