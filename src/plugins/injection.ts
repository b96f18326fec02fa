import { isDeepStrictEqual } from 'node:util'
import type { Clock } from '../core/clock.ts'
import { ServiceError } from '../core/errors.ts'
import { type Call, type Exchange, isDecodeFailure, type Outcome, withRequest } from '../core/exchange.ts'
import type { Hop } from '../core/hop.ts'
import { outcomeComplaint } from '../core/outcome-complaint.ts'
import type { Random } from '../core/random.ts'
import type { Peer, Service } from '../core/service.ts'
import type { Phase } from '../core/trace.ts'
import { errorReply, withOutput } from '../injectors/reply.ts'
import { Behind, NotItsDoing } from './behind.ts'
import { Answer, LiveContext, type Members } from './call-context.ts'
import { copyOf } from './copy-of.ts'
import type { DefinedInjector, InjectionContext } from './define-injector.ts'
import { type Elsewhere, guarded } from './guard.ts'
import { outputComplaint } from './output-complaint.ts'
import { pluginFailure } from './plugin-failure.ts'
import { pluginName } from './plugin-name.ts'
import { OPEN } from './shape.ts'

export interface InjectionEnvironment {
  readonly wall: Clock
  readonly random: Random
  serviceOf(name: string): Service | undefined
  /** A session; `undefined` when it is over. */
  worldOf(session: string): World | undefined
}

export interface World {
  readonly clock: Clock
  peer(service: string): Peer | undefined
}

export interface Injected {
  readonly exchange: Exchange
  readonly next: Hop
  /** As the injector's own schema has read them. */
  readonly args: unknown
  /** Told when something has really changed, and where that stood to the execution of the request. */
  readonly changed: (phase: Phase) => void
}

/** One injector's code for one exchange, guarded: what it does wrong is an answer that names it. */
export async function runInjection(
  injector: DefinedInjector,
  environment: InjectionEnvironment,
  injected: Injected,
): Promise<Outcome> {
  const { exchange, next, changed } = injected
  const seesHttp = injector.definition.inject !== undefined
  const call = exchange.call()
  if (!seesHttp && isDecodeFailure(call)) return next(exchange)
  const name = pluginName(injector, `injector ${injector.name}`)
  const doing = isDecodeFailure(call) ? 'it' : `its part in ${call.operation}`
  const behind = new Behind(next)
  try {
    return await guarded(
      { plugin: name, doing, wall: environment.wall },
      (elsewhere) => {
        if (seesHttp || isDecodeFailure(call)) return runInject(injector, name, injected, behind, elsewhere)
        return new OperationInjection({ injector, name, environment, injected, call, behind, elsewhere }).run()
      },
      (error) => error instanceof NotItsDoing,
    )
  } catch (error) {
    if (error instanceof NotItsDoing) return error.end()
    if (!(error instanceof ServiceError)) throw error
    const passed = behind.passed(error)
    if (passed !== undefined) return passed
    changed(behind.phase)
    return errorReply(exchange, error.error)
  }
}

async function runInject(
  { definition }: DefinedInjector,
  name: string,
  { exchange, args, changed }: Injected,
  behind: Behind,
  elsewhere: Elsewhere,
): Promise<Outcome> {
  const seen = new Set<Outcome>()
  const next = async (at: Exchange): Promise<Outcome> => {
    const outcome = await elsewhere(behind.call(at))
    seen.add(outcome)
    return outcome
  }
  const outcome = (await definition.inject?.(exchange, next, args)) as Outcome
  if (seen.has(outcome)) return outcome
  const complaint = outcomeComplaint(outcome)
  if (complaint !== undefined) throw pluginFailure(`${name}: inject ${complaint}`)
  changed(behind.phase)
  return outcome
}

interface OperationParts {
  readonly injector: DefinedInjector
  readonly name: string
  readonly environment: InjectionEnvironment
  readonly injected: Injected
  readonly call: Call
  readonly behind: Behind
  readonly elsewhere: Elsewhere
}

/** `before`, `around` and `after` on what was decoded; what they change is encoded again in the caller's protocol. */
class OperationInjection {
  readonly #parts: OperationParts
  readonly #context: InjectionContext<unknown>

  constructor(parts: OperationParts) {
    const { call, environment, elsewhere } = parts
    const { exchange, args } = parts.injected
    const world = environment.worldOf(exchange.session)
    const { wall, random } = environment
    const errors = environment.serviceOf(exchange.service)?.errors ?? []
    const peer = (service: string): Peer | undefined => world?.peer(service)
    const live = new LiveContext({ call, exchange, errors, clock: world?.clock ?? wall, random, peer, elsewhere })
    this.#parts = parts
    this.#context = Object.assign(live, { args, input: call.input, answer: (output: Members) => new Answer(output) })
  }

  async run(): Promise<Outcome> {
    const { definition } = this.#parts.injector
    let input: Members = copyOf(this.#parts.call.input)
    const given = await definition.before?.(input, this.#context)
    if (given instanceof Answer) return this.#withOutput(given.output)
    if (given !== undefined) input = given
    const outcome = definition.around === undefined ? await this.#onward(input) : await this.#around(input)
    if (definition.after === undefined || outcome.kind === 'failure' || outcome.result?.kind !== 'output')
      return outcome
    const { output } = outcome.result
    const copy = copyOf(output)
    const changed = (await definition.after(copy, this.#context)) ?? copy
    return isDeepStrictEqual(changed, output) ? outcome : this.#withOutput(changed, outcome)
  }

  async #around(input: Members): Promise<Outcome> {
    const { injector, behind } = this.#parts
    let last: { readonly outcome: Outcome; readonly output: Members } | undefined
    const next = async (changed: Members = input): Promise<Members> => {
      const outcome = await this.#onward(changed)
      last = { outcome, output: behind.outputOf(outcome) }
      return copyOf(last.output)
    }
    const given = await injector.definition.around?.(input, next, this.#context)
    if (last === undefined) return this.#withOutput(given ?? {})
    return given === undefined || isDeepStrictEqual(given, last.output)
      ? last.outcome
      : this.#withOutput(given, last.outcome)
  }

  /** With the very request that came where nothing has changed. */
  async #onward(input: Members): Promise<Outcome> {
    const { call, behind, elsewhere } = this.#parts
    const { exchange, changed } = this.#parts.injected
    if (isDeepStrictEqual(input, call.input)) return elsewhere(behind.call(exchange))
    const request = call.protocol.encodeRequest({ operation: call.operation, input }, exchange.request)
    changed(behind.phase)
    return elsewhere(behind.call(withRequest(exchange, request)))
  }

  #withOutput(output: Members, outcome?: Outcome): Outcome {
    const { call, behind, name } = this.#parts
    const { exchange, changed } = this.#parts.injected
    const complaint = outputComplaint(OPEN, output)
    if (complaint !== undefined) throw pluginFailure(`${name}: ${call.operation} cannot be answered so: ${complaint}`)
    changed(behind.phase)
    if (outcome === undefined) {
      const result = { kind: 'output', output } as const
      const response = call.protocol.encodeResponse(call, result, exchange.id, exchange.request)
      return { kind: 'response', response, result }
    }
    const answer = withOutput(exchange, outcome, () => output)
    if (answer !== undefined) return answer
    throw pluginFailure(`${name}: ${call.operation} cannot be answered so in ${call.protocol.name}: check its members`)
  }
}
