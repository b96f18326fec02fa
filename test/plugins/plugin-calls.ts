import { VirtualClock } from '../../src/core/clock.ts'
import { type Call, type Exchange, Presence, type Result, createExchange } from '../../src/core/exchange.ts'
import { seededRandom } from '../../src/core/random.ts'
import type { MockEnvironment, Peer, Service } from '../../src/core/service.ts'

export interface Asked {
  readonly call: Call
  readonly exchange: Exchange
}

/** A call of a service, and the exchange in which it came. */
export function asked(
  service: Service,
  operation: string,
  input: Record<string, unknown> = {},
  leave?: Presence,
): Asked {
  const [protocol] = service.protocols
  if (protocol === undefined) throw new Error('no protocol')
  const call = { protocol, operation, input, path: '/' }
  const exchange = createExchange({
    id: 'request-1',
    leg: 'client',
    service: service.name,
    session: 'blue',
    mount: `/s/blue/${service.name}`,
    origin: 'http://localhost:3000',
    caller: { accessKey: 'key', region: 'moon-1', account: '123456789012', signingName: service.signingName },
    request: { method: 'POST', target: '/', rawHeaders: [], body: Buffer.alloc(0) },
    receivedAtMs: 0,
    presence: leave ?? new Presence(),
    decode: () => call,
  })
  return { call, exchange }
}

export interface Served {
  readonly wall: VirtualClock
  readonly clock: VirtualClock
  readonly notes: string[]
  readonly ask: (operation: string, input?: Record<string, unknown>) => Result | Promise<Result>
  readonly clear: () => void
  readonly close: () => void
}

/** A service's mock on clocks that move only when told. */
export function served(service: Service, peers: readonly Service[] = []): Served {
  const wall = new VirtualClock()
  const clock = new VirtualClock()
  const notes: string[] = []
  const found = new Map<string, Peer>()
  const environment: MockEnvironment = {
    wall,
    clock,
    random: seededRandom(1),
    peer: (name) => {
      const other = [service, ...peers].find((candidate) => candidate.name === name)
      if (other === undefined) return undefined
      const peer = found.get(name) ?? { service: other, mock: other.mock(environment) }
      found.set(name, peer)
      return peer
    },
    note: (text) => notes.push(text),
  }
  const mock = environment.peer?.(service.name)?.mock
  if (mock === undefined) throw new Error('no mock')
  return {
    wall,
    clock,
    notes,
    ask: (operation, input) => {
      const { call, exchange } = asked(service, operation, input)
      return mock.call(call, exchange)
    },
    clear: () => mock.clear?.(),
    close: () => mock.close(),
  }
}

/** The output of a call that succeeds. */
export async function outputOf(result: Result | Promise<Result>): Promise<Readonly<Record<string, unknown>>> {
  const given = await result
  if (given.kind === 'error') throw new Error(`${given.error.code}: ${given.error.message}`)
  return given.output
}

/** `Code: message` of a call that fails. */
export async function errorOf(result: Result | Promise<Result>): Promise<string> {
  const given = await result
  return given.kind === 'error' ? `${given.error.code} ${given.error.status}: ${given.error.message}` : 'it succeeded'
}
