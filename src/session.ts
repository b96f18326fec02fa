import type { Clock } from './core/clock.ts'
import { PipitError } from './core/errors.ts'
import type { Exchange, Result } from './core/exchange.ts'
import type { Random } from './core/random.ts'
import type { Mock, Mode, OnMiss, Peer, Service } from './core/service.ts'
import { ofService, type ServiceTable } from './core/service-table.ts'
import { SessionClock } from './core/session-clock.ts'

export interface SessionEnvironment {
  readonly wall: Clock
  readonly random: Random
  readonly note?: (text: string) => void
  /** What answers for a service in sessions that say nothing of it; the mock, where this says nothing either. */
  readonly modes?: ServiceTable<Mode>
}

/** What a session has a word of its own for. */
export interface SessionChoices {
  readonly modes?: ServiceTable<Mode> | undefined
  /** What it records or replays. */
  readonly fixture?: string | undefined
  readonly onMiss?: OnMiss | undefined
}

/** What one service of a session has asked another, and what came of it. */
export type PeersHeard = (exchange: Exchange, result: Result) => void

/** One test's own world: the state of every service, and its time. */
export class Session {
  readonly name: string
  readonly createdAtMs: number
  /** What answers for a service, where this session has a word of its own. */
  readonly modes: ServiceTable<Mode>
  readonly fixture: string | undefined
  readonly onMiss: OnMiss | undefined
  readonly #services: readonly Service[]
  readonly #environment: SessionEnvironment
  readonly #mocks = new Map<string, Mock>()
  #hear: PeersHeard | undefined
  #clock: SessionClock
  #usedAtMs: number
  #underWay = 0

  constructor(
    name: string,
    services: readonly Service[],
    environment: SessionEnvironment,
    { modes = {}, fixture, onMiss }: SessionChoices = {},
  ) {
    this.name = name
    this.modes = modes
    this.fixture = fixture
    this.onMiss = onMiss
    this.#services = services
    this.#environment = environment
    this.#clock = new SessionClock(environment.wall)
    this.createdAtMs = this.#usedAtMs = environment.wall.nowMs()
  }

  get clock(): SessionClock {
    return this.#clock
  }

  /** Real time of the last request, or of the end of the last one that waited. */
  get usedAtMs(): number {
    return this.#usedAtMs
  }

  modeOf(service: string): Mode {
    return ofService(this.modes, service) ?? ofService(this.#environment.modes ?? {}, service) ?? 'mock'
  }

  /** A service's state in this session, made when somebody first asks for it. */
  mock(name: string): Mock {
    const there = this.#mocks.get(name)
    if (there !== undefined) return there
    const service = this.#service(name)
    if (service === undefined) throw new PipitError('no-service', `there is no service ${name}`)
    const mock = service.mock({ ...this.#environment, clock: this.#clock, peer: (other) => this.peer(other) })
    this.#mocks.set(name, mock)
    return mock
  }

  /** A service and its state in this session, for another one that calls it; `undefined` where nobody serves it. */
  peer(name: string): Peer | undefined {
    const service = this.#service(name)
    if (service === undefined) return undefined
    const mock = this.mock(name)
    const hear = this.#hear
    return { service, mock: hear === undefined ? mock : heard(mock, hear) }
  }

  /** From now on `hear` is told what services of this session ask each other. */
  hearPeers(hear: PeersHeard): void {
    this.#hear = hear
  }

  begin(): void {
    this.#underWay++
    this.#usedAtMs = this.#environment.wall.nowMs()
  }

  end(): void {
    this.#underWay--
    this.#usedAtMs = this.#environment.wall.nowMs()
  }

  isIdleSince(ms: number): boolean {
    return this.#underWay === 0 && this.#usedAtMs < ms
  }

  /** Messages are gone; queues, their attributes and the time stay. */
  clear(): void {
    for (const mock of this.#mocks.values()) mock.clear?.()
  }

  /** Queues are as at the start: those of the config, empty. What waits ends. */
  renew(): void {
    for (const mock of this.#mocks.values()) mock.close()
    this.#mocks.clear()
  }

  /** And it is now, again. */
  restart(): void {
    this.renew()
    this.#clock.stop()
    this.#clock = new SessionClock(this.#environment.wall)
  }

  close(): void {
    this.renew()
    this.#clock.stop()
  }

  #service(name: string): Service | undefined {
    return this.#services.find((candidate) => candidate.name === name)
  }
}

function heard(mock: Mock, hear: PeersHeard): Mock {
  return {
    async call(call, exchange) {
      const result = await mock.call(call, exchange)
      hear(exchange, result)
      return result
    },
    close: () => {},
  }
}
