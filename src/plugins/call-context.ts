import type { Clock } from '../core/clock.ts'
import { type ApiError, ServiceError } from '../core/errors.ts'
import type { Call, Exchange } from '../core/exchange.ts'
import { callPeer } from '../core/peer-call.ts'
import type { Random } from '../core/random.ts'
import type { Peer } from '../core/service.ts'
import type { Elsewhere } from './guard.ts'

export type Members = Readonly<Record<string, unknown>>

/** What a plugin's code is told of a call, and can do, beside its input. */
export interface CallContext {
  readonly service: string
  readonly operation: string
  /** Of the caller's signature. */
  readonly region: string
  /** Twelve digits. */
  readonly account: string
  /** Access key id; empty when the request is not signed. */
  readonly accessKey: string
  readonly session: string
  /** Also the answer's `x-amzn-RequestId`. */
  readonly requestId: string
  /** Where the client reaches the service: `http://localhost:3000/s/blue/sns`. */
  readonly url: string
  /** The session's time. */
  readonly clock: Clock
  /** For ids. */
  readonly random: Random
  /** Fires when the client goes away; whoever waits must give up. */
  readonly signal: AbortSignal
  /** Everything else: the request as it came. */
  readonly exchange: Exchange
  /** To be thrown: an error of the service by its shape or its code, or one of your own, with status 400 unless said. */
  readonly error: (code: string, message?: string, status?: number) => ServiceError
  /** Calls another service of this session, and rejects with what that one refuses. Never ask for what waits longer. */
  readonly call: (service: string, operation: string, input: Members, as?: As) => Promise<Members>
}

/** What `context.answer` makes. */
export class Answer {
  readonly output: Members

  constructor(output: Members) {
    this.output = output
  }
}

/** As whose: the caller's region and account unless said. */
export interface As {
  readonly region?: string
  readonly account?: string
}

export interface ContextParts {
  readonly call: Call
  readonly exchange: Exchange
  readonly errors: readonly ApiError[]
  readonly clock: Clock
  readonly random: Random
  readonly peer: ((service: string) => Peer | undefined) | undefined
  readonly elsewhere: Elsewhere
}

/** A call that leads to a call that leads to a call: services that call each other in a circle end here. */
const DEEPEST_CALL = 10
const depths = new WeakMap<Exchange, number>()

/** Its two functions need no `this`: who writes a plugin takes them out of it by name. */
export class LiveContext implements CallContext {
  readonly service: string
  readonly operation: string
  readonly exchange: Exchange
  readonly clock: Clock
  readonly random: Random
  readonly #parts: ContextParts

  constructor(parts: ContextParts) {
    this.service = parts.exchange.service
    this.operation = parts.call.operation
    this.exchange = parts.exchange
    this.clock = parts.clock
    this.random = parts.random
    this.#parts = parts
  }

  get region(): string {
    return this.exchange.caller.region
  }

  get account(): string {
    return this.exchange.caller.account
  }

  get accessKey(): string {
    return this.exchange.caller.accessKey
  }

  get session(): string {
    return this.exchange.session
  }

  get requestId(): string {
    return this.exchange.id
  }

  get url(): string {
    return this.exchange.origin + this.exchange.mount
  }

  get signal(): AbortSignal {
    return this.exchange.signal
  }

  readonly error: CallContext['error'] = (code, message, status) => {
    const row = this.#parts.errors.find((error) => error.shape === code || error.code === code)
    return new ServiceError({ ...(row ?? ownError(code, status)), ...(message !== undefined && { message }) })
  }

  readonly call: CallContext['call'] = async (service, operation, input, as = {}) => {
    const { peer: find, exchange, elsewhere } = this.#parts
    const peer = find?.(service)
    if (peer === undefined) throw new TypeError(`nobody serves ${service} in this session`)
    const depth = (depths.get(exchange) ?? 0) + 1
    if (depth > DEEPEST_CALL) throw new RangeError(`services call each other in a circle: ${DEEPEST_CALL} calls deep`)
    const deeper: Peer = { service: peer.service, mock: countingDepth(peer, depth) }
    return elsewhere(callPeer(deeper, exchange, { operation, input, ...as }))
  }
}

function countingDepth({ mock }: Peer, depth: number): Peer['mock'] {
  return {
    call(call, exchange) {
      depths.set(exchange, depth)
      return mock.call(call, exchange)
    },
    close: () => {},
  }
}

function ownError(code: string, status = 400): ApiError {
  return { shape: code, code, status, fault: status >= 500 ? 'Receiver' : 'Sender', message: code }
}
