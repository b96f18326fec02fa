import type { Call, Caller, Exchange, HttpResponse } from '../core/exchange.ts'
import type { Protocol } from '../core/service.ts'
import type { LegTime, Source } from '../core/trace.ts'

/** An exchange that was understood, and answered. */
export interface Understood {
  readonly exchange: Exchange
  readonly call: Call
  readonly response: HttpResponse
}

/** Operation, target and id, then name, value … of the request, then name, value … of the response. */
export type Texts = readonly string[]

/** Those in front of the header fields. */
const FIRST_TEXTS = 3

export function textsOf({ exchange: { id, request }, call, response }: Understood): Texts {
  return [call.operation, request.target, id, ...request.rawHeaders, ...response.rawHeaders]
}

/**
 * What many exchanges have in common. A client says nearly the same with every request, and is answered nearly the same:
 * what one differs in from another one are a few of its texts.
 */
export class Likeness {
  readonly service: string
  readonly caller: Caller
  readonly method: string
  readonly mount: string
  readonly protocol: Protocol
  readonly status: number
  readonly source: Source | undefined
  readonly legs: readonly LegTime[]
  readonly texts: Texts
  readonly #requestTexts: number

  constructor({ exchange, call, response }: Understood, texts: Texts) {
    const { request, trace } = exchange
    this.service = exchange.service
    this.caller = exchange.caller
    this.method = request.method
    this.mount = exchange.mount
    this.protocol = call.protocol
    this.status = response.status
    this.source = trace.source
    this.legs = trace.legs
    this.texts = texts
    this.#requestTexts = request.rawHeaders.length
  }

  /** Does an exchange differ from this one in nothing but times and texts, and have the same header fields? */
  fits({ exchange, call, response }: Understood, texts: Texts): boolean {
    const { request, trace } = exchange
    return (
      texts.length === this.texts.length &&
      request.rawHeaders.length === this.#requestTexts &&
      call.protocol === this.protocol &&
      response.status === this.status &&
      request.method === this.method &&
      exchange.mount === this.mount &&
      exchange.service === this.service &&
      trace.source === this.source &&
      isSameCaller(exchange.caller, this.caller) &&
      areSameLegs(trace.legs, this.legs) &&
      this.#hasFieldsOf(texts)
    )
  }

  requestHeaders(texts: Texts): readonly string[] {
    return texts.slice(FIRST_TEXTS, FIRST_TEXTS + this.#requestTexts)
  }

  responseHeaders(texts: Texts): readonly string[] {
    return texts.slice(FIRST_TEXTS + this.#requestTexts)
  }

  #hasFieldsOf(texts: Texts): boolean {
    for (let name = FIRST_TEXTS; name < texts.length; name += 2) if (texts[name] !== this.texts[name]) return false
    return true
  }
}

/** One client, or a few: an application, its tests, and what looks at them. */
const MOST_REMEMBERED = 8

/** The latest likenesses, so that there is one for every exchange. */
export class Likenesses {
  readonly #latest: Likeness[] = []

  of(understood: Understood, texts: Texts): Likeness {
    const latest = this.#latest
    const index = latest.findIndex((likeness) => likeness.fits(understood, texts))
    if (index === 0) return latest[0] as Likeness
    const found = index < 0 ? new Likeness(understood, texts) : (latest.splice(index, 1)[0] as Likeness)
    latest.unshift(found)
    if (latest.length > MOST_REMEMBERED) latest.pop()
    return found
  }
}

function isSameCaller(one: Caller, other: Caller): boolean {
  return (
    one === other ||
    (one.accessKey === other.accessKey &&
      one.region === other.region &&
      one.account === other.account &&
      one.signingName === other.signingName)
  )
}

function areSameLegs(legs: readonly LegTime[], others: readonly LegTime[]): boolean {
  if (legs.length !== others.length) return false
  for (let i = 0; i < legs.length; i++) if (legs[i]?.leg !== others[i]?.leg) return false
  return true
}
