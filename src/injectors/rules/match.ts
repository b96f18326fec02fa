import type { Clock } from '../../core/clock.ts'
import type { Exchange, Leg } from '../../core/exchange.ts'
import type { Service } from '../../core/service.ts'
import type { Phase } from '../../core/trace.ts'
import type { Firing } from '../effect.ts'
import { type CallContent, contentOf } from './call-content.ts'
import type { CompiledRule } from './compiled-rule.ts'
import { mix } from './draw.ts'
import type { Tally } from './tally.ts'
import type { Occasion } from './when.ts'

/** What rules need of the world around them. */
export interface FaultEnvironment {
  readonly seed: number
  readonly wall: Clock
  serviceOf(name: string): Service | undefined
  /** A session's time. */
  clockOf(session: string): Clock
  /** Stops taking connections for so long, in real time. */
  refuse(forMs: number): void
}

/** An exchange at a leg, as all rules there see it: what it says is worked out once, when the first one asks. */
export class Passage {
  readonly leg: Leg
  readonly exchange: Exchange
  readonly service: Service | undefined
  readonly environment: FaultEnvironment
  #content: CallContent | undefined

  constructor(leg: Leg, exchange: Exchange, environment: FaultEnvironment) {
    this.leg = leg
    this.exchange = exchange
    this.service = environment.serviceOf(exchange.service)
    this.environment = environment
  }

  get content(): CallContent {
    return (this.#content ??= contentOf(this.exchange, this.service))
  }
}

/** One rule that one exchange matches: whether it applies is decided with it, and its effects are given it. */
export class Match implements Firing, Occasion {
  readonly index: number
  readonly applied: number
  readonly #rule: CompiledRule
  readonly #tally: Tally
  readonly #passage: Passage
  #occurrence: number | undefined
  /** The how-many-th time it fired; `undefined`: it has not happened. */
  #n: number | undefined

  constructor(rule: CompiledRule, tally: Tally, passage: Passage) {
    this.#rule = rule
    this.#tally = tally
    this.#passage = passage
    this.index = tally.index
    this.applied = tally.applied
  }

  get service(): Service | undefined {
    return this.#passage.service
  }

  get wall(): Clock {
    return this.#passage.environment.wall
  }

  get clock(): Clock {
    const { environment, exchange } = this.#passage
    return environment.clockOf(exchange.session)
  }

  key(): string {
    const { digest } = this.#passage.content
    this.#occurrence ??= this.#tally.occurrence(digest)
    return `${digest}#${this.#occurrence}`
  }

  chance(by: 'content' | 'sequence'): number {
    return by === 'sequence' ? mix(this.#seed, this.#id, this.index) : this.draw('')
  }

  draw(purpose: string): number {
    return mix(this.#seed, this.#id, this.key(), purpose)
  }

  happened(phase: Phase, what: string): void {
    this.#n ??= this.#firstTime()
    const { leg, exchange } = this.#passage
    exchange.trace.fired({ rule: this.#id, effect: what, leg, phase, n: this.#n })
  }

  refuse(forMs: number): void {
    this.#passage.environment.refuse(forMs)
  }

  /** The exchange is over. A rule that applied and did nothing has not fired: it had nothing to do, or another was first. */
  end(): void {
    if (this.#n === undefined) this.#tally.skip('ineffective')
  }

  #firstTime(): number {
    this.#rule.life.hasFired = true
    if (!this.#rule.when.isAlways) this.#tally.remember(`${this.#passage.content.words} ${this.key()}`)
    return this.#tally.fire()
  }

  get #seed(): number {
    return this.#passage.environment.seed
  }

  get #id(): string {
    return this.#rule.rule.id
  }
}
