import { type Clock, monotonicMs } from '../core/clock.ts'
import type { Delivery } from '../core/exchange.ts'
import type { Crossing, Tap } from '../core/tap.ts'
import type { FiredFault } from '../core/trace.ts'
import type { WireMatch, WireMeeting } from '../injectors/rules/wire-match.ts'
import { anchored } from './anchored.ts'
import type { Audience } from './audience.ts'
import { Budget, LONGEST_BODY } from './body.ts'
import { Bystander } from './bystander.ts'
import { Connection } from './connection.ts'
import { Conversation } from './conversation.ts'
import type { Reader } from './reading.ts'

/** Of all bodies that are kept at one time: what passes by is no reason to grow. */
const MOST_KEPT_BYTES = 32 * 1024 * 1024

export interface MonitorOptions {
  /** As a line names it: `localhost:3000`. */
  readonly target: string
  readonly audiences: readonly Audience[]
  readonly clock: Clock
  readonly read: Reader
  readonly faults?: WireFaults | undefined
}

/** The faults at leg wire, and the port at which they stand. */
export interface WireFaults {
  meet(met: WireMeeting): readonly Pick<WireMatch, 'deliveries' | 'end'>[]
  port(): number
  /** Takes no new connections for so long. */
  refuse(forMs: number): void
}

/** Watches the connections of one forwarded port. Numbers connections and exchanges, each from 1. */
export class Monitor {
  readonly #options: MonitorOptions
  readonly #budget = new Budget(MOST_KEPT_BYTES)
  readonly #audience: Audience
  /** Does anybody want to know of exchanges? Else nobody looks for them. */
  readonly #isWatched: boolean
  /** So far. */
  connections = 0
  exchanges = 0

  constructor(options: MonitorOptions) {
    const { audiences } = options
    this.#options = options
    this.#audience = audiences.length === 1 ? (audiences[0] as Audience) : all(audiences)
    this.#isWatched = audiences.some((audience) => 'arrived' in audience || 'ended' in audience)
  }

  /** A client has come, from this address. */
  open(client: string): Crossing {
    const { target, clock, read } = this.#options
    const audience = this.#audience
    const connection = new Connection(++this.connections, client, target, monotonicMs())
    if (!this.#isWatched)
      return this.#crossing(connection, new Bystander(connection, (...trouble) => audience.broke?.(...trouble)))
    const conversation = new Conversation(connection, {
      audience,
      clock,
      read,
      budget: this.#budget,
      mostBodyBytes: LONGEST_BODY,
      nextId: () => ++this.exchanges,
    })
    return this.#crossing(connection, conversation, (fault) => conversation.faulted(fault))
  }

  /** Which faults apply to a connection is decided when it comes; what they do, when the first bytes come back. */
  #crossing(connection: Connection, tap: Tap, onFault: (fault: FiredFault) => void = () => {}): Crossing {
    const { faults } = this.#options
    if (faults === undefined) return { tap }
    const matches = faults.meet({
      place: { connection: connection.id, port: faults.port() },
      happened: (rule, effect, n) => onFault({ rule, effect, leg: 'wire', phase: 'after-commit', n }),
      refuse: (forMs) => faults.refuse(forMs),
    })
    if (matches.length === 0) return { tap }
    const deliveries = (first: Buffer): readonly Delivery[] =>
      anchored(
        matches.flatMap((match) => match.deliveries()),
        first,
      )
    return { tap, deliveries, ended: () => matches.forEach((match) => match.end()) }
  }
}

function all(audiences: readonly Audience[]): Audience {
  return {
    connected: (...told) => audiences.forEach((audience) => audience.connected?.(...told)),
    arrived: (...told) => audiences.forEach((audience) => audience.arrived?.(...told)),
    ended: (...told) => audiences.forEach((audience) => audience.ended?.(...told)),
    raw: (...told) => audiences.forEach((audience) => audience.raw?.(...told)),
    broke: (...told) => audiences.forEach((audience) => audience.broke?.(...told)),
    closed: (...told) => audiences.forEach((audience) => audience.closed?.(...told)),
  }
}
