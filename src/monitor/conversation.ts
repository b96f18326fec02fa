import type { Clock } from '../core/clock.ts'
import { monotonicMs } from '../core/clock.ts'
import type { Ending } from '../core/exchange.ts'
import type { Side, Tap } from '../core/tap.ts'
import type { Audience } from './audience.ts'
import { Body, type Budget } from './body.ts'
import type { Connection } from './connection.ts'
import { type Framing, RequestHead, ResponseHead } from './http-head.ts'
import { HttpParser } from './http-parser.ts'
import type { Reader } from './reading.ts'
import { reasonOf } from './trouble.ts'
import { WatchedExchange } from './watched-exchange.ts'

export interface ConversationParts {
  readonly audience: Audience
  readonly budget: Budget
  /** A longer body is counted, not kept. */
  readonly mostBodyBytes: number
  readonly clock: Clock
  readonly read: Reader
  /** Numbers exchanges across all connections. */
  readonly nextId: () => number
}

/** A request that is not whole after so long is told of as far as it is known. */
const PATIENCE_MS = 250

/** So many requests ahead of their answers are nobody's pipeline. */
const MOST_UNANSWERED = 1000

/**
 * One connection, watched from beside: finds requests and answers in the bytes of both directions and pairs them in
 * their order. What is not HTTP it hands over as it is.
 *
 *     fromClient ─► requests ─► [ exchanges without their answer ] ◄─ answers ◄─ fromServer
 */
export class Conversation implements Tap {
  readonly #connection: Connection
  readonly #parts: ConversationParts
  readonly #requests: HttpParser
  readonly #answers: HttpParser
  /** Oldest first; the answers come in this order. */
  readonly #unanswered: WatchedExchange[] = []
  /** Whose request is being read. */
  #asking: WatchedExchange | undefined
  /** Whose answer is being read. */
  #answering: WatchedExchange | undefined
  #isSwitching = false
  #hasClientLeft = false
  #stopWaiting: (() => void) | undefined

  constructor(connection: Connection, parts: ConversationParts) {
    this.#connection = connection
    this.#parts = parts
    this.#requests = new HttpParser(
      {
        onHead: (text) => this.#onRequest(text),
        onBody: (bytes, start, end) => this.#asking?.body.push(bytes, start, end),
        onEnd: () => this.#onRequestEnd(),
        onRaw: (bytes) => this.#onRaw('client', bytes),
      },
      mayBeRequest,
    )
    this.#answers = new HttpParser(
      {
        onHead: (text) => this.#onAnswer(text),
        onBody: (bytes, start, end) => this.#answering?.responseBody?.push(bytes, start, end),
        onEnd: () => this.#onAnswerEnd(),
        onRaw: (bytes) => this.#onRaw('server', bytes),
      },
      mayBeAnswer,
    )
  }

  get isIdle(): boolean {
    return this.#unanswered.length === 0 && this.#requests.isBetween && this.#answers.isBetween
  }

  connected(): void {
    this.#connection.isConnected = true
    this.#parts.audience.connected?.(this.#connection)
    for (const exchange of this.#unanswered) if (exchange.isArrived) this.#announce(exchange)
  }

  fromClient(bytes: Buffer): void {
    this.#connection.clientBytes += bytes.length
    this.#requests.push(bytes)
    const latest = this.#unanswered.at(-1)
    if (latest === undefined || latest.isAnnounced || this.#stopWaiting !== undefined) return
    const { clock } = this.#parts
    this.#stopWaiting = clock.schedule(clock.nowMs() + PATIENCE_MS, () => {
      for (const exchange of this.#unanswered) this.#announce(exchange)
    })
  }

  fromServer(bytes: Buffer): void {
    this.#connection.serverBytes += bytes.length
    this.#answers.push(bytes)
  }

  clientEnded(): void {
    this.#hasClientLeft = true
    this.#requests.end()
  }

  serverEnded(): void {
    this.#answers.end()
    const after = this.#hasClientLeft ? ', after the client had ended its side' : ''
    this.#failAll('close', `the server closed the connection${after}`)
  }

  broke(side: Side, code: string): void {
    const connection = this.#connection
    const reason = reasonOf(connection, side, code)
    const lost = this.#failAll('reset', `${reason} (${code})`)
    this.#parts.audience.broke?.(connection, { side, code, reason, lost })
  }

  closed(): void {
    this.#failAll('close', 'the connection was closed')
    this.#parts.audience.closed?.(this.#connection)
  }

  #onRequest(text: string): Framing | 'not-http' {
    const head = RequestHead.read(text)
    const framing = head?.framing
    if (head === undefined || framing === undefined || this.#unanswered.length >= MOST_UNANSWERED) return 'not-http'
    const { budget, mostBodyBytes, clock, read, nextId } = this.#parts
    const connection = this.#connection
    connection.spoken = 'http'
    connection.exchanges++
    const exchange = new WatchedExchange(
      {
        id: nextId(),
        connection,
        head,
        body: new Body(budget, mostBodyBytes, announced(framing)),
        receivedAtMs: clock.nowMs(),
        startedMs: monotonicMs(),
      },
      read,
    )
    this.#asking = exchange
    this.#unanswered.push(exchange)
    return framing
  }

  #onRequestEnd(): void {
    const exchange = this.#asking
    this.#asking = undefined
    if (exchange === undefined) return
    exchange.isArrived = true
    if (this.#connection.isConnected) this.#announce(exchange)
  }

  #announce(exchange: WatchedExchange): void {
    if (exchange.isAnnounced) return
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    exchange.isAnnounced = true
    this.#parts.audience.arrived?.(exchange)
  }

  #onAnswer(text: string): Framing | 'not-http' {
    const head = ResponseHead.read(text)
    if (head === undefined) return 'not-http'
    if (head.isInterim) return 0
    const [exchange] = this.#unanswered
    // One that nobody asked for: a server says so that it has waited long enough, and closes.
    const framing = exchange && head.framingFor(exchange.head.method)
    if (exchange === undefined || framing === undefined) return 'not-http'
    this.#announce(exchange)
    this.#answering = exchange
    exchange.response = head
    exchange.responseBody = new Body(this.#parts.budget, this.#parts.mostBodyBytes, announced(framing))
    exchange.firstByteMs = monotonicMs()
    this.#isSwitching = head.switches(exchange.head.method)
    return this.#isSwitching ? 0 : framing
  }

  #onAnswerEnd(): void {
    const exchange = this.#answering
    // The end of a 1xx is no end.
    if (exchange?.response === undefined) return
    this.#answering = undefined
    this.#unanswered.shift()
    this.#end(exchange)
    if (!this.#isSwitching) return
    this.#requests.goRaw()
    this.#answers.goRaw()
  }

  #onRaw(from: Side, bytes: Buffer): void {
    const connection = this.#connection
    if (from === 'client') this.#answers.goRaw()
    else this.#requests.goRaw()
    if (connection.spoken === 'nothing' || connection.spoken === 'http') {
      connection.spoken = from === 'client' && isTls(bytes) ? 'tls' : 'other'
      this.#failAll('close', 'from here on the connection cannot be read as HTTP')
    }
    this.#parts.audience.raw?.(connection, from, bytes)
  }

  #end(exchange: WatchedExchange): void {
    if (this.#asking === exchange) this.#asking = undefined
    exchange.endedMs = monotonicMs()
    this.#parts.audience.ended?.(exchange)
    exchange.release()
  }

  /** Answers how many there were. */
  #failAll(ending: Ending, reason: string): number {
    this.#answering = undefined
    this.#stopWaiting?.()
    this.#stopWaiting = undefined
    const lost = this.#unanswered.splice(0)
    for (const exchange of lost) {
      exchange.failure = { ending, reason: exchange.response === undefined ? reason : `in the answer: ${reason}` }
      this.#end(exchange)
    }
    return lost.length
  }
}

function announced(framing: Framing): number {
  return typeof framing === 'number' ? framing : 0
}

/** The beginning of a request line, or all of it: `GET / HTTP/1.1`. */
function mayBeRequest(start: string): boolean {
  const lineEnd = start.indexOf('\n')
  if (lineEnd >= 0) return / HTTP\/1\.[01]\r$/.test(start.slice(0, lineEnd))
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}(?: [^\r\n]*\r?)?$/.test(start)
}

function mayBeAnswer(start: string): boolean {
  return start.length < 7 ? 'HTTP/1.'.startsWith(start) : start.startsWith('HTTP/1.')
}

/** A record of a handshake: every TLS connection begins with one. */
function isTls(bytes: Buffer): boolean {
  return bytes[0] === 0x16 && (bytes[1] === 3 || bytes.length === 1)
}
