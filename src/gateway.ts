import { type ControlPlane, controlPlane, isAdminPath } from './admin/control-plane.ts'
import { adminRoutes } from './admin/index.ts'
import type { InitScript } from './admin/localstack-init.ts'
import { browserAnswer, withBrowserHeaders } from './http/browser.ts'
import type { Config } from './config.ts'
import { originComplaint } from './core/allowed-host.ts'
import { type Clock, createWallClock, monotonicMs } from './core/clock.ts'
import type { PipitError } from './core/errors.ts'
import { createExchange, type Exchange, type HttpResponse, type Outcome, type Result } from './core/exchange.ts'
import type { Ended, Finished } from './core/finished.ts'
import { chain, type Hop, timed } from './core/hop.ts'
import { lazily } from './core/lazily.ts'
import { type Random, systemRandom } from './core/random.ts'
import { settled } from './core/settled.ts'
import type { Protocol, Service } from './core/service.ts'
import { createForwarding, type Forwarding } from './forwarding.ts'
import type { ReplayReport } from './fixtures/replay-report.ts'
import { lifecycle, type Lifecycle } from './lifecycle.ts'
import { createPlaying, type Playing } from './playing.ts'
import { mockHop } from './hops/mock.ts'
import { CallWatch } from './journal/call-watch.ts'
import { describing, inWords } from './journal/describing.ts'
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
import { withFaultHeader } from './injectors/rules/fault-header.ts'
import type { Faults } from './injectors/rules/faults.ts'
import type { NamedInjector } from './injectors/rules/vocabulary.ts'
import type { InjectionLeg } from './plugins/define-injector.ts'
import type { Injections } from './plugins/injections.ts'
import { type GivenPlugins, plugIn } from './plugins/plug-in.ts'
import { INTERNAL_FAILURE, refusing, tooLarge } from './protocols/refusals.ts'
import { route, serviceTable } from './routes.ts'
import type { Session } from './session.ts'
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
  /** What `defineService` and `defineInjector` made, and the plugins folder's rules. */
  readonly plugins?: GivenPlugins
  /** LocalStack's init scripts, for its resource that tells how they went. */
  readonly initScripts?: readonly InitScript[]
  readonly wall?: Clock
  readonly random?: Random
}

export interface Gateway extends Lifecycle {
  /** The addresses that are open. */
  readonly addresses: readonly Address[]
  /** Those that speak HTTPS. */
  readonly secureAddresses: readonly Address[]
  /** Where a client on this machine reaches it. */
  readonly url: string
  readonly services: readonly Service[]
  /** Ports that stand for others. */
  readonly monitors: Pick<Monitors, 'all'>
  /** What replays have come to, of all sessions that there are and were. */
  replays(): readonly ReplayReport[]
  /** Fixtures of which the recording had to stop. */
  lostRecordings(): readonly string[]
  /** How many there are at the moment, in all sessions, and what they draw from. */
  readonly faults: { readonly count: number; readonly seed: number }
}

/** Puts the parts together; what a request goes through is `flow`, below. */
export function createGateway(options: GatewayOptions): Gateway {
  const { config, onError, plugins = {}, initScripts = [], onNote = () => {}, wall = createWallClock() } = options
  const random = options.random ?? systemRandom()
  const services = [...(options.services ?? serviceTable(config)), ...(plugins.services ?? [])]
  const describe = describing(services, onError)
  const life = random.uuid().slice(0, 8)
  const journal = new Journal({ describe, life })
  const metrics = new Metrics()
  const forget = (session: string): void => {
    for (const part of [journal, metrics, faults, playing.library]) part.drop(session)
    writer.release(session)
  }
  const writer = new Writer(wall)
  const sessions = new Sessions(services, { wall, random, modes: config.mode, release: forget, note: onNote })
  const forwarding = createForwarding({ config, services, wall, id: life })
  const { hasUpstream } = forwarding
  const onTrouble = ({ message }: PipitError): void => onNote(message)
  const playing = createPlaying({ config, services, wall, random, sessions, hasUpstream, onTrouble })
  const { injections, rules } = plugIn({ ...options, wall, random, services, sessions })
  const refuse = (forMs: number): void => [ports, secure].forEach((open) => open.suspend(forMs))
  const world = { sessions, defaultSession: DEFAULT_SESSION, wall, random, refuse, onNote }
  const faults = createFaults(rules.given, world)
  // The gateway's own numbers are of its own calls.
  const onEnded = (ended: Ended): void => {
    journal.add(ended)
    options.onFinished?.({ ...ended, description: inWords(ended, describe) })
  }
  const onBug = (error: unknown): void => onError?.(error)
  const watched = { wall, random, services, region: config.region, session: DEFAULT_SESSION }
  const monitors = new Monitors({ ...watched, faults, onEnded, onNote, onBug })
  const readiness = { isReady: false }
  const closing = new AbortController()
  const caPem = (): string | undefined => secure.caPem
  const resetFaults = faultReset({ faults, writer, monitors })
  const parts = { wall, random, services, sessions, faults, journal, metrics }
  const where = { region: config.region, host: config.listen[0]?.host }
  const { library, isRecorded } = playing
  const checkFixture = (session: Session): void => playing.check(session)
  const own = { readiness, monitors, initScripts, caPem, hasUpstream, checkFixture, library, isRecorded, resetFaults }
  // Made of a hundred routes with their schemas: not before somebody asks.
  const plane = lazily(() =>
    controlPlane(adminRoutes({ ...parts, ...where, ...own, version: version() }), config, onBug),
  )
  const origin = ({ request, isTls }: Arrival): string => originOf(request, isTls, config, ports.url)
  const answer = flow({ ...options, ...parts, injections, forwarding, playing, describe, origin })
  const ports = new Ports(config.listen, () => new Listener(serve, writer), wall)
  const secure = new SecurePorts({ config, clock: wall, serve, writer, onNote })
  const open = { ports, secure, monitors, writer, forwarding, playing }

  function serve(arrival: Arrival): Promise<Written> | Written {
    const { request } = arrival
    if (isAdminPath(request.target)) return steer(plane(), arrival, origin(arrival), closing.signal)
    const refused = browserAnswer(request)
    return refused === undefined ? answer(arrival) : respond(refused)
  }

  return {
    services,
    faults,
    monitors,
    replays: () => library.reports(),
    lostRecordings: () => library.lostRecordings(),
    get addresses() {
      return ports.addresses
    },
    get url() {
      return ports.url
    },
    get secureAddresses() {
      return secure.addresses
    },
    ...lifecycle({ ...parts, ...open, config, rules, readiness, closing, onNote, onError }),
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

interface FlowParts extends Omit<GatewayOptions, 'faults'> {
  readonly wall: Clock
  readonly random: Random
  readonly services: readonly Service[]
  readonly sessions: Sessions
  readonly faults: Faults
  readonly injections: Injections
  readonly forwarding: Forwarding
  readonly playing: Playing
  readonly journal: Journal
  readonly metrics: Metrics
  readonly describe: Describe
  readonly origin: (arrival: Arrival) => string
}

/**
 * The whole flow, in the order in which a request lives:
 *
 *     listener ─► session ─► route ─► injectors (client) ─┬─► injectors (mock) ─► mock ─► … the same way back … ─► writer
 *                                                         ├─► injectors (upstream) ─► recorder ─► forward ─► another server
 *                                                         └─► injectors (replay) ─► replay ─► fixtures
 */
function flow(parts: FlowParts): (arrival: Arrival) => Addressed | Promise<Addressed> {
  const { config, wall, random, services, sessions, faults, injections, forwarding, playing, journal, metrics } = parts
  const { describe, origin, onFinished, onCall, onError } = parts
  const calls = new CallWatch()
  const mock = mockHop((exchange) => sessions.find(exchange.session)?.mock(exchange.service))
  const standing = (leg: InjectionLeg) => [faults.injector(leg), ...injections.at(leg)]
  const path = (leg: InjectionLeg, answers: Hop): Hop =>
    chain(standing('client'), timed(leg, chain(standing(leg), answers)))
  const upstream = chain([playing.recorder], forwarding.hop)
  const legs = {
    mock: path('mock', mock),
    upstream: path('upstream', upstream),
    replay: path('replay', playing.hop(mock, upstream)),
  }
  return (arrival) => {
    const startedMs = monotonicMs()
    const { request, presence, isTooLarge } = arrival
    const caller = readCaller(request, config.region)
    const { session, prefix, refusal } = sessions.resolve(request, caller)
    const legOf = (name: string): keyof typeof legs => {
      const mode = playing.modeOf(session, name)
      if (mode === 'replay') return mode
      return mode !== 'mock' && forwarding.hasUpstream(name) ? 'upstream' : 'mock'
    }
    const passes = (name: string): boolean => legOf(name) !== 'mock'
    const { service, protocol: spoken, mount } = route(services, request, caller, prefix, passes)
    const way = legOf(service)
    const refused = refusal ?? (isTooLarge ? tooLarge(LIMITS.bodyBytes) : undefined)
    const protocol = refused === undefined ? spoken : refusing(spoken, refused)
    const exchange = createExchange({
      id: random.uuid(),
      leg: 'client',
      service,
      session: session.name,
      mount,
      origin: origin(arrival),
      caller,
      request,
      receivedAtMs: wall.nowMs(),
      presence,
      decode: (read, below) => protocol.decodeRequest(read, below),
    })
    const told = (ending: Outcome): Addressed => {
      const outcome = config.faultHeader ? withFaultHeader(ending, exchange.trace.faults) : ending
      const ended = { exchange, outcome, durationMs: monotonicMs() - startedMs, sentBytes: sizeOf(outcome) }
      const story = calls.add(journal.add(ended))
      metrics.add(ended)
      onFinished?.({ ...ended, description: inWords(ended, describe) })
      if (story !== undefined) onCall?.(story)
      // What acts on a real account answers no page that is not its own.
      const isShared = way !== 'upstream' || originComplaint(request, config) === undefined
      return addressed(isShared ? withBrowserHeaders(request, outcome) : outcome, session.name)
    }
    const end = (ending: Outcome): Addressed => {
      session.end()
      try {
        return told(ending)
      } catch (error) {
        onError?.(error)
        return addressed(broken(exchange, protocol), session.name)
      }
    }
    const fail = (error: unknown): Addressed => {
      onError?.(error)
      return end(broken(exchange, protocol))
    }
    session.begin()
    return settled(() => legs[way](exchange), end, fail)
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

function respond(response: HttpResponse, result?: Result): Outcome {
  return { kind: 'response', response, ...(result === undefined ? {} : { result }) }
}
