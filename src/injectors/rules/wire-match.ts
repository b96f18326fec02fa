import type { Clock } from '../../core/clock.ts'
import type { Delivery } from '../../core/exchange.ts'
import type { Phase } from '../../core/trace.ts'
import type { Firing } from '../effect.ts'
import type { CompiledRule } from './compiled-rule.ts'
import { mix } from './draw.ts'
import type { Tally } from './tally.ts'
import type { Occasion } from './when.ts'
import type { WirePlace } from './wire-on.ts'

/** A connection that rules are asked about, and whom they tell what they did. */
export interface WireMeeting {
  readonly place: WirePlace
  /** The rule, what it did and the how-many-th time it is: `lost reset`. */
  happened(rule: string, what: string, n: number): void
  /** Takes no new connections for so long, in real time. */
  refuse(forMs: number): void
}

interface WireEnvironment {
  readonly seed: number
  readonly wall: Clock
  /** The session's time. */
  readonly clock: Clock
}

/** Nothing is known of a connection but its number: that is what an export writes, and what draws are made from. */
const DIGEST = '0'.repeat(16)

/** One rule that applies to one connection: its effects are given it when the first bytes come back. */
export class WireMatch implements Firing, Occasion {
  readonly index: number
  readonly applied: number
  readonly service = undefined
  readonly #rule: CompiledRule
  readonly #tally: Tally
  readonly #environment: WireEnvironment
  readonly #met: WireMeeting
  /** The how-many-th time it fired; `undefined`: it has not happened. */
  #n: number | undefined

  constructor(rule: CompiledRule, tally: Tally, environment: WireEnvironment, met: WireMeeting) {
    this.#rule = rule
    this.#tally = tally
    this.#environment = environment
    this.#met = met
    this.index = tally.index
    this.applied = tally.applied
  }

  get wall(): Clock {
    return this.#environment.wall
  }

  get clock(): Clock {
    return this.#environment.clock
  }

  key(): string {
    return `${DIGEST}#${this.index}`
  }

  chance(): number {
    return this.draw('')
  }

  draw(purpose: string): number {
    return mix(this.#environment.seed, this.#rule.rule.id, this.key(), purpose)
  }

  /** What becomes of the bytes: they are about to come. */
  deliveries(): readonly Delivery[] {
    return this.#rule.wire.deliveries(this)
  }

  happened(_phase: Phase, what: string): void {
    this.#n ??= this.#firstTime()
    this.#met.happened(this.#rule.rule.id, what, this.#n)
  }

  refuse(forMs: number): void {
    this.#met.refuse(forMs)
  }

  /** The connection is over. A rule that applied and did nothing has not fired: no bytes came back. */
  end(): void {
    if (this.#n === undefined) this.#tally.skip('ineffective')
  }

  #firstTime(): number {
    this.#rule.life.hasFired = true
    if (!this.#rule.when.isAlways) this.#tally.remember(`connection ${this.#met.place.connection} ${this.key()}`)
    return this.#tally.fire()
  }
}
