import { lastly } from '../../core/after.ts'
import { type Exchange, type Leg, type Outcome, withLeg } from '../../core/exchange.ts'
import type { Hop } from '../../core/hop.ts'
import type { CompiledRule } from './compiled-rule.ts'
import { decided } from './decided.ts'
import { type FaultEnvironment, Match, Passage } from './match.ts'
import { type Candidate, PlaceIndex } from './place-index.ts'
import type { Plan } from './plan.ts'
import { Tally } from './tally.ts'
import { WireMatch, type WireMeeting } from './wire-match.ts'

/** The faults of one session: the rules that are in force there, and what each has counted. */
export class SessionFaults {
  readonly #name: string
  readonly #environment: FaultEnvironment
  readonly #armedAtMs: number
  /** Since when those are on that came later, as far as they look at the time. */
  readonly #armed = new Map<CompiledRule['life'], number>()
  /** Of rules that have seen something: most sessions are short, and there may be many rules. */
  readonly #tallies = new Map<CompiledRule['life'], Tally>()
  #plan: Plan
  #places = new Map<Leg, PlaceIndex>()

  /** `armedAtMs`: the session's time since which the rules of the plan are on. */
  constructor(name: string, plan: Plan, environment: FaultEnvironment, armedAtMs: number) {
    this.#name = name
    this.#environment = environment
    this.#plan = plan
    this.#armedAtMs = armedAtMs
  }

  /** Other rules are in force from now on. What is under way goes on with the old ones. */
  adopt(plan: Plan): void {
    this.settle()
    const nowMs = this.#environment.clockOf(this.#name).nowMs()
    const former = livesOf(this.#plan)
    const lives = livesOf(plan)
    for (const { life, when } of plan.rules) if (when.isTimed && !former.has(life)) this.#armed.set(life, nowMs)
    for (const ofLives of [this.#tallies, this.#armed])
      for (const life of ofLives.keys()) if (!lives.has(life)) ofLives.delete(life)
    this.#places = new Map()
    this.#plan = plan
  }

  /** What a rule has counted here; nothing where it has seen nothing. Up to date after `settle`. */
  tally({ life }: CompiledRule): Tally | undefined {
    return this.#tallies.get(life)
  }

  get hasFired(): boolean {
    return [...this.#tallies.values()].some(({ fired }) => fired > 0)
  }

  /** A connection has come whose bytes nobody reads: which rules apply to it is decided now, and how is asked later. */
  meet(met: WireMeeting): readonly WireMatch[] {
    const matches: WireMatch[] = []
    const clock = this.#environment.clockOf(this.#name)
    let isFinal = false
    for (const rule of this.#plan.at('wire')) {
      const tally = this.#tallyOf(rule)
      tally.considered++
      const miss = isFinal ? 'final' : rule.wire.on.find(({ fits }) => !fits(met.place))?.reason
      if (miss !== undefined) {
        tally.skip(miss)
        continue
      }
      const environment = { ...this.#environment, clock }
      const match = decided(rule.when, tally, clock, () => new WireMatch(rule, tally, environment, met))
      if (match === undefined) continue
      matches.push(match)
      isFinal = rule.rule.final === true
    }
    return matches
  }

  /** Brings the tallies up to date. */
  settle(): void {
    for (const places of this.#places.values()) places.settle()
  }

  /** Which rules apply is decided when the exchange comes; those that look at the answer are asked when it is there. */
  apply(leg: Leg, exchange: Exchange, next: Hop): Outcome | Promise<Outcome> {
    const { candidates } = this.#placesAt(leg).enter(exchange, this.#environment.serviceOf(exchange.service))
    if (candidates.length === 0) return next(exchange)
    let passage: Passage | undefined
    let isFinal = false
    const steps: ((inner: Hop) => Hop)[] = []
    const matches: Match[] = []
    for (const candidate of candidates) {
      const { rule, tally } = candidate
      if (isFinal) {
        tally.skip('final')
        continue
      }
      const miss = firstMiss(rule, exchange)
      if (miss >= 0) {
        ;(candidate.misses[miss] as number)++
        continue
      }
      passage ??= new Passage(leg, exchange, this.#environment)
      if (rule.on.response !== undefined) {
        steps.push(this.#afterAnswer(candidate, passage, matches))
        continue
      }
      const match = this.#decide(candidate, passage)
      if (match === undefined) continue
      matches.push(match)
      steps.push((inner) => (at) => rule.act(at, inner, match))
      isFinal = rule.rule.final === true
    }
    if (steps.length === 0) return next(exchange)
    const hop = steps.reduceRight<Hop>((inner, step) => step(inner), next)
    const here = exchange.leg === leg ? exchange : withLeg(exchange, leg)
    return lastly(
      () => hop(here),
      () => matches.forEach((match) => match.end()),
    )
  }

  #afterAnswer(candidate: Candidate, passage: Passage, matches: Match[]): (inner: Hop) => Hop {
    const { rule, tally } = candidate
    return (inner) => async (exchange) => {
      const outcome = await inner(exchange)
      if (rule.on.response?.every(({ fits }) => fits(outcome)) === false) {
        tally.skip('response')
        return outcome
      }
      const match = this.#decide(candidate, passage)
      if (match === undefined) return outcome
      matches.push(match)
      let isAnswered = true
      const known: Hop = (again) => {
        if (!isAnswered) return inner(again)
        isAnswered = false
        return outcome
      }
      return rule.act(exchange, known, match)
    }
  }

  #decide({ rule, tally }: Candidate, passage: Passage): Match | undefined {
    const { exchange, environment } = passage
    return decided(rule.when, tally, environment.clockOf(exchange.session), () => new Match(rule, tally, passage))
  }

  #tallyOf({ life }: CompiledRule): Tally {
    let tally = this.#tallies.get(life)
    if (tally === undefined) {
      tally = new Tally(this.#armed.get(life) ?? this.#armedAtMs)
      this.#tallies.set(life, tally)
    }
    return tally
  }

  #placesAt(leg: Leg): PlaceIndex {
    let places = this.#places.get(leg)
    if (places === undefined) {
      places = new PlaceIndex(this.#name, this.#plan.at(leg), (rule) => this.#tallyOf(rule))
      this.#places.set(leg, places)
    }
    return places
  }
}

function livesOf({ rules }: Plan): ReadonlySet<CompiledRule['life']> {
  return new Set(rules.map(({ life }) => life))
}

function firstMiss({ on }: CompiledRule, exchange: Exchange): number {
  for (let i = 0; i < on.request.length; i++) if (on.request[i]?.fits(exchange) === false) return i
  return -1
}
