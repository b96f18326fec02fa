import { isDecodeFailure, type Result } from '../core/exchange.ts'
import type { FiredFault, LegTime, Source } from '../core/trace.ts'
import {
  redactBytes,
  redactHeaders,
  redactResponseHeaders,
  redactTarget,
  redactText,
  redactValue,
} from '../redaction/redact.ts'
import type { Told } from '../log/tail-line.ts'
import type { Entry } from './entry.ts'
import type { FieldName, FieldValue } from './filter.ts'

/**
 * An exchange as everybody outside sees it, without secrets. The names are those of the JSON log; what does not apply is
 * not there.
 */
export interface ShownExchange extends Told {
  readonly seq: number
  readonly id: string
  readonly region: string
  readonly account: string
  readonly protocol: string
  readonly reason?: string | undefined
  readonly message?: string | undefined
  readonly source?: Source | undefined
  readonly faults: readonly FiredFault[]
  readonly legs: readonly LegTime[]
  readonly receivedBytes: number
  readonly sentBytes: number
  readonly invocationId?: string | undefined
  readonly attempt?: number | undefined
  readonly requestHeaders: readonly string[]
  readonly responseHeaders: readonly string[]
  readonly input?: unknown
  readonly output?: unknown
}

export function showEntry(entry: Entry): ShownExchange {
  const { description, error, attempt, call, result, caller } = entry
  return {
    seq: entry.seq,
    id: entry.id,
    session: entry.session,
    at: new Date(entry.receivedAtMs).toISOString(),
    method: entry.method,
    target: cut(redactTarget(entry.target.slice(0, LONGEST_READ)), entry.target.length),
    service: entry.service === '' ? undefined : entry.service,
    operation: entry.operation,
    resource: description.resource && shownText(description.resource),
    detail: description.detail && shownText(description.detail),
    region: shownText(caller.region),
    account: caller.account,
    protocol: entry.protocol,
    status: entry.status,
    failure: entry.failure?.ending,
    reason: entry.failure && shownText(entry.failure.reason),
    error: error?.code,
    message: error && shownText(error.message),
    hint: error?.hint && shownText(error.hint),
    source: entry.source,
    via: entry.via,
    faults: entry.faults,
    legs: entry.legs.map(({ leg, durationMs }) => ({ leg, durationMs: rounded(durationMs) })),
    durationMs: rounded(entry.durationMs),
    receivedBytes: entry.receivedBytes,
    sentBytes: entry.sentBytes,
    client: entry.client && shownText(entry.client),
    invocationId: attempt && shownText(attempt.invocationId),
    attempt: attempt?.attempt,
    requestHeaders: redactHeaders(entry.requestHeaders).map(shortHeader),
    responseHeaders: redactResponseHeaders(entry.responseHeaders).map(shortHeader),
    input: isDecodeFailure(call) ? undefined : shownValue(call.input),
    output: outputOf(result),
  }
}

function outputOf(result: Result | undefined): unknown {
  return result?.kind === 'output' ? shownValue(result.output) : undefined
}

/** What a filter asks for. */
export function fieldOf(entry: Entry, field: FieldName): FieldValue {
  switch (field) {
    case 'op':
      return entry.operation
    case 'queue':
      return entry.description.resource
    case 'error':
      return entry.error && [entry.error.code, entry.error.shape]
    case 'fault':
      return entry.faults.map(({ rule }) => rule)
    case 'failure':
      return entry.failure?.ending
    case 'region':
    case 'account':
      return entry.caller[field]
    case 'path':
      return entry.target.split('?', 1)[0]
    case 'invocation':
      return entry.attempt?.invocationId
    case 'attempt':
      return entry.attempt?.attempt
    case 'duration':
      return entry.durationMs
    case 'bytes':
      return entry.receivedBytes
    default:
      return entry[field]
  }
}

/** Of a text. A message can be 1 MiB; whoever needs all of it peeks into the queue. */
const LONGEST_SHOWN = 4096
/** Longer than that by so much that a secret which begins in what is shown ends in what is read. */
const LONGEST_READ = LONGEST_SHOWN + 8192
/** Of a list: ten messages with ten attributes are honest. */
const MOST_ITEMS = 200

const SHOWN = { text: shownText, bytes: shownBytes }

/** A value as it may be shown: without secrets, and not longer than somebody reads. */
export function shownValue(value: unknown): unknown {
  return shortened(redactValue(value, SHOWN))
}

/** Secrets first, lengths second: half a secret is one too. */
export function shownText(text: string): string {
  return cut(redactText(text.length > LONGEST_READ ? text.slice(0, LONGEST_READ) : text), text.length)
}

function shortHeader(safe: string): string {
  return cut(safe, safe.length)
}

function cut(safe: string, length: number): string {
  return safe.length <= LONGEST_SHOWN ? safe : `${safe.slice(0, LONGEST_SHOWN)}… (${length} characters)`
}

/** As the JSON protocol writes them. */
function shownBytes(bytes: Buffer): string {
  const text = redactBytes(bytes.subarray(0, LONGEST_READ)).toString('base64')
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}… (${bytes.length} bytes)`
}

function shortened(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value))
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member)]))
  const items: unknown[] = value.slice(0, MOST_ITEMS).map(shortened)
  return value.length > MOST_ITEMS ? [...items, `… (${value.length} items)`] : items
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000
}
