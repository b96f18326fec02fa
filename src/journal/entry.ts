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
import type { FiredFault, LegTime, Source } from '../core/trace.ts'
import { clientName } from '../log/client-name.ts'

/** How a service puts a call in words. */
export type Describe = (service: string, call: Call, result: Result | undefined) => Description

/** What is known of an exchange that has ended, before anything is worked out. */
export type Facts = Omit<Entry, 'call' | 'result' | 'results' | 'description' | 'executions' | Derived>

type Derived = 'operation' | 'protocol' | 'error' | 'client' | 'attempt'

/** What the journal keeps of an exchange, until somebody reads it. */
export interface Kept extends Pick<Entry, 'seq' | 'faults'> {
  /** About what it keeps alive. */
  readonly sizeBytes: number
  /** For as long as somebody likes. */
  read(): Entry
  /** It is kept no longer: called once, and nothing else after that. */
  forget(): void
}

/** One exchange that has ended, for its readers: what can be worked out is worked out when somebody asks. */
export abstract class Entry {
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
  /** Of an answer; a failure has none. */
  readonly status: number | undefined
  readonly responseHeaders: readonly string[]
  readonly failure: Extract<Outcome, { kind: 'failure' }>['failure'] | undefined
  readonly source: Source | undefined
  /** The forwarded port by which it passed. */
  readonly via: string | undefined
  readonly faults: readonly FiredFault[]
  readonly legs: readonly LegTime[]
  readonly #describe: Describe
  #description: Description | undefined

  constructor(facts: Facts, describe: Describe) {
    this.seq = facts.seq
    this.id = facts.id
    this.session = facts.session
    this.service = facts.service
    this.caller = facts.caller
    this.receivedAtMs = facts.receivedAtMs
    this.durationMs = facts.durationMs
    this.method = facts.method
    this.target = facts.target
    this.requestHeaders = facts.requestHeaders
    this.receivedBytes = facts.receivedBytes
    this.sentBytes = facts.sentBytes
    this.status = facts.status
    this.responseHeaders = facts.responseHeaders
    this.failure = facts.failure
    this.source = facts.source
    this.via = facts.via
    this.faults = facts.faults
    this.legs = facts.legs
    this.#describe = describe
  }

  abstract get call(): Call | DecodeFailure

  abstract get result(): Result | undefined

  /** Of each time that it was executed, also where the answer was lost. */
  abstract get results(): readonly Result[]

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

  get executions(): readonly Description[] {
    const { call } = this
    return isDecodeFailure(call) ? [] : this.results.map((result) => this.#describe(this.service, call, result))
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
}

/** What an exchange costs beside its bytes: the objects that its head, its call and its result are made of. */
const OVERHEAD_BYTES = 2048

/**
 * An exchange as it came: it takes hold of what is there already, heads, call and result. It never holds the exchange
 * itself, which knows the client's socket.
 */
export class WholeEntry extends Entry implements Kept {
  readonly call: Call | DecodeFailure
  readonly result: Result | undefined
  readonly results: readonly Result[]

  constructor(seq: number, { exchange, outcome, durationMs, sentBytes }: Ended, describe: Describe) {
    const { id, session, service, caller, receivedAtMs, request, trace } = exchange
    const response = outcome.kind === 'response' ? outcome.response : undefined
    const facts = {
      seq,
      id,
      session,
      service,
      caller,
      receivedAtMs,
      durationMs,
      sentBytes,
      method: request.method,
      target: request.target,
      requestHeaders: request.rawHeaders,
      receivedBytes: request.body.length,
      status: response?.status,
      responseHeaders: response?.rawHeaders ?? [],
      failure: outcome.kind === 'failure' ? outcome.failure : undefined,
      source: trace.source,
      via: trace.via,
      faults: trace.faults,
      legs: trace.legs,
    }
    super(facts, describe)
    this.call = exchange.call()
    this.result = outcome.kind === 'response' ? outcome.result : undefined
    this.results = trace.results
  }

  get sizeBytes(): number {
    const heads = lengthOf(this.requestHeaders) + lengthOf(this.responseHeaders)
    return OVERHEAD_BYTES + heads + this.target.length + this.receivedBytes + this.sentBytes
  }

  read(): this {
    return this
  }

  forget(): void {}
}

/** Characters of all of them. */
export function lengthOf(texts: readonly string[]): number {
  let length = 0
  for (const text of texts) length += text.length
  return length
}
