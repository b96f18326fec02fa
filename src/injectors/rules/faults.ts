import type { Clock } from '../../core/clock.ts'
import { PipitError } from '../../core/errors.ts'
import type { Leg } from '../../core/exchange.ts'
import type { Injector } from '../../core/hop.ts'
import { didYouMean } from '../../core/nearest.ts'
import { type CompiledRule, compileRule } from './compiled-rule.ts'
import { MOST_RULES, readRules } from './entries.ts'
import type { FaultEnvironment } from './match.ts'
import { Plan } from './plan.ts'
import type { Rule } from './rule.ts'
import { SessionFaults } from './session-faults.ts'
import type { Tally } from './tally.ts'
import type { Vocabulary } from './vocabulary.ts'
import type { WireMatch, WireMeeting } from './wire-match.ts'

/** Of all sessions together, those of all sessions not counted. */
const MOST_RULES_OF_SESSIONS = 10_000

/** Which rules: those of one session, or, `undefined`, those that hold in all of them. */
export type Scope = string | undefined

/** The sessions that there are. */
export interface Worlds {
  find(name: string): { readonly clock: Clock; readonly createdAtMs: number } | undefined
  all(): Iterable<{ readonly name: string }>
}

export interface FaultsOptions {
  readonly vocabulary: Vocabulary
  readonly seed: number
  /** Does a rule that never fired fail a verification? */
  readonly unused: 'warn' | 'error'
  readonly sessions: Worlds
  readonly wall: Clock
  /** Whose own rules are those of nobody: a reset of it brings the rules of all sessions back to those of the start. */
  readonly defaultSession: string
  /** Stops taking connections for so long. */
  readonly refuse: (forMs: number) => void
  /** The first rule is in force that was not there at the start. */
  readonly onArmed?: () => void
}

/** A rule, whose it is, and what it has counted: in one session, or in each of them. */
export interface Counted {
  readonly rule: Rule
  readonly session: Scope
  readonly hasFired: boolean
  readonly tallies: readonly Tally[]
}

/**
 * All rules, and what stands at every leg because of them. Without a rule it is one look at a flag. A change makes new
 * plans and puts them in the places of the old ones; a change that is refused changes nothing.
 */
export class Faults {
  readonly seed: number
  readonly unused: 'warn' | 'error'
  readonly vocabulary: Vocabulary
  readonly #sessions: Worlds
  readonly #environment: FaultEnvironment
  readonly defaultSession: string
  #configured: readonly CompiledRule[]
  #shared: readonly CompiledRule[]
  #sharedPlan: Plan
  readonly #own = new Map<string, readonly CompiledRule[]>()
  readonly #states = new Map<string, SessionFaults>()
  readonly #gates = new Map<Leg, { isOpen: boolean }>()
  #onArmed: () => void

  /** `configured` are the rules that a reset brings back. */
  constructor(options: FaultsOptions, configured: readonly Rule[] = []) {
    const { vocabulary, seed, unused, sessions, wall, refuse, defaultSession } = options
    this.seed = seed
    this.unused = unused
    this.vocabulary = vocabulary
    this.#sessions = sessions
    this.defaultSession = defaultSession
    const services = new Map(vocabulary.services.map((service) => [service.name, service]))
    this.#environment = {
      seed,
      wall,
      refuse,
      serviceOf: (name) => services.get(name),
      clockOf: (name) => sessions.find(name)?.clock ?? wall,
    }
    for (const leg of vocabulary.legs) this.#gates.set(leg, { isOpen: false })
    this.#configured = this.#added([], configured)
    this.#shared = this.#configured
    this.#sharedPlan = new Plan(this.#shared)
    this.#onArmed = options.onArmed ?? (() => {})
    if (configured.length > 0) this.#onArmed = () => {}
    this.#openGates()
  }

  /** How many rules hold in all sessions. */
  get count(): number {
    return this.#shared.length
  }

  /** What stands at a leg, for as long as the gateway lives. */
  injector(leg: Leg): Injector {
    const gate = this.#gates.get(leg) ?? { isOpen: false }
    return (exchange, next) =>
      gate.isOpen ? this.#stateOf(exchange.session).apply(leg, exchange, next) : next(exchange)
  }

  /** A connection has come, at leg wire: the rules that apply to it. It belongs to no session: to the default one. */
  meet(met: WireMeeting): readonly WireMatch[] {
    return this.#gates.get('wire')?.isOpen === true ? this.#stateOf(this.defaultSession).meet(met) : NONE
  }

  /** Throws a PipitError `conflict` for an id that is there already, or one rule too many. */
  add(scope: Scope, rules: readonly Rule[]): void {
    this.#refuseTaken(scope, rules)
    this.#put(scope, this.#added(this.#rulesOf(scope), rules))
  }

  /** These, and none of those that were there in this scope. */
  replace(scope: Scope, rules: readonly Rule[]): void {
    this.#refuseElsewhere(scope, rules)
    this.#put(scope, this.#added([], rules))
  }

  /**
   * Other rules of the start. Those that are the same keep what they have counted, and stay away where somebody has
   * removed them; what was added or changed since the start stays.
   */
  configure(rules: readonly Rule[]): void {
    const old = new Map(this.#configured.map((compiled) => [JSON.stringify(compiled.rule), compiled]))
    const configured = this.#added([], rules).map((made) => old.get(JSON.stringify(made.rule)) ?? made)
    const own = this.#shared.filter((rule) => !this.#configured.includes(rule))
    const taken = new Set(own.map(({ rule }) => rule.id))
    const isThere = (rule: CompiledRule): boolean => !this.#configured.includes(rule) || this.#shared.includes(rule)
    const there = configured.filter((rule) => !taken.has(rule.rule.id) && isThere(rule))
    this.#refuseElsewhere(
      undefined,
      there.map(({ rule }) => rule),
    )
    this.#configured = configured
    this.#put(undefined, [...there, ...own])
  }

  /** Members that are there replace those of the rule, null takes one away. Only switching it on and off keeps its counters. */
  change(scope: Scope, id: string, change: Readonly<Record<string, unknown>>): Rule {
    const old = this.#find(scope, id)
    if ('id' in change && change['id'] !== id) throw new PipitError('bad-request', 'an id stays: leave it out')
    const members = Object.entries({ ...old.rule, ...change }).filter(([, member]) => member !== null)
    const entries = Object.fromEntries(members)
    const [rule] = readRules({ entries, source: HERE, code: 'bad-request' }, this.vocabulary)
    if (rule === undefined) throw new TypeError('a rule is read as a rule')
    const isSwitch = Object.keys(change).every((name) => name === 'enabled')
    const changed = isSwitch ? { ...old, rule } : compileRule(rule, this.vocabulary)
    this.#put(
      scope,
      this.#rulesOf(scope).map((there) => (there === old ? changed : there)),
    )
    return rule
  }

  /** One, or all of a scope. */
  remove(scope: Scope, id?: string): void {
    const gone = id === undefined ? undefined : this.#find(scope, id)
    this.#put(scope, gone === undefined ? [] : this.#rulesOf(scope).filter((rule) => rule !== gone))
  }

  /** As at the start: a session's own rules go, and what it has counted. */
  reset(session: string): void {
    this.#states.delete(session)
    this.#own.delete(session)
    const isOfAll = session === this.defaultSession && this.#shared !== this.#configured
    if (isOfAll) this.#put(undefined, this.#configured)
    else this.#openGates()
    if (this.#sharedPlan.rules.length === 0) return
    const armedAtMs = this.#environment.clockOf(session).nowMs()
    this.#states.set(session, new SessionFaults(session, this.#sharedPlan, this.#environment, armedAtMs))
  }

  /** The session has ended: nothing is left of it. */
  drop(session: string): void {
    this.#states.delete(session)
    if (this.#own.delete(session)) this.#openGates()
  }

  /** Of one session, those that hold in all included; or of all sessions, their own rules included. */
  counted(scope: Scope): readonly Counted[] {
    for (const state of this.#states.values()) state.settle()
    const inSession = (name: string, rule: CompiledRule): Tally[] => {
      const tally = this.#states.get(name)?.tally(rule)
      return tally === undefined ? [] : [tally]
    }
    const names = scope === undefined ? [...this.#states.keys()] : [scope]
    const shared = this.#shared.map((rule) => ({
      rule: rule.rule,
      session: undefined,
      hasFired: rule.life.hasFired,
      tallies: names.flatMap((name) => inSession(name, rule)),
    }))
    const own = [...this.#own]
      .filter(([name]) => scope === undefined || scope === name)
      .flatMap(([name, rules]) =>
        rules.map((rule) => ({
          rule: rule.rule,
          session: name,
          hasFired: rule.life.hasFired,
          tallies: inSession(name, rule),
        })),
      )
    return [...shared, ...own]
  }

  /** Sessions in which something has happened. */
  get firedSessions(): readonly string[] {
    return [...this.#states].filter(([, state]) => state.hasFired).map(([name]) => name)
  }

  #rulesOf(scope: Scope): readonly CompiledRule[] {
    return scope === undefined ? this.#shared : (this.#own.get(scope) ?? [])
  }

  #find(scope: Scope, id: string): CompiledRule {
    const there = this.#rulesOf(scope)
    const found = there.find(({ rule }) => rule.id === id)
    if (found !== undefined) return found
    if (scope !== undefined && this.#shared.some(({ rule }) => rule.id === id))
      throw new PipitError('not-found', `${id} is a rule of all sessions: leave out the session to change it`)
    const known = there.map(({ rule }) => rule.id)
    throw new PipitError('not-found', `there is no rule ${id}${didYouMean(id, known)}`)
  }

  #added(there: readonly CompiledRule[], rules: readonly Rule[]): readonly CompiledRule[] {
    const all = [...there, ...rules.map((rule) => compileRule(rule, this.vocabulary))]
    const twice = all.find(({ rule }, index) => all.findIndex((other) => other.rule.id === rule.id) < index)
    if (twice !== undefined) throw new PipitError('conflict', `two rules are called ${twice.rule.id}: give one an id`)
    if (all.length > MOST_RULES) throw new PipitError('conflict', `there are ${MOST_RULES} rules at most: delete some`)
    return all
  }

  #refuseTaken(scope: Scope, rules: readonly Rule[]): void {
    const there = new Set(this.#rulesOf(scope).map(({ rule }) => rule.id))
    const taken = rules.find(({ id }) => there.has(id))
    if (taken !== undefined)
      throw new PipitError('conflict', `there is a rule ${taken.id}: change it with PATCH, or choose another id`)
    this.#refuseElsewhere(scope, rules)
  }

  /** In one session an id means one rule. */
  #refuseElsewhere(scope: Scope, rules: readonly Rule[]): void {
    const others = scope === undefined ? [...this.#own] : [['', this.#shared] as const]
    for (const [name, there] of others)
      for (const { rule } of there)
        if (rules.some(({ id }) => id === rule.id))
          throw new PipitError(
            'conflict',
            `there is a rule ${rule.id} ${name === '' ? 'of all sessions' : `of session ${name}`}: choose another id`,
          )
  }

  #put(scope: Scope, rules: readonly CompiledRule[]): void {
    if (scope === undefined) {
      // Their time begins now, in sessions that nothing has passed yet, too.
      if (rules.some(({ when }) => when.isTimed)) for (const { name } of this.#sessions.all()) this.#stateOf(name)
      this.#shared = rules
      this.#sharedPlan = new Plan(rules)
      for (const [name, state] of this.#states) state.adopt(this.#planOf(name))
    } else {
      const others = [...this.#own].reduce((sum, [name, own]) => (name === scope ? sum : sum + own.length), 0)
      if (others + rules.length > MOST_RULES_OF_SESSIONS)
        throw new PipitError('conflict', `all sessions have ${MOST_RULES_OF_SESSIONS} rules at most: delete some`)
      const state = this.#stateOf(scope)
      if (rules.length === 0) this.#own.delete(scope)
      else this.#own.set(scope, rules)
      state.adopt(this.#planOf(scope))
    }
    this.#openGates()
  }

  #planOf(session: string): Plan {
    const own = this.#own.get(session)
    return own === undefined ? this.#sharedPlan : new Plan([...this.#shared, ...own])
  }

  #stateOf(session: string): SessionFaults {
    let state = this.#states.get(session)
    if (state === undefined) {
      const there = this.#sessions.find(session)
      const armedAtMs = there?.createdAtMs ?? this.#environment.wall.nowMs()
      state = new SessionFaults(session, this.#planOf(session), this.#environment, armedAtMs)
      // What is still under way in a session that was deleted leaves nothing behind.
      if (there !== undefined) this.#states.set(session, state)
    }
    return state
  }

  #openGates(): void {
    for (const [leg, gate] of this.#gates)
      gate.isOpen = [this.#shared, ...this.#own.values()].some((rules) =>
        rules.some(({ rule }) => rule.enabled && rule.at === leg),
      )
    if (![...this.#gates.values()].some(({ isOpen }) => isOpen)) return
    this.#onArmed()
    this.#onArmed = () => {}
  }
}

const NONE: readonly WireMatch[] = []
const HERE = { namesPaths: true, locate: () => 'the body' }
