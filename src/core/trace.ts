import type { Call, Leg, Result } from './exchange.ts'

/** Where a fault stood to the execution of the request. */
export type Phase = 'before-commit' | 'after-commit'

/** One fault that really happened to an exchange. */
export interface FiredFault {
  /** The rule's id. */
  readonly rule: string
  /** What it did: `reset`, `latency +200ms`. */
  readonly effect: string
  readonly leg: Leg
  readonly phase: Phase
  /** The how-many-th time the rule fired in this session, from 1. */
  readonly n: number
}

/** What answers an exchange; `monitor`: somebody else, and it passed by. */
export type Source = 'mock' | 'forward' | 'replay' | 'miss' | 'monitor'

/** How long a leg took, its injectors and what is behind them included. */
export interface LegTime {
  readonly leg: Leg
  readonly durationMs: number
}

/**
 * What happened to an exchange on its way, written down by whoever did it. All copies of an exchange share it: what an
 * injector throws away (the first of two answers) happened all the same. It decides nothing.
 */
export class Trace {
  /** `undefined` until a hop has answered. */
  source: Source | undefined
  /** The forwarded port by which it passed: `:3001 -> localhost:3000`. */
  via: string | undefined
  /** What was answered where the request was executed; more than once for one that was duplicated on its way. */
  results: readonly Result[] = NO_RESULTS
  /** What says the latest of them in the protocol of its call; `undefined` where a hop does not tell. */
  body: string | Buffer | undefined
  /** That call: an injection can have made another one of what was asked. */
  call: Call | undefined
  /** Innermost first. */
  legs: readonly LegTime[] = NO_LEGS
  faults: readonly FiredFault[] = NO_FAULTS

  /** A hop has answered so: known here even when nobody gets to see the answer. */
  answered(source: Source, result?: Result): void {
    this.source = source
    if (result !== undefined) this.results = this.results.length === 0 ? [result] : [...this.results, result]
  }

  /** So it was said, to whoever asked. */
  said(call: Call, body: string | Buffer): void {
    this.call = call
    this.body = body
  }

  took(leg: Leg, durationMs: number): void {
    this.legs = this.legs.length === 0 ? [{ leg, durationMs }] : [...this.legs, { leg, durationMs }]
  }

  fired(fault: FiredFault): void {
    this.faults = [...this.faults, fault]
  }
}

/** The journal keeps thousands of these, and most have one of each at most: a list that grows by pushing has room for 17. */
const NO_RESULTS: readonly Result[] = []
const NO_LEGS: readonly LegTime[] = []
const NO_FAULTS: readonly FiredFault[] = []
