import type { GenericSchema } from 'valibot'
import type { Clock } from '../core/clock.ts'
import type { Delivery, Exchange, Leg, Outcome } from '../core/exchange.ts'
import type { Hop } from '../core/hop.ts'
import type { Service } from '../core/service.ts'
import type { Phase } from '../core/trace.ts'

/** What a rule can do to an exchange: one entry of its `do`. One file each; the table is index.ts. */
export interface Effect<Args = never> {
  /** As a rule's `do` spells it: `latency`. */
  readonly name: string
  readonly summary: string
  /** Of the value beside the name; what it complains about names the nearest word. */
  readonly args: GenericSchema<unknown, Args>
  /** A value that the schema takes, as a person would write it: help, README and tests show this one. */
  readonly example: unknown
  /** Where rules may put it. `wire` has bytes only: an effect that stands there has `deliveries`. */
  readonly legs: readonly Leg[]
  /** May answer without calling on. Stands innermost of its rule's effects, so that the order in `do` loses none. */
  readonly answers?: true
  /**
   * What the schema cannot know: an error that no service has, a fraction where nobody knows the length. A complaint for
   * the operator, or nothing.
   */
  check?(args: Args, services: readonly Service[], leg: Leg): string | undefined
  /** Called once per rule; what it answers is called once per exchange to which the rule applies. */
  inject(args: Args): Act
  /** The same on a connection that nobody reads as HTTP: what becomes of the bytes that go back. */
  deliveries?(args: Args, firing: Firing): readonly Delivery[]
}

/** An injector that knows for which firing of which rule it acts. */
export type Act = (exchange: Exchange, next: Hop, firing: Firing) => Outcome | Promise<Outcome>

/** One time that a rule applies to one exchange: what its effects are given. */
export interface Firing {
  /** From 0 up to 1: the same for the same purpose, rule and call content in every run with the same seed. */
  draw(purpose: string): number
  /** To be called when it really happens: the exchange's trace, the counters and `x-pipit-fault` follow from it. */
  happened(phase: Phase, what: string): void
  /** The service that the exchange is for; `undefined` where no service is known. */
  readonly service: Service | undefined
  /** Real time: how long somebody is kept waiting. */
  readonly wall: Clock
  /** The session's time. */
  readonly clock: Clock
  /** Stops taking connections for so long, in real time. */
  refuse(forMs: number): void
}

/** Keeps the types of the arguments together. */
export function defineEffect<Args>(effect: Effect<Args>): Effect<Args> {
  return effect
}
