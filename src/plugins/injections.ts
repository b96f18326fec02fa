import { PipitError } from '../core/errors.ts'
import { type Exchange, isDecodeFailure, type Outcome } from '../core/exchange.ts'
import { glob } from '../core/glob.ts'
import type { Hop, Injector } from '../core/hop.ts'
import type { NamedInjector } from '../injectors/rules/vocabulary.ts'
import { type DefinedInjector, type InjectionLeg, readArgs } from './define-injector.ts'
import { type InjectionEnvironment, runInjection, type World } from './injection.ts'

/** An injector that acts by itself, compiled. */
interface Standing {
  readonly injector: DefinedInjector
  readonly args: unknown
  readonly isForService: (name: string) => boolean
  /** `undefined`: for every operation, and for what is none. */
  readonly isForOperation: ((name: string) => boolean) | undefined
  readonly counts: WeakMap<World, { count: number }>
}

/** The injectors that act by themselves, from the start, at the legs where they stand. */
export class Injections {
  readonly #injectors: readonly DefinedInjector[]
  readonly #environment: InjectionEnvironment
  readonly #byLeg = new Map<InjectionLeg, Standing[]>()

  /** In the order in which requests pass them. Throws a PipitError for one whose args have no defaults. */
  constructor(injectors: readonly DefinedInjector[], environment: InjectionEnvironment) {
    this.#injectors = injectors
    this.#environment = environment
    for (const injector of injectors) {
      const { on, at = 'client' } = injector.definition
      if (on === undefined) continue
      const there = this.#byLeg.get(at) ?? []
      there.push({
        injector,
        args: readArgs(injector, undefined),
        isForService: oneOfNames(on.service) ?? (() => true),
        isForOperation: oneOfNames(on.operation),
        counts: new WeakMap(),
      })
      this.#byLeg.set(at, there)
    }
  }

  /** What stands at a leg; nothing where there is none. */
  at(leg: InjectionLeg): readonly Injector[] {
    return (this.#byLeg.get(leg) ?? []).map((standing): Injector => (exchange, next) => {
      if (!concerns(standing, exchange)) return next(exchange)
      return this.#run(standing, leg, exchange, next)
    })
  }

  /** Those that wait for a rule that uses them, by their names. */
  named(): Readonly<Record<string, NamedInjector>> {
    const waiting = this.#injectors.filter(({ definition }) => definition.on === undefined)
    return Object.fromEntries(waiting.map((injector) => [injector.name ?? '', this.#forRules(injector)]))
  }

  #forRules(injector: DefinedInjector): NamedInjector {
    const read = new Map<unknown, unknown>()
    const act = (exchange: Exchange, next: Hop, given: unknown): Promise<Outcome> => {
      // A rule says the same at every exchange.
      if (!read.has(given)) {
        read.clear()
        read.set(given, readArgs(injector, given))
      }
      return runInjection(injector, this.#environment, { exchange, next, args: read.get(given), changed: () => {} })
    }
    return Object.assign(act, { complaint: (given: unknown) => argsComplaint(injector, given) })
  }

  #run(standing: Standing, leg: InjectionLeg, exchange: Exchange, next: Hop): Promise<Outcome> {
    const { injector, args, counts } = standing
    let n: number | undefined
    return runInjection(injector, this.#environment, {
      exchange,
      next,
      args,
      changed: (phase) => {
        n ??= counted(counts, this.#environment.worldOf(exchange.session))
        const rule = injector.name ?? 'injector'
        exchange.trace.fired({ rule, effect: `use ${rule}`, leg, phase, n })
      },
    })
  }
}

function concerns({ isForService, isForOperation }: Standing, exchange: Exchange): boolean {
  if (!isForService(exchange.service)) return false
  if (isForOperation === undefined) return true
  const call = exchange.call()
  return !isDecodeFailure(call) && isForOperation(call.operation)
}

function oneOfNames(names: string | readonly string[] | undefined): ((name: string) => boolean) | undefined {
  if (names === undefined) return undefined
  const globs = [names].flat().map(glob)
  return (name) => globs.some((fits) => fits(name))
}

function counted(counts: WeakMap<World, { count: number }>, world: World | undefined): number {
  if (world === undefined) return 1
  const there = counts.get(world) ?? { count: 0 }
  counts.set(world, there)
  return ++there.count
}

function argsComplaint(injector: DefinedInjector, given: unknown): string | undefined {
  try {
    readArgs(injector, given)
    return undefined
  } catch (error) {
    if (error instanceof PipitError) return error.message
    throw error
  }
}
