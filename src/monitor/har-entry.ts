import { isUtf8 } from 'node:buffer'
import { header, type Result } from '../core/exchange.ts'
import { percentDecoded } from '../core/percent.ts'
import { redactBytes, redactHeaders, redactResponseHeaders, redactTarget, redactText } from '../redaction/redact.ts'
import { hideBlobs } from './hide-blobs.ts'
import type { WatchedExchange } from './watched-exchange.ts'

/**
 * An exchange as an entry of an HTTP archive (HAR 1.2), without secrets. What pipit knows beyond the format has names
 * with an underscore, as the format wants it. One that got no answer has the status 0.
 */
export function harEntry(exchange: WatchedExchange): object {
  const { head, response, reading, description, error, failure, connection } = exchange
  const { startedMs, firstByteMs, endedMs = startedMs, durationMs = 0 } = exchange
  return {
    startedDateTime: new Date(exchange.receivedAtMs).toISOString(),
    time: rounded(durationMs),
    request: {
      method: head.method,
      ...url(exchange),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headers(redactHeaders(head.rawHeaders)),
      headersSize: head.sizeBytes,
      bodySize: exchange.body.sizeBytes,
      ...(exchange.body.sizeBytes > 0 && { postData: postData(exchange) }),
    },
    response: {
      status: failure === undefined ? (response?.status ?? 0) : 0,
      statusText: response?.reason ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: response === undefined ? [] : headers(redactResponseHeaders(response.rawHeaders)),
      redirectURL: '',
      headersSize: response?.sizeBytes ?? -1,
      bodySize: exchange.responseBody?.sizeBytes ?? -1,
      content: content(exchange),
    },
    cache: {},
    timings: {
      send: 0,
      wait: rounded((firstByteMs ?? endedMs) - startedMs),
      receive: rounded(endedMs - (firstByteMs ?? endedMs)),
    },
    connection: String(connection.id),
    _id: exchange.id,
    _service: reading.serviceName,
    _operation: reading.operation,
    _resource: description.resource,
    _error: error?.code,
    _failure: failure?.reason,
  }
}

/** The beginning and the end of an archive; entries stand between them, with commas. */
export function harFrame(version: string): { readonly begin: string; readonly end: string } {
  const creator = JSON.stringify({ name: 'pipit', version })
  return { begin: `{"log":{"version":"1.2","creator":${creator},"entries":[\n`, end: '\n]}}\n' }
}

function url({ head, connection, call }: WatchedExchange): object {
  const target = hideBlobs(redactTarget(head.target), call?.input)
  const base = target.startsWith('/') ? `http://${header(head, 'host') ?? connection.target}` : ''
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : ''
  const parameters = query.split('&').filter((parameter) => parameter !== '')
  return {
    url: redactText(base) + target,
    queryString: parameters.map((parameter) => {
      const [name = '', ...value] = parameter.split('=')
      return { name: decoded(name), value: decoded(value.join('=')) }
    }),
  }
}

function decoded(text: string): string {
  return percentDecoded(text.replaceAll('+', ' ')) ?? text
}

function headers(rawHeaders: readonly string[]): object[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: rawHeaders[index + 1] ?? '' }] : []))
}

function postData(exchange: WatchedExchange): object {
  const mimeType = header(exchange.head, 'content-type') ?? ''
  const bytes = exchange.requestBytes
  if (bytes === undefined) return { mimeType, text: '', comment: NOT_KEPT }
  return isUtf8(bytes)
    ? { mimeType, text: hideBlobs(redactText(bytes.toString('utf8')), exchange.call?.input) }
    : { mimeType, text: redactBytes(bytes).toString('base64'), comment: 'base64' }
}

function content(exchange: WatchedExchange): object {
  const { response, responseBody, result } = exchange
  const mimeType = (response && header(response, 'content-type')) ?? ''
  if (responseBody === undefined) return { size: 0, mimeType }
  const bytes = exchange.responseBytes
  if (bytes === undefined) return { size: responseBody.sizeBytes, mimeType, comment: NOT_KEPT }
  return isUtf8(bytes)
    ? { size: bytes.length, mimeType, text: textOf(bytes, result) }
    : { size: bytes.length, mimeType, text: redactBytes(bytes).toString('base64'), encoding: 'base64' }
}

function textOf(bytes: Buffer, result: Result | undefined): string {
  return hideBlobs(redactText(bytes.toString('utf8')), result?.kind === 'output' ? result.output : undefined)
}

const NOT_KEPT = 'longer than what is kept'

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
