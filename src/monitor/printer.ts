import type { Clock } from '../core/clock.ts'
import type { Side } from '../core/tap.ts'
import type { Filter } from '../journal/filter.ts'
import type { Audience } from './audience.ts'
import { serverNameOf } from './client-hello.ts'
import type { Connection } from './connection.ts'
import { fieldOf, isOfAnswers } from './fields.ts'
import { SafeBytes } from './safe-bytes.ts'
import type { Trouble } from './trouble.ts'
import type { Verbosity, Voice } from './voice.ts'
import type { WatchedExchange } from './watched-exchange.ts'

export interface PrinterOptions {
  readonly voice: Voice
  readonly verbosity: Verbosity
  readonly write: (text: string) => void
  readonly clock: Clock
  /** Only exchanges that fit are told of, and of connections only what goes wrong. */
  readonly filter?: Filter | undefined
}

/** A wait is told of after so long, and then again: longer apart than any long poll lasts, so that the second is news. */
const WAITING_AFTER_MS = 1000
const WAITING_AGAIN_MS = 30_000

interface Shown {
  /** `undefined`: the filter asks for something of the answer. */
  readonly fits: true | undefined
  stopWaiting: () => void
}

interface Seen {
  readonly client: SafeBytes
  readonly server: SafeBytes
  readonly first: Set<Side>
}

/** Tells what passes by, a line when it comes and a line when it ends. */
export class Printer implements Audience {
  readonly #options: PrinterOptions
  readonly #shown = new Map<WatchedExchange, Shown>()
  readonly #raw = new WeakMap<Connection, Seen>()

  constructor(options: PrinterOptions) {
    this.#options = options
  }

  connected(connection: Connection): void {
    const { voice, filter, clock } = this.#options
    if (filter === undefined) this.#write(voice.connected(connection, clock.nowMs()))
  }

  arrived(exchange: WatchedExchange): void {
    const fits = this.#decide(exchange)
    if (fits === false) return
    const shown: Shown = { fits, stopWaiting: () => {} }
    this.#shown.set(exchange, shown)
    if (fits === undefined) return
    this.#write(this.#options.voice.arrived(exchange))
    this.#wait(exchange, shown, WAITING_AFTER_MS)
  }

  ended(exchange: WatchedExchange): void {
    const { voice } = this.#options
    const shown = this.#shown.get(exchange)
    // It was decided when it arrived.
    if (shown === undefined && exchange.isAnnounced) return
    this.#shown.delete(exchange)
    shown?.stopWaiting()
    if (shown?.fits === undefined && !this.#fits(exchange)) return
    // What the filter could not tell before is told now, in its order.
    const before = shown !== undefined && shown.fits === undefined ? voice.arrived(exchange) : ''
    this.#write(before + voice.ended(exchange))
  }

  raw(connection: Connection, from: Side, bytes: Buffer): void {
    const { voice, verbosity, filter, clock } = this.#options
    if (filter !== undefined) return
    let seen = this.#raw.get(connection)
    if (seen === undefined)
      this.#raw.set(connection, (seen = { client: new SafeBytes(), server: new SafeBytes(), first: new Set() }))
    const isFirst = !seen.first.has(from)
    seen.first.add(from)
    if (!isFirst && (verbosity === 0 || connection.spoken === 'tls')) return
    const isHello = isFirst && connection.spoken === 'tls' && from === 'client'
    const raw = {
      from,
      isFirst,
      bytes: connection.spoken === 'tls' ? bytes : seen[from].next(bytes),
      sizeBytes: bytes.length,
      serverName: isHello ? serverNameOf(bytes) : undefined,
    }
    this.#write(voice.raw(connection, raw, clock.nowMs()))
  }

  broke(connection: Connection, trouble: Trouble): void {
    const { voice, verbosity, clock } = this.#options
    // Each lost exchange has said so; a client that goes away from a connection on which nothing is under way may.
    if (trouble.lost > 0 || (trouble.side === 'client' && verbosity === 0)) return
    this.#write(voice.broke(connection, trouble, clock.nowMs()))
  }

  closed(connection: Connection): void {
    const { voice, filter, clock } = this.#options
    if (filter === undefined) this.#write(voice.closed(connection, clock.nowMs()))
  }

  #wait(exchange: WatchedExchange, shown: Shown, afterMs: number): void {
    const { voice, clock } = this.#options
    shown.stopWaiting = clock.schedule(exchange.receivedAtMs + afterMs, () => {
      this.#write(voice.waiting(exchange, clock.nowMs() - exchange.receivedAtMs))
      this.#wait(exchange, shown, afterMs + WAITING_AGAIN_MS)
    })
  }

  /** `undefined`: only the answer will tell. */
  #decide(exchange: WatchedExchange): boolean | undefined {
    const { filter } = this.#options
    if (filter === undefined) return true
    let isOpen = false
    const fits = filter((field) => {
      isOpen ||= isOfAnswers(field)
      return fieldOf(exchange, field)
    })
    return isOpen ? undefined : fits
  }

  #fits(exchange: WatchedExchange): boolean {
    return this.#options.filter?.((field) => fieldOf(exchange, field)) ?? true
  }

  #write(text: string): void {
    if (text !== '') this.#options.write(text)
  }
}
