import { type Clock, monotonicMs } from '../core/clock.ts'
import type { Tap } from '../core/tap.ts'
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
  open(client: string): Tap {
    const { target, clock, read } = this.#options
    const audience = this.#audience
    const connection = new Connection(++this.connections, client, target, monotonicMs())
    if (!this.#isWatched) return new Bystander(connection, (...trouble) => audience.broke?.(...trouble))
    return new Conversation(connection, {
      audience,
      clock,
      read,
      budget: this.#budget,
      mostBodyBytes: LONGEST_BODY,
      nextId: () => ++this.exchanges,
    })
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
