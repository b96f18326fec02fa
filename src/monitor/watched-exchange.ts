import { type ApiError } from '../core/errors.ts'
import { type Call, type Failure, header, type HttpRequest, isDecodeFailure, type Result } from '../core/exchange.ts'
import type { Description } from '../core/service.ts'
import { clientName } from '../log/client-name.ts'
import { type Body, unpacked } from './body.ts'
import type { Connection } from './connection.ts'
import type { RequestHead, ResponseHead } from './http-head.ts'
import type { Reader, Reading } from './reading.ts'

/** A request that passes by, and what becomes of it. It is read only when somebody looks, and each part once. */
export class WatchedExchange {
  /** From 1, across all connections. */
  readonly id: number
  readonly connection: Connection
  readonly head: RequestHead
  readonly body: Body
  /** Wall time. */
  readonly receivedAtMs: number
  /** Of a clock that never jumps, as all that follow. */
  readonly startedMs: number
  /** The body is whole. */
  isArrived = false
  /** Those who watch were told of it. */
  isAnnounced = false
  response: ResponseHead | undefined
  responseBody: Body | undefined
  firstByteMs: number | undefined
  endedMs: number | undefined
  /** There is no answer, or no whole one. */
  failure: Failure | undefined
  readonly #read: Reader
  #reading: Reading | undefined
  #isHalfRead = false
  #result: { readonly of: Result | undefined } | undefined
  #description: Description | undefined

  constructor(
    init: Pick<WatchedExchange, 'id' | 'connection' | 'head' | 'body' | 'receivedAtMs' | 'startedMs'>,
    read: Reader,
  ) {
    this.id = init.id
    this.connection = init.connection
    this.head = init.head
    this.body = init.body
    this.receivedAtMs = init.receivedAtMs
    this.startedMs = init.startedMs
    this.#read = read
  }

  /** As a service would get it; without a body that was too long to be kept. */
  get request(): HttpRequest {
    const { method, target, rawHeaders } = this.head
    return { method, target, rawHeaders, body: this.requestBytes ?? EMPTY }
  }

  /** Unpacked. `undefined`: not kept. */
  get requestBytes(): Buffer | undefined {
    const { bytes } = this.body
    return bytes && unpacked(bytes, header(this.head, 'content-encoding'))
  }

  get responseBytes(): Buffer | undefined {
    const bytes = this.responseBody?.bytes
    return bytes && this.response && unpacked(bytes, header(this.response, 'content-encoding'))
  }

  get reading(): Reading {
    // One that was told of before its body was whole is read once more.
    if (this.#reading === undefined || this.#isHalfRead === this.isArrived) {
      this.#reading = this.#read(this.request)
      this.#isHalfRead = !this.isArrived
    }
    return this.#reading
  }

  /** What the operation was called with; `undefined` where that cannot be known. */
  get call(): Call | undefined {
    const { call, service } = this.reading
    return service === undefined || isDecodeFailure(call) ? undefined : call
  }

  /** What the answer says. `undefined` until it is whole, and where it says nothing of AWS. */
  get result(): Result | undefined {
    if (this.#result !== undefined) return this.#result.of
    const { response, reading } = this
    if (response === undefined || this.endedMs === undefined) return undefined
    const { status, rawHeaders } = response
    const { serviceName, operation = '', protocol } = reading
    const isAws = serviceName !== undefined || operation !== ''
    const body = this.failure === undefined && isAws ? this.responseBytes : undefined
    const of = body && protocol.decodeResponse({ operation }, { status, rawHeaders, body })
    this.#result = { of }
    return of
  }

  get description(): Description {
    if (this.#description !== undefined) return this.#description
    const { call, result } = this
    const description = (call && this.reading.service?.describe?.(call, result)) ?? {}
    if (this.endedMs !== undefined) this.#description = description
    return description
  }

  get error(): ApiError | undefined {
    const { result } = this
    return result?.kind === 'error' ? result.error : undefined
  }

  get client(): string | undefined {
    return clientName(header(this.head, 'user-agent'))
  }

  /** What pipit says beside an answer, when it is the target. */
  get hint(): string | undefined {
    return this.response && header(this.response, 'x-pipit-hint')
  }

  /** `lost-ack;n=1` */
  get faults(): readonly string[] {
    const told = this.response && header(this.response, 'x-pipit-fault')
    return told === undefined ? [] : told.split(',').map((fault) => fault.trim())
  }

  /** From its first byte to the last one of the answer; `undefined` before that. */
  get durationMs(): number | undefined {
    return this.endedMs === undefined ? undefined : this.endedMs - this.startedMs
  }

  release(): void {
    this.body.release()
    this.responseBody?.release()
  }
}

const EMPTY = Buffer.alloc(0)
