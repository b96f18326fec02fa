import {
  type Call,
  type Caller,
  type DecodeFailure,
  header,
  isDecodeFailure,
  type Outcome,
  type Result,
} from '../core/exchange.ts'
import type { ApiError } from '../core/errors.ts'
import { type Attempt, attemptOf } from '../core/attempt.ts'
import type { Ended } from '../core/finished.ts'
import type { Description } from '../core/service.ts'
import type { FiredFault, LegTime, Source, Trace } from '../core/trace.ts'
import { clientName } from '../log/client-name.ts'
import { fieldsLike } from './fields-like.ts'

/** What an exchange costs beside its bytes: the objects that its head, its call and its result are made of. */
const OVERHEAD_BYTES = 2048

/** How a service puts a call in words. */
export type Describe = (service: string, call: Call, result: Result | undefined) => Description

/**
 * One exchange that has ended. It is made while a client waits for its answer, so it only takes hold of what is there
 * already: heads as they came, the call and the result as they were decoded. Everything else is worked out when somebody
 * reads it. It never holds the exchange itself, which knows the client's socket.
 */
export class Entry {
  /** From 1, across all sessions, in the order in which exchanges ended. */
  readonly seq: number
  readonly id: string
  readonly session: string
  readonly service: string
  readonly caller: Caller
  readonly receivedAtMs: number
  readonly durationMs: number
  readonly method: string
  readonly target: string
  readonly requestHeaders: readonly string[]
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly call: Call | DecodeFailure
  /** Of an answer; a failure has none. */
  readonly status: number | undefined
  readonly responseHeaders: readonly string[]
  readonly failure: Extract<Outcome, { kind: 'failure' }>['failure'] | undefined
  readonly result: Result | undefined
  readonly trace: Trace
  readonly #describe: Describe
  #description: Description | undefined

  /** `former`: another one of the session, which may say much the same. */
  constructor(seq: number, { exchange, outcome, durationMs, sentBytes }: Ended, describe: Describe, former?: Entry) {
    const { request } = exchange
    const response = outcome.kind === 'response' ? outcome.response : undefined
    this.seq = seq
    this.id = exchange.id
    this.session = exchange.session
    this.service = exchange.service
    this.caller = exchange.caller
    this.receivedAtMs = exchange.receivedAtMs
    this.durationMs = durationMs
    this.method = request.method
    this.target = request.target
    this.requestHeaders = fieldsLike(request.rawHeaders, former?.requestHeaders)
    this.receivedBytes = request.body.length
    this.sentBytes = sentBytes
    this.call = exchange.call()
    this.status = response?.status
    this.responseHeaders =
      response === undefined ? NO_HEADERS : fieldsLike(response.rawHeaders, former?.responseHeaders)
    this.failure = outcome.kind === 'failure' ? outcome.failure : undefined
    this.result = outcome.kind === 'response' ? outcome.result : undefined
    this.trace = exchange.trace
    this.#describe = describe
  }

  /** About what it keeps alive. */
  get sizeBytes(): number {
    return OVERHEAD_BYTES + this.target.length + this.receivedBytes + this.sentBytes
  }

  /** The operation; `undefined` where the request could not be understood, or is for no service. */
  get operation(): string | undefined {
    return this.service === '' || isDecodeFailure(this.call) ? undefined : this.call.operation
  }

  get protocol(): string {
    return this.call.protocol.name
  }

  get description(): Description {
    return (this.#description ??= isDecodeFailure(this.call)
      ? {}
      : this.#describe(this.service, this.call, this.result))
  }

  /** What came of it each time that it was executed, also where the answer was lost. */
  get executions(): readonly Description[] {
    const { call } = this
    return isDecodeFailure(call) ? [] : this.trace.results.map((result) => this.#describe(this.service, call, result))
  }

  get error(): ApiError | undefined {
    return this.result?.kind === 'error' ? this.result.error : undefined
  }

  get client(): string | undefined {
    return clientName(header({ rawHeaders: this.requestHeaders }, 'user-agent'))
  }

  get attempt(): Attempt | undefined {
    return attemptOf({ rawHeaders: this.requestHeaders })
  }

  get source(): Source | undefined {
    return this.trace.source
  }

  get via(): string | undefined {
    return this.trace.via
  }

  get faults(): readonly FiredFault[] {
    return this.trace.faults
  }

  get legs(): readonly LegTime[] {
    return this.trace.legs
  }
}

const NO_HEADERS: readonly string[] = []
