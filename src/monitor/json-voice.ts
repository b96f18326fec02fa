import { isUtf8 } from 'node:buffer'
import { monotonicMs } from '../core/clock.ts'
import { isDecodeFailure } from '../core/exchange.ts'
import { shownText, shownValue } from '../journal/show-entry.ts'
import { redactHeaders, redactResponseHeaders, redactTarget } from '../redaction/redact.ts'
import { hideBlobs } from './hide-blobs.ts'
import type { Verbosity, Voice } from './voice.ts'
import type { WatchedExchange } from './watched-exchange.ts'

/** For machines: one object per line. The names are those of the JSON log and the journal. */
export function jsonVoice(verbosity: Verbosity): Voice {
  const line = (event: string, atMs: number, fields: object): string =>
    `${JSON.stringify({ event, at: new Date(atMs).toISOString(), ...fields })}\n`
  return {
    started: (started) => `${JSON.stringify({ event: 'started', ...started })}\n`,
    note: (note, atMs) => line('note', atMs, { note }),
    connected: ({ id, client, target }, atMs) =>
      verbosity === 0 ? '' : line('connected', atMs, { connection: id, client, target }),
    arrived: (exchange) =>
      line('request', exchange.receivedAtMs, { ...subject(exchange), ...requestDetails(exchange, verbosity) }),
    waiting: (exchange, forMs) =>
      line('waiting', exchange.receivedAtMs + forMs, {
        ...subject(exchange),
        durationMs: Math.round(forMs),
        isConnected: exchange.connection.isConnected,
      }),
    ended: (exchange) => {
      const { durationMs = 0, firstByteMs, startedMs, failure } = exchange
      return line(failure === undefined ? 'response' : 'failure', exchange.receivedAtMs + durationMs, {
        ...subject(exchange),
        ...answer(exchange),
        durationMs: rounded(durationMs),
        firstByteMs: firstByteMs === undefined ? undefined : rounded(firstByteMs - startedMs),
        ...answerDetails(exchange, verbosity),
      })
    },
    raw: ({ id, spoken }, { from, bytes, sizeBytes, isFirst, serverName }, atMs) => {
      if (spoken === 'tls')
        return isFirst && from === 'client' ? line('tls', atMs, { connection: id, serverName, note: OPAQUE }) : ''
      if (verbosity === 0 && !isFirst) return ''
      const hex = bytes.subarray(0, verbosity === 2 ? MOST_DUMPED : BYTES_IN_LINE).toString('hex')
      return line('raw', atMs, { connection: id, from, bytes: sizeBytes, hex })
    },
    broke: ({ id }, { side, code, reason, lost }, atMs) =>
      line('broken', atMs, { connection: id, side, code, reason, lost }),
    closed: ({ id, exchanges, clientBytes, serverBytes, openedMs }, atMs) =>
      verbosity === 0
        ? ''
        : line('closed', atMs, {
            connection: id,
            exchanges,
            clientBytes,
            serverBytes,
            durationMs: rounded(monotonicMs() - openedMs),
          }),
  }
}

const OPAQUE = 'passed on as it is, and opaque from here'
const BYTES_IN_LINE = 16
const MOST_DUMPED = 4096

function subject(exchange: WatchedExchange): object {
  const { id, connection, head, reading, body } = exchange
  const { caller, session, serviceName, operation, protocol } = reading
  const { resource } = exchange.description
  return {
    id,
    connection: connection.id,
    session,
    method: head.method,
    target: shownText(hideBlobs(redactTarget(head.target), exchange.call?.input)),
    service: serviceName && shownText(serviceName),
    operation: operation && shownText(operation),
    resource: resource && shownText(resource),
    region: serviceName === undefined ? undefined : shownText(caller.region),
    account: serviceName === undefined ? undefined : caller.account,
    protocol: exchange.call === undefined ? undefined : protocol.name,
    receivedBytes: body.sizeBytes,
    client: exchange.client && shownText(exchange.client),
  }
}

function answer(exchange: WatchedExchange): object {
  const { response, responseBody, failure, error, hint, faults, description } = exchange
  return {
    status: response?.status,
    failure: failure?.ending,
    reason: failure?.reason,
    error: error && shownText(error.code),
    message: error && shownText(error.message),
    hint: hint && shownText(hint),
    faults: faults.length === 0 ? undefined : faults.map(shownText),
    detail: description.detail && shownText(description.detail),
    sentBytes: responseBody?.sizeBytes,
  }
}

function requestDetails(exchange: WatchedExchange, verbosity: Verbosity): object {
  if (verbosity === 0) return {}
  const requestHeaders = redactHeaders(exchange.head.rawHeaders)
  if (verbosity === 1) return { requestHeaders }
  const { call } = exchange.reading
  if (exchange.call !== undefined && !isDecodeFailure(call)) return { requestHeaders, input: shownValue(call.input) }
  return { requestHeaders, body: bodyText(exchange.requestBytes) }
}

function answerDetails(exchange: WatchedExchange, verbosity: Verbosity): object {
  const { response, result } = exchange
  if (verbosity === 0 || response === undefined) return {}
  const responseHeaders = redactResponseHeaders(response.rawHeaders)
  if (verbosity === 1) return { responseHeaders }
  if (result?.kind === 'output') return { responseHeaders, output: shownValue(result.output) }
  return { responseHeaders, body: result === undefined ? bodyText(exchange.responseBytes) : undefined }
}

/** Bytes that are no text are shown as the JSON protocols write them. */
function bodyText(bytes: Buffer | undefined): unknown {
  if (bytes === undefined || bytes.length === 0) return undefined
  return isUtf8(bytes) ? shownText(bytes.toString('utf8')) : shownValue(bytes)
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
