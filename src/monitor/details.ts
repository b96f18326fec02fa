import { isUtf8 } from 'node:buffer'
import { shownText, shownValue } from '../journal/show-entry.ts'
import { printable } from '../log/printable.ts'
import { redactBytes, redactHeaders, redactResponseHeaders, redactTarget } from '../redaction/redact.ts'
import { hideBlobs } from './hide-blobs.ts'
import { hexDump } from './hex.ts'
import { sizeText } from './size-text.ts'
import type { Verbosity } from './voice.ts'
import type { WatchedExchange } from './watched-exchange.ts'

/** Of one line. Ten messages are shown with the beginning of each. */
const LONGEST_LINE = 16_384
const LONGEST_HEADER = 500
const MOST_DUMPED = 512
/** A secret that begins in what is shown ends in what is read. */
const MOST_READ = MOST_DUMPED + 8192

/** The head and the body of a request, a line each, without secrets: what is left out of a head may be one. */
export function arrivedDetails(exchange: WatchedExchange, verbosity: Verbosity): string[] {
  if (verbosity === 0) return []
  const { head, call } = exchange
  const first = `${head.method} ${hideBlobs(redactTarget(head.target), call?.input)} HTTP/1.1`
  const lines = headLines(first, redactHeaders(head.rawHeaders))
  if (verbosity === 2 && call !== undefined) lines.push(valueLine('input', call.input))
  else if (verbosity === 2) lines.push(...bodyLines(exchange.requestBytes, exchange.body.sizeBytes))
  return lines
}

export function endedDetails(exchange: WatchedExchange, verbosity: Verbosity): string[] {
  const { response, responseBody, result } = exchange
  if (verbosity === 0 || response === undefined) return []
  const lines = headLines(`HTTP/1.1 ${response.status} ${response.reason}`, redactResponseHeaders(response.rawHeaders))
  if (verbosity < 2 || responseBody === undefined) return lines
  if (result?.kind === 'output') lines.push(valueLine('output', result.output))
  else if (result?.kind === 'error')
    lines.push(valueLine('error', { code: result.error.code, message: result.error.message }))
  else lines.push(...bodyLines(exchange.responseBytes, responseBody.sizeBytes))
  return lines
}

function headLines(first: string, rawHeaders: readonly string[]): string[] {
  const lines = [printable(first, LONGEST_HEADER)]
  for (let i = 0; i < rawHeaders.length; i += 2)
    lines.push(`${printable(rawHeaders[i] as string)}: ${printable(rawHeaders[i + 1] as string, LONGEST_HEADER)}`)
  return lines
}

function valueLine(name: string, value: object): string {
  return `${name} ${printable(JSON.stringify(shownValue(value)), LONGEST_LINE)}`
}

function bodyLines(bytes: Buffer | undefined, sizeBytes: number): string[] {
  if (sizeBytes === 0) return []
  if (bytes === undefined) return [`(${sizeText(sizeBytes)}, more than is kept)`]
  if (isUtf8(bytes)) return [printable(shownText(bytes.toString('utf8')), LONGEST_LINE)]
  const dumped = hexDump(redactBytes(bytes.subarray(0, MOST_READ)).subarray(0, MOST_DUMPED))
  return bytes.length > MOST_DUMPED ? [...dumped, '…'] : dumped
}
