import type { Protocol } from './service.ts'
import type { ApiError } from './errors.ts'
import { Trace } from './trace.ts'

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
  /** What comes behind the body (RFC 9110, 6.5), name, value …; only other servers' answers have such. */
  readonly rawTrailers?: readonly string[]
}

/** An answer whose end nobody knows: the writer pulls it as fast as the client reads, and stops when the client goes. */
export interface StreamResponse extends Omit<HttpResponse, 'body' | 'rawTrailers'> {
  readonly chunks: AsyncIterable<string | Buffer>
}

/** How the connection ends when there is no (whole) answer. */
export type Ending = 'reset' | 'close' | 'hang'

/** A network failure instead of an answer. It is a value: passed outward as it is, executed by the writer. */
export interface Failure {
  readonly ending: Ending
  /** For the log line and the journal: who decided this, and why. */
  readonly reason: string
}

/**
 * A place in the bytes of an answer. A fraction below 1 leaves out one byte at least, as a place in the head does. Where
 * nobody reads HTTP there is no head, the body has no end that is known, and a fraction is never reached.
 */
export type Place =
  | { readonly part: 'head' | 'body'; readonly at: number }
  | { readonly part: 'head' | 'body'; readonly fraction: number }

/**
 * How the bytes of an answer are written. Of several the first is the innermost: each gets the bytes that those before it
 * let pass, so that the first one that ends the answer, by place, ends it for all.
 */
export type Delivery =
  /** So long before every chunk; an answer of the gateway's own is one chunk. */
  | { readonly kind: 'wait'; readonly ms: number }
  /** In pieces of so many bytes, and so long between them. */
  | { readonly kind: 'slice'; readonly bytes: number; readonly waitMs: number }
  /** At 0 nothing passes. */
  | { readonly kind: 'pace'; readonly bytesPerSecond: number }
  /** From there on other bytes, as many as were there, or `bytes` of them; the same ones for the same seed. */
  | { readonly kind: 'garbage'; readonly from: Place; readonly bytes?: number; readonly seed: number }
  /** There is no byte from there on, though the head promised them, and the connection ends so. */
  | { readonly kind: 'cut'; readonly at: Place; readonly ending: Ending }

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

/** A fault that only the service's own state can make: by name, with arguments that its schema has checked. */
export interface Disruption {
  /** Without the service's prefix: `redeliver`. */
  readonly name: string
  readonly args: unknown
  /** A number from 0 up to 1, the same for the same key in the same call of a run with the same seed. */
  readonly draw: (key: string) => number
  /** Called when it really changed something, once per execution, with all that it did: `redeliver 2 after 500ms`. */
  readonly acted: (what: string) => void
}

const UNDISRUPTED: readonly Disruption[] = []

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
  /** What happened to it on its way; the same object for every copy. */
  readonly trace: Trace
  /** What a service's own state is to do wrong in this one call; empty unless a fault says so. */
  readonly disruptions: readonly Disruption[]
  /** Fires when the client goes away; whoever waits must give up. */
  readonly signal: AbortSignal
  /** Calls back once when the client goes away, at once if it has gone. The answer calls it off. */
  onLeave(leave: () => void): () => void
  /** Decoded lazily, once per request; what cannot be decoded is a value. */
  call(): Call | DecodeFailure
}

/** The client's presence. It is watched only from when somebody asks: most answers do not wait. */
export class Presence {
  readonly #watch: (leave: () => void) => void
  #leavers: (() => void)[] | undefined
  #hasLeft = false
  #controller: AbortController | undefined

  /** `watch` calls `leave` when the client goes, at once if it is gone. */
  constructor(watch: (leave: () => void) => void = () => {}) {
    this.#watch = watch
  }

  /** Calls back once when the client goes, at once if it is gone. The answer calls it off. */
  onLeave(leave: () => void): () => void {
    const leavers = (this.#leavers ??= this.#watched())
    if (this.#hasLeft) leave()
    else leavers.push(leave)
    return () => {
      const at = leavers.indexOf(leave)
      if (at >= 0) leavers.splice(at, 1)
    }
  }

  /** The same for whoever takes signals: it costs more. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = (this.#controller = new AbortController())
      this.onLeave(() => controller.abort())
    }
    return this.#controller.signal
  }

  #watched(): (() => void)[] {
    const leavers: (() => void)[] = []
    this.#watch(() => {
      this.#hasLeft = true
      for (const leave of leavers.splice(0)) leave()
    })
    return leavers
  }
}

export interface ExchangeInit extends Omit<Exchange, 'signal' | 'onLeave' | 'call' | 'trace' | 'disruptions'> {
  readonly trace?: Trace
  readonly disruptions?: readonly Disruption[]
  readonly presence: Presence
  readonly decode: (request: HttpRequest, mount: string) => Call | DecodeFailure
}

/** A request and what it says, read when somebody first asks. */
class Reading {
  readonly #init: ExchangeInit
  #call: Call | DecodeFailure | undefined

  constructor(init: ExchangeInit, call?: Call) {
    this.#init = init
    this.#call = call
  }

  call(): Call | DecodeFailure {
    return (this.#call ??= this.#init.decode(this.#init.request, this.#init.mount))
  }
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
  readonly trace: Trace
  readonly disruptions: readonly Disruption[]
  readonly init: ExchangeInit
  readonly reading: Reading

  constructor(init: ExchangeInit, reading?: Reading) {
    this.id = init.id
    this.leg = init.leg
    this.service = init.service
    this.session = init.session
    this.mount = init.mount
    this.origin = init.origin
    this.caller = init.caller
    this.request = init.request
    this.receivedAtMs = init.receivedAtMs
    this.trace = init.trace ?? new Trace()
    this.disruptions = init.disruptions ?? UNDISRUPTED
    this.init = init
    this.reading = reading ?? new Reading(init)
  }

  get signal(): AbortSignal {
    return this.init.presence.signal
  }

  onLeave(leave: () => void): () => void {
    return this.init.presence.onLeave(leave)
  }

  call(): Call | DecodeFailure {
    return this.reading.call()
  }
}

export function createExchange(init: ExchangeInit): Exchange {
  return new LiveExchange(init)
}

/** The same exchange with another request: it decodes again. */
export function withRequest(exchange: Exchange, request: HttpRequest): Exchange {
  const { init, trace, disruptions } = live(exchange)
  return new LiveExchange({ ...init, trace, disruptions, request })
}

/** The same exchange with another call than its request says: for another input, or, with `to`, for another service. */
export function withCall(exchange: Exchange, call: Call, to: Partial<Addressee> = {}): Exchange {
  const { init, trace, disruptions } = live(exchange)
  return new LiveExchange({ ...init, trace, disruptions, ...to }, new Reading(init, call))
}

/** Whom a call reaches, and as whose. */
export type Addressee = Pick<Exchange, 'service' | 'mount' | 'caller' | 'disruptions'>

/** The same exchange on another leg. */
export function withLeg(exchange: Exchange, leg: Leg): Exchange {
  const { init, trace, disruptions, reading } = live(exchange)
  return new LiveExchange({ ...init, trace, disruptions, leg }, reading)
}

/** The same exchange, for which the service's own state is to do one more thing wrong. */
export function withDisruption(exchange: Exchange, disruption: Disruption): Exchange {
  const { init, trace, disruptions, reading } = live(exchange)
  return new LiveExchange({ ...init, trace, disruptions: [...disruptions, disruption] }, reading)
}

function live(exchange: Exchange): LiveExchange {
  if (!(exchange instanceof LiveExchange)) throw new TypeError('an exchange is made by createExchange')
  return exchange
}

export function isDecodeFailure(call: Call | DecodeFailure): call is DecodeFailure {
  return 'error' in call
}

/** First value of a header, whatever its case; `undefined` when absent. `name` is lower case. */
export function header(message: { readonly rawHeaders: readonly string[] }, name: string): string | undefined {
  const raw = message.rawHeaders
  for (let i = 0; i < raw.length; i += 2) {
    const candidate = raw[i] as string
    if (candidate.length === name.length && (candidate === name || isNamed(candidate, name))) return raw[i + 1]
  }
  return undefined
}

/** Most that are equally long begin with another letter: no lower-case copy is made of those. */
function isNamed(candidate: string, name: string): boolean {
  return (candidate.charCodeAt(0) | 0x20) === (name.charCodeAt(0) | 0x20) && candidate.toLowerCase() === name
}
