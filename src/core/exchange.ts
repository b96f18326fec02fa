import type { Protocol } from './service.ts'
import type { ApiError } from './errors.ts'

/** A stretch of the path that an exchange takes; every leg has its own chain of injectors. */
export type Leg = 'client' | 'mock' | 'upstream' | 'replay' | 'wire'

/** One HTTP request as it came. Headers are name, value, name, value …: a proxy must keep case, order and repeats. */
export interface HttpRequest {
  readonly method: string
  /** Path and query, undecoded, as on the request line. */
  readonly target: string
  readonly rawHeaders: readonly string[]
  /** Bounded by the listener (`limits.bodyBytes`). */
  readonly body: Buffer
}

export interface HttpResponse {
  readonly status: number
  /** Name, value, name, value …; the writer adds Content-Length, Date and Connection. */
  readonly rawHeaders: readonly string[]
  readonly body: string | Buffer
}

/** How the connection ends when there is no (whole) answer. */
export type Ending = 'reset' | 'close' | 'hang'

/** A network failure instead of an answer. It is a value: passed outward as it is, executed by the writer. */
export interface Failure {
  readonly ending: Ending
  /** For the log line and the journal: who decided this, and why. */
  readonly reason: string
}

/** How the bytes of an answer are written. Applied innermost first; the first one that ends the answer wins. */
export interface Delivery {
  /** The body stops after `atByte` bytes, though Content-Length promised all of it, and the connection ends so. */
  readonly kind: 'cut'
  readonly atByte: number
  readonly ending: Ending
}

export type Outcome =
  | {
      readonly kind: 'response'
      readonly response: HttpResponse
      readonly delivery?: readonly Delivery[]
      /** The answer before it was encoded, where the hop knows it: logs, journal and faults ask this, not the bytes. */
      readonly result?: Result
    }
  | { readonly kind: 'failure'; readonly failure: Failure }

/** One API call, decoded from a request by one of its service's protocols. */
export interface Call {
  readonly protocol: Protocol
  readonly operation: string
  /** Members by their model names; blobs are Buffers, numbers are numbers, in both protocols. */
  readonly input: Readonly<Record<string, unknown>>
  /** The path below the service's mount (`/`, `/000000000000/orders`), without the query string. */
  readonly path: string
}

/** A request that no protocol could read: still an answer in the caller's own protocol. */
export interface DecodeFailure {
  readonly protocol: Protocol
  readonly error: ApiError
}

export type Result =
  | { readonly kind: 'output'; readonly output: Readonly<Record<string, unknown>> }
  | { readonly kind: 'error'; readonly error: ApiError }

/** Who calls, as the signature says; nothing is verified in mock mode. */
export interface Caller {
  /** Access key id; empty when the request is not signed. */
  readonly accessKey: string
  readonly region: string
  /** Twelve digits. */
  readonly account: string
  /** The credential scope's service; empty when the request is not signed. */
  readonly signingName: string
}

/** One request and how it ended. Plain data: to change it, pass on a copy (`withRequest`). */
export interface Exchange {
  /** A UUID; also the answer's `x-amzn-RequestId`. */
  readonly id: string
  readonly leg: Leg
  readonly service: string
  readonly session: string
  /** Path prefix under which the client called: ``, `/sqs`, `/s/blue/sqs`. QueueUrls handed out keep it. */
  readonly mount: string
  /** Scheme and host under which the client reached the gateway, without a trailing slash. */
  readonly origin: string
  readonly caller: Caller
  readonly request: HttpRequest
  readonly receivedAtMs: number
  /** Fires when the client goes away; whoever waits must give up. */
  readonly signal: AbortSignal
  /** Decoded lazily, once per request; what cannot be decoded is a value. */
  call(): Call | DecodeFailure
}

/** The client's presence. It is watched only from when somebody asks for the signal: most answers do not wait. */
export class Presence {
  readonly #watch: (leave: () => void) => void
  #controller: AbortController | undefined

  /** `watch` calls `leave` when the client goes, at once if it is gone. */
  constructor(watch: (leave: () => void) => void = () => {}) {
    this.#watch = watch
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = (this.#controller = new AbortController())
      this.#watch(() => controller.abort())
    }
    return this.#controller.signal
  }
}

export interface ExchangeInit extends Omit<Exchange, 'signal' | 'call'> {
  readonly presence: Presence
  readonly decode: (request: HttpRequest, mount: string) => Call | DecodeFailure
}

class LiveExchange implements Exchange {
  readonly id: string
  readonly leg: Leg
  readonly service: string
  readonly session: string
  readonly mount: string
  readonly origin: string
  readonly caller: Caller
  readonly request: HttpRequest
  readonly receivedAtMs: number
  readonly init: ExchangeInit
  #call: Call | DecodeFailure | undefined

  constructor(init: ExchangeInit) {
    this.id = init.id
    this.leg = init.leg
    this.service = init.service
    this.session = init.session
    this.mount = init.mount
    this.origin = init.origin
    this.caller = init.caller
    this.request = init.request
    this.receivedAtMs = init.receivedAtMs
    this.init = init
  }

  get signal(): AbortSignal {
    return this.init.presence.signal
  }

  call(): Call | DecodeFailure {
    return (this.#call ??= this.init.decode(this.request, this.mount))
  }
}

export function createExchange(init: ExchangeInit): Exchange {
  return new LiveExchange(init)
}

/** The same exchange with another request: it decodes again. */
export function withRequest(exchange: Exchange, request: HttpRequest): Exchange {
  if (!(exchange instanceof LiveExchange)) throw new TypeError('an exchange is made by createExchange')
  return new LiveExchange({ ...exchange.init, request })
}

export function isDecodeFailure(call: Call | DecodeFailure): call is DecodeFailure {
  return 'error' in call
}

/** First value of a header, whatever its case; `undefined` when absent. `name` is lower case. */
export function header(message: { readonly rawHeaders: readonly string[] }, name: string): string | undefined {
  const raw = message.rawHeaders
  for (let i = 0; i < raw.length; i += 2) {
    const candidate = raw[i] as string
    if (candidate.length === name.length && (candidate === name || candidate.toLowerCase() === name)) return raw[i + 1]
  }
  return undefined
}
