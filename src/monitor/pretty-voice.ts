import type { Colors } from 'picocolors/types.js'
import { monotonicMs } from '../core/clock.ts'
import { shownText } from '../journal/show-entry.ts'
import { printable } from '../log/printable.ts'
import { clockTime, duration, statusText, withHint } from '../log/traffic-line.ts'
import type { Connection } from './connection.ts'
import { arrivedDetails, endedDetails } from './details.ts'
import { hexDump, hexLine } from './hex.ts'
import { sizeText } from './size-text.ts'
import type { Trouble } from './trouble.ts'
import type { Raw, Started, Verbosity, Voice } from './voice.ts'
import type { WatchedExchange } from './watched-exchange.ts'

type Part = string | false | undefined

const DETAILS = '    '
const BYTES_IN_LINE = 16
const MOST_DUMPED = 4096

/**
 * For people. The arrow is where it goes: → a request, ← its answer, … it still waits, ✗ there is no answer.
 *
 *     12:03:11.480 c1 #12 → POST sqs SendMessage orders 214B (aws-sdk-js 3.1169)
 *     12:03:11.482 c1 #12 ← 200 96B 1.9ms sqs SendMessage orders 5B id=8f3c…
 */
export class PrettyVoice implements Voice {
  readonly #colors: Colors
  readonly #verbosity: Verbosity

  constructor(colors: Colors, verbosity: Verbosity) {
    this.#colors = colors
    this.#verbosity = verbosity
  }

  started({ version, listen, target }: Started): string {
    const { bold, cyan } = this.#colors
    return `${bold('pipit')} ${version}  monitor  ${cyan(`http://${listen}`)} -> ${target}\n`
  }

  note(text: string): string {
    return `${this.#colors.yellow('note:')} ${printable(text, 500)}\n`
  }

  connected(connection: Connection, atMs: number): string {
    if (this.#verbosity === 0) return ''
    return this.#line(atMs, [mark(connection, this.#colors), `${printable(connection.client)} is connected`])
  }

  arrived(exchange: WatchedExchange): string {
    const { client, body, isArrived } = exchange
    const parts = [
      ...this.#who(exchange),
      '→',
      printable(exchange.head.method),
      ...this.#subject(exchange),
      sizeText(body.sizeBytes),
      !isArrived && 'so far',
      client && this.#colors.dim(`(${printable(client)})`),
    ]
    return this.#line(exchange.receivedAtMs, parts, arrivedDetails(exchange, this.#verbosity))
  }

  waiting(exchange: WatchedExchange, forMs: number): string {
    const { isConnected, target } = exchange.connection
    const what = isConnected ? 'waiting' : `waiting for ${printable(target)} to take the connection`
    const parts = [...this.#who(exchange), this.#colors.dim('…'), what, duration(forMs), ...this.#subject(exchange)]
    return this.#line(exchange.receivedAtMs + forMs, parts)
  }

  ended(exchange: WatchedExchange): string {
    const { failure, faults, hint, durationMs = 0 } = exchange
    const parts = [
      ...this.#who(exchange),
      ...(failure === undefined ? this.#answer(exchange) : this.#failed(exchange, failure.reason)),
      ...faults.map((fault) => this.#colors.red(`[fault ${printable(fault)}]`)),
    ]
    const details = endedDetails(exchange, this.#verbosity)
    const told = this.#line(exchange.receivedAtMs + durationMs, parts, details)
    return hint === undefined ? told : `${withHint(told.trimEnd(), shownText(hint), this.#colors)}\n`
  }

  raw(connection: Connection, raw: Raw, atMs: number): string {
    const { from, bytes, sizeBytes, isFirst, serverName = connection.target } = raw
    const head = [mark(connection, this.#colors), from === 'client' ? '→' : '←']
    if (connection.spoken === 'tls') {
      if (!isFirst || from === 'server') return ''
      return this.#line(atMs, [...head, `TLS for ${printable(serverName)}: passed on as it is, opaque from here`])
    }
    if (this.#verbosity === 0 && !isFirst) return ''
    const shown = bytes.subarray(0, this.#verbosity === 2 ? MOST_DUMPED : BYTES_IN_LINE)
    const more = bytes.length > shown.length ? '…' : ''
    const what = [...head, sizeText(sizeBytes), isFirst && 'not HTTP']
    if (this.#verbosity < 2) return this.#line(atMs, [...what, `${hexLine(shown)}${more}`])
    return this.#line(atMs, what, more === '' ? hexDump(shown) : [...hexDump(shown), more])
  }

  broke(connection: Connection, { reason, code }: Trouble, atMs: number): string {
    const { red } = this.#colors
    return this.#line(atMs, [mark(connection, this.#colors), red('✗'), red(printable(`${reason} (${code})`))])
  }

  closed(connection: Connection, atMs: number): string {
    if (this.#verbosity === 0) return ''
    const { exchanges, clientBytes, serverBytes, openedMs } = connection
    const count = `${exchanges} exchange${exchanges === 1 ? '' : 's'}`
    const told = `closed after ${duration(monotonicMs() - openedMs)}: ${count}`
    const sizes = `→ ${sizeText(clientBytes)}, ← ${sizeText(serverBytes)}`
    return this.#line(atMs, [mark(connection, this.#colors), `${told}, ${sizes}`])
  }

  #answer(exchange: WatchedExchange): Part[] {
    const { error, response, responseBody, description, durationMs = 0 } = exchange
    return [
      '←',
      statusText(response?.status ?? 0, this.#colors),
      sizeText(responseBody?.sizeBytes ?? 0),
      duration(durationMs),
      ...this.#subject(exchange),
      error === undefined
        ? description.detail && printable(description.detail)
        : this.#colors.yellow(printable(error.code)),
    ]
  }

  #failed(exchange: WatchedExchange, reason: string): Part[] {
    const { red } = this.#colors
    const { isAnnounced, head, durationMs = 0 } = exchange
    const method = isAnnounced ? [] : [printable(head.method)]
    return [red('✗'), duration(durationMs), ...method, ...this.#subject(exchange), red(printable(reason))]
  }

  #who({ connection, id }: WatchedExchange): Part[] {
    return [mark(connection, this.#colors), this.#colors.cyan(`#${id}`)]
  }

  /** `sqs SendMessage orders`, `/index.html`, with the session ahead where it is not the default one. */
  #subject({ reading, head, description }: WatchedExchange): Part[] {
    const { session, serviceName, operation } = reading
    return [
      session !== 'default' && this.#colors.cyan(printable(session)),
      serviceName && printable(serviceName),
      printable(operation ?? (head.target.split('?', 1)[0] as string)),
      description.resource && printable(description.resource),
    ]
  }

  #line(atMs: number, parts: readonly Part[], details: readonly string[] = []): string {
    const { dim } = this.#colors
    const told = [dim(clockTime(atMs)), ...parts].filter((part) => part !== undefined && part !== false && part !== '')
    return [told.join(' '), ...details.map((detail) => DETAILS + dim(detail)), ''].join('\n')
  }
}

function mark({ id }: Connection, colors: Colors): string {
  return colors.cyan(`c${id}`)
}
