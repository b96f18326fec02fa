import { ServiceError } from '../core/errors.ts'
import type { Call, Exchange, Result } from '../core/exchange.ts'
import type { Mock, MockEnvironment, Service } from '../core/service.ts'
import { protocolError } from '../protocols/protocol-errors.ts'
import { LiveContext, type Members } from './call-context.ts'
import { outputComplaint } from './output-complaint.ts'
import type { DeclaredOperation, ServiceDefinition } from './define-service.ts'
import { type Elsewhere, guarded } from './guard.ts'
import { pluginFailure, thrownFailure } from './plugin-failure.ts'
import { pluginName } from './plugin-name.ts'
import { OPEN } from './shape.ts'

/** A defined service's state in one session. Its code runs guarded: what it does wrong is an answer, too. */
export class DefinedMock<State> implements Mock {
  readonly #definition: ServiceDefinition<State>
  readonly #service: Service
  readonly #environment: MockEnvironment
  readonly #underWay = new Set<() => void>()
  #state: { readonly made: State } | undefined

  constructor(definition: ServiceDefinition<State>, service: Service, environment: MockEnvironment) {
    this.#definition = definition
    this.#service = service
    this.#environment = environment
  }

  call(call: Call, exchange: Exchange): Result | Promise<Result> {
    const guard = {
      plugin: this.#name(),
      doing: call.operation,
      wall: this.#environment.wall,
      underWay: this.#underWay,
    }
    try {
      const output = guarded(guard, (elsewhere) => this.#run(call, exchange, elsewhere))
      return output instanceof Promise ? output.then(resultOf, errorOf) : resultOf(output)
    } catch (error) {
      return errorOf(error)
    }
  }

  clear(): void {
    this.#tell('clear')
  }

  close(): void {
    for (const end of this.#underWay) end()
    this.#tell('close')
  }

  #run(call: Call, exchange: Exchange, elsewhere: Elsewhere): Members | Promise<Members> {
    const { clock, random, peer } = this.#environment
    const { errors } = this.#service
    const { run, input: inputShape, output: outputShape = OPEN } = this.#operation(call.operation)
    for (const member of inputShape?.required ?? [])
      if (call.input[member] === undefined)
        throw protocolError('MissingRequiredParameterException', `The request must contain the parameter ${member}.`)
    const live = new LiveContext({ call, exchange, errors, clock, random, peer, elsewhere })
    const output = run(call.input, Object.assign(live, { state: this.#stateOf() }))
    const checked = (given: Members | void): Members => {
      const complaint = outputComplaint(outputShape, given ?? {})
      if (complaint !== undefined)
        throw pluginFailure(`${this.#name()}: ${call.operation} answers what cannot be sent: ${complaint}`)
      return given ?? {}
    }
    return output instanceof Promise ? output.then(checked) : checked(output)
  }

  #operation(name: string): DeclaredOperation<State> {
    const { operations } = this.#definition
    const given = Object.hasOwn(operations, name) ? operations[name] : undefined
    if (given === undefined) throw new TypeError(`${this.#service.name} has no operation ${name}`)
    return typeof given === 'function' ? { run: given } : given
  }

  /** Made again at the next call where making it has failed. */
  #stateOf(): State {
    const { clock, random } = this.#environment
    this.#state ??= { made: this.#definition.state?.({ clock, random }) as State }
    return this.#state.made
  }

  /** Nobody waits for an answer here, so that trouble is only told about. */
  #tell(what: 'clear' | 'close'): void {
    if (this.#state === undefined) return
    try {
      this.#definition[what]?.(this.#state.made)
    } catch (error) {
      this.#environment.note?.(thrownFailure(this.#name(), what, error).message)
    }
  }

  #name(): string {
    return pluginName(this.#service, `service ${this.#service.name}`)
  }
}

function resultOf(output: Members): Result {
  return { kind: 'output', output }
}

function errorOf(error: unknown): Result {
  if (error instanceof ServiceError) return { kind: 'error', error: error.error }
  throw error
}
