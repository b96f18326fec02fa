import { type ControlPlane, controlPlane, isAdminPath } from './admin/control-plane.ts'
import { adminRoutes } from './admin/index.ts'
import type { InitScript } from './admin/localstack-init.ts'
import { browserAnswer, withBrowserHeaders } from './http/browser.ts'
import type { Config } from './config.ts'
import { type Clock, createWallClock, monotonicMs } from './core/clock.ts'
import {
  createExchange,
  type Exchange,
  type HttpResponse,
  isDecodeFailure,
  type Outcome,
  type Result,
} from './core/exchange.ts'
import type { Ended, Finished } from './core/finished.ts'
import { chain, timed } from './core/hop.ts'
import { type Random, systemRandom } from './core/random.ts'
import { settled } from './core/settled.ts'
import type { Description, Protocol, Service } from './core/service.ts'
import { mockHop } from './hops/mock.ts'
import { CallWatch } from './journal/call-watch.ts'
import type { Describe } from './journal/entry.ts'
import { Journal } from './journal/journal.ts'
import { Metrics } from './metrics/metrics.ts'
import { type Address, type Arrival, LIMITS, Listener, type Written } from './http/listener.ts'
import { Ports } from './http/ports.ts'
import { SecurePorts } from './http/secure-ports.ts'
import { type Addressed, Writer } from './http/writer.ts'
import { originOf } from './http/origin.ts'
import { Monitors } from './monitors.ts'
import { readCaller } from './protocols/sigv4.ts'
import type { WrittenFault } from './injectors/rules/configured-rules.ts'
import { createFaults } from './injectors/rules/create-faults.ts'
import { FAULT_HEADER, faultHeader } from './injectors/rules/fault-header.ts'
import type { Faults } from './injectors/rules/faults.ts'
import { unusedNotes } from './injectors/rules/unused-notes.ts'
import type { NamedInjector } from './injectors/rules/vocabulary.ts'
import { INTERNAL_FAILURE, refusing, tooLarge } from './protocols/refusals.ts'
import { route, serviceTable } from './routes.ts'
import { DEFAULT_SESSION, Sessions } from './sessions.ts'
import { version } from './version.ts'

export interface GatewayOptions {
  readonly config: Config
  /** The table of services; by default the built-in ones (routes.ts). */
  readonly services?: readonly Service[]
  readonly onFinished?: (finished: Finished) => void
  /** What has become of a call that a fault has hit, when it is over: one line. */
  readonly onCall?: (summary: string) => void
  /** A bug that became a 500. */
  readonly onError?: (error: unknown) => void
  /** What the operator should know, once each. */
  readonly onNote?: (note: string) => void
  /** Faults of the start, beside those of the config. */
  readonly faults?: readonly WrittenFault[]
  /** Code that faults name: `do: { use: name }`. */
  readonly injectors?: Readonly<Record<string, NamedInjector>>
  /** LocalStack's init scripts, for its resource that tells how they went. */
  readonly initScripts?: readonly InitScript[]
  readonly wall?: Clock
  readonly random?: Random
}

export interface Gateway {
  /** `prepare` runs when the ports are open and clients are served, before the gateway calls itself ready. */
  start(prepare?: () => Promise<void>): Promise<void>
  /** Ends long polls with an empty answer, lets what is under way finish, and closes every socket. */
  close(): Promise<void>
  /** The addresses that are open. */
  readonly addresses: readonly Address[]
  /** Those that speak HTTPS. */
  readonly secureAddresses: readonly Address[]
  /** Where a client on this machine reaches it. */
  readonly url: string
  readonly services: readonly Service[]
  /** Ports that stand for others. */
  readonly monitors: Pick<Monitors, 'all'>
  /** How many there are at the moment, in all sessions, and what they draw from. */
  readonly faults: { readonly count: number; readonly seed: number }
}

/** Puts the parts together; what a request goes through is `flow`, below. */
export function createGateway(options: GatewayOptions): Gateway {
  const { config, onError, initScripts = [], onNote = () => {}, wall = createWallClock() } = options
  const random = options.random ?? systemRandom()
  const services = options.services ?? serviceTable(config)
  const describe = describing(services, onError)
  const journal = new Journal({ describe, life: random.uuid().slice(0, 8) })
  const metrics = new Metrics()
  const forget = (session: string): void => {
    for (const part of [journal, metrics, faults]) part.drop(session)
    writer.release(session)
  }
  const writer = new Writer(wall)
  const sessions = new Sessions(services, { wall, random, release: forget })
  const refuse = (forMs: number): void => [ports, secure].forEach((open) => open.suspend(forMs))
  const faults = createFaults(
    { ...options, services },
    { sessions, defaultSession: DEFAULT_SESSION, wall, random, refuse, onNote },
  )
  const monitors = monitorsOf({ ...options, wall, random, services, journal, describe, faults })
  const readiness = { isReady: false }
  const closing = new AbortController()
  const caPem = (): string | undefined => secure.caPem
  const resetFaults = faultReset({ faults, writer, monitors })
  const parts = { readiness, sessions, journal, metrics, faults, monitors, wall, services, initScripts, caPem }
  const where = { region: config.region, host: config.listen[0]?.host }
  const routes = adminRoutes({ ...parts, ...where, resetFaults, version: version() })
  const plane = controlPlane(routes, config, (error) => onError?.(error))
  const origin = ({ request, isTls }: Arrival): string => originOf(request, isTls, config, ports.url)
  const answer = flow({ ...options, wall, random, services, sessions, faults, journal, metrics, describe, origin })
  const ports = new Ports(config.listen, () => new Listener(serve, writer), wall)
  const secure = new SecurePorts({ config, clock: wall, serve, writer, onNote })

  function serve(arrival: Arrival): Promise<Written> | Written {
    const { request } = arrival
    if (isAdminPath(request.target)) return steer(plane, arrival, origin(arrival), closing.signal)
    const refused = browserAnswer(request)
    return refused === undefined ? answer(arrival) : respond(refused)
  }

  return {
    services,
    faults,
    monitors,
    get addresses() {
      return ports.addresses
    },
    get url() {
      return ports.url
    },
    get secureAddresses() {
      return secure.addresses
    },
    async start(prepare) {
      await ports.open()
      try {
        await secure.open()
        for (const forward of config.monitors) await monitors.open(forward)
        await prepare?.()
      } catch (error) {
        await this.close()
        throw error
      }
      readiness.isReady = !closing.signal.aborted
    },
    async close() {
      readiness.isReady = false
      closing.abort()
      for (const note of unusedNotes(faults.counted(undefined))) onNote(note)
      sessions.close()
      writer.release()
      await Promise.all([ports.close(), secure.close(), monitors.closeAll()])
    },
  }
}

/** Faults as at the start: what hangs because of one ends. Forwarded ports belong to the default session. */
function faultReset({ faults, writer, monitors }: { faults: Faults; writer: Writer; monitors: Monitors }) {
  return ({ name }: { readonly name: string }): void => {
    faults.reset(name)
    writer.release(name)
    if (name === DEFAULT_SESSION) monitors.release()
  }
}

/** What crosses a forwarded port goes to the journal and to the log; the gateway's own numbers are of its own calls. */
function monitorsOf(
  parts: Pick<FlowParts, 'wall' | 'random' | 'services' | 'journal' | 'describe' | 'faults'> &
    Omit<GatewayOptions, 'faults'>,
): Monitors {
  const { config, wall, random, services, journal, describe, faults, onNote, onError, onFinished } = parts
  return new Monitors({
    faults,
    wall,
    random,
    services,
    region: config.region,
    session: DEFAULT_SESSION,
    onNote: (note) => onNote?.(note),
    onBug: (error) => onError?.(error),
    onEnded: (ended) => {
      journal.add(ended)
      onFinished?.({ ...ended, description: inWords(ended, describe) })
    },
  })
}

interface FlowParts extends Omit<GatewayOptions, 'faults'> {
  readonly wall: Clock
  readonly random: Random
  readonly services: readonly Service[]
  readonly sessions: Sessions
  readonly faults: Faults
  readonly journal: Journal
  readonly metrics: Metrics
  readonly describe: Describe
  readonly origin: (arrival: Arrival) => string
}

/**
 * The whole flow, in the order in which a request lives:
 *
 *     listener ─► session ─► route ─► injectors (client) ─► injectors (mock) ─► hop ─► … the same way back … ─► writer
 */
function flow(parts: FlowParts): (arrival: Arrival) => Addressed | Promise<Addressed> {
  const { config, wall, random, services, sessions, faults, journal, metrics, describe, origin } = parts
  const { onFinished, onCall, onError } = parts
  const calls = new CallWatch()
  const mock = mockHop((exchange) => sessions.find(exchange.session)?.mock(exchange.service))
  const hop = chain([faults.injector('client')], timed('mock', chain([faults.injector('mock')], mock)))
  return (arrival) => {
    const startedMs = monotonicMs()
    const { request, presence, isTooLarge } = arrival
    const caller = readCaller(request, config.region)
    const { session, prefix, refusal } = sessions.resolve(request, caller)
    const { service, protocol: spoken, mount } = route(services, request, caller, prefix)
    const refused = refusal ?? (isTooLarge ? tooLarge(LIMITS.bodyBytes) : undefined)
    const protocol = refused === undefined ? spoken : refusing(spoken, refused)
    const exchange = createExchange({
      id: random.uuid(),
      leg: 'client',
      service: service?.name ?? '',
      session: session.name,
      mount,
      origin: origin(arrival),
      caller,
      request,
      receivedAtMs: wall.nowMs(),
      presence,
      decode: (read, below) => protocol.decodeRequest(read, below),
    })
    const end = (ending: Outcome): Addressed => {
      session.end()
      const outcome = config.faultHeader ? withFaultHeader(ending, exchange) : ending
      const ended = { exchange, outcome, durationMs: monotonicMs() - startedMs, sentBytes: sizeOf(outcome) }
      const story = calls.add(journal.add(ended))
      metrics.add(ended)
      onFinished?.({ ...ended, description: inWords(ended, describe) })
      if (story !== undefined) onCall?.(story)
      return addressed(withBrowserHeaders(request, outcome), session.name)
    }
    const fail = (error: unknown): Addressed => {
      onError?.(error)
      return end(broken(exchange, protocol))
    }
    session.begin()
    return settled(() => hop(exchange), end, fail)
  }
}

/** A service that cannot describe a call has a bug; the call itself is answered all the same. */
function describing(services: readonly Service[], onError: GatewayOptions['onError']): Describe {
  const byName = new Map(services.map((service) => [service.name, service]))
  return (name, call, result) => {
    try {
      return byName.get(name)?.describe?.(call, result) ?? {}
    } catch (error) {
      onError?.(error)
      return {}
    }
  }
}

/** The control plane is no exchange: no fault stands before it, and no log tells of it. */
async function steer(
  plane: ControlPlane,
  { request, presence, isTooLarge }: Arrival,
  origin: string,
  closing: AbortSignal,
): Promise<Written> {
  const signal = AbortSignal.any([presence.signal, closing])
  const response = await plane.answer({ request, isTooLarge, signal, origin })
  return 'chunks' in response ? { kind: 'stream', response } : respond(response)
}

/** Which faults it has met, where there is a head to say it in. */
function withFaultHeader(outcome: Outcome, { trace: { faults } }: Exchange): Outcome {
  if (faults.length === 0 || outcome.kind === 'failure') return outcome
  const { response } = outcome
  return {
    ...outcome,
    response: { ...response, rawHeaders: [...response.rawHeaders, FAULT_HEADER, faultHeader(faults)] },
  }
}

/** Whose faults have a hand in how it is written: who ends the session, ends that. */
function addressed(outcome: Outcome, session: string): Addressed {
  return outcome.kind === 'response' && outcome.delivery === undefined ? outcome : { ...outcome, session }
}

function broken({ id, request }: Exchange, protocol: Protocol): Outcome {
  const result: Result = { kind: 'error', error: INTERNAL_FAILURE }
  return respond(protocol.encodeResponse({ operation: '' }, result, id, request), result)
}

function sizeOf(outcome: Outcome): number {
  return outcome.kind === 'response' ? Buffer.byteLength(outcome.response.body) : 0
}

function inWords({ exchange, outcome }: Ended, describe: Describe): Description {
  const call = exchange.call()
  if (isDecodeFailure(call)) return {}
  return describe(exchange.service, call, outcome.kind === 'response' ? outcome.result : undefined)
}

function respond(response: HttpResponse, result?: Result): Outcome {
  return { kind: 'response', response, ...(result === undefined ? {} : { result }) }
}
