import { percentDecoded } from '../core/percent.ts'
import { findSecrets } from './find-secrets.ts'
import { isSecretName } from './secret-names.ts'

/** What stands where a secret was. It is none itself: redacting twice changes nothing. */
export const REDACTED = '[redacted]'

/** The same text when there is nothing to hide. */
export function redactText(text: string): string {
  const secrets = findSecrets(text)
  if (secrets.length === 0) return text
  const parts: string[] = []
  let from = 0
  for (const { start, end, quote } of secrets) {
    parts.push(text.slice(from, start), quote, REDACTED, quote)
    from = end
  }
  return parts.join('') + text.slice(from)
}

/** Deeper values are no requests: protocols refuse them long before. */
const DEEPEST = 100

/** What becomes of what no name gives away, and of what one does. */
export interface Leaves {
  /** Names too. */
  text(text: string): string
  bytes(bytes: Buffer): unknown
  /** `[redacted]` unless said. */
  secret?(value: string): string
}

const PLAIN: Leaves = { text: redactText, bytes: redactBytes }

/**
 * JSON-like values, Buffers among them: texts as redactText has them, and everything below a member whose name says that
 * it is secret. The same object when there is nothing to hide. `leaves` may show texts and bytes in another way.
 */
export function redactValue<Value>(value: Value, leaves: Leaves = PLAIN): Value {
  return redacted(value, { isSecret: false, depth: 0, leaves }) as Value
}

interface Place {
  readonly isSecret: boolean
  readonly depth: number
  readonly leaves: Leaves
}

function redacted(value: unknown, place: Place): unknown {
  const { isSecret, depth, leaves } = place
  const secret = (text: string): string => leaves.secret?.(text) ?? REDACTED
  if (typeof value === 'string') return isSecret && value !== '' ? secret(value) : leaves.text(value)
  if (typeof value === 'number' || typeof value === 'bigint') return isSecret ? secret(String(value)) : value
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) return REDACTED
  if (Buffer.isBuffer(value)) return isSecret ? leaves.bytes(Buffer.from(REDACTED)) : leaves.bytes(value)
  if (Array.isArray(value)) return redactedList(value, { ...place, depth: depth + 1 })
  return redactedMembers(value as Record<string, unknown>, { ...place, depth: depth + 1 })
}

/** Searched like a text. */
export function redactBytes(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const safe = redactText(text)
  return safe === text ? bytes : Buffer.from(safe, 'latin1')
}

function redactedList(list: readonly unknown[], place: Place): readonly unknown[] {
  const safe = list.map((item) => redacted(item, place))
  return safe.every((item, index) => item === list[index]) ? list : safe
}

function redactedMembers(members: Readonly<Record<string, unknown>>, place: Place): Readonly<Record<string, unknown>> {
  let safe: [string, unknown][] | undefined
  const entries = Object.entries(members)
  const isPair = hasSecretName(members)
  for (const [index, [name, value]] of entries.entries()) {
    const isSecret = place.isSecret || isSecretName(name) || (isPair && /^value/i.test(name))
    const shown = redacted(value, { ...place, isSecret })
    const key = place.leaves.text(name)
    if (shown === value && key === name) continue
    safe ??= [...entries]
    safe[index] = [key, shown]
  }
  return safe === undefined ? members : Object.fromEntries(safe)
}

/** `{"Name": "password", "Value": "x"}`, as attributes and environments are often listed. */
function hasSecretName({ Name, name, Key, key }: Readonly<Record<string, unknown>>): boolean {
  return [Name, name, Key, key].some((said) => typeof said === 'string' && isSecretName(said))
}

/** What a request may show of its head; every other header is left out. */
const KEPT_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'connection',
  'content-encoding',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'expect',
  'host',
  'origin',
  'traceparent',
  'tracestate',
  'transfer-encoding',
  'user-agent',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-target',
  'x-amz-user-agent',
  'x-amzn-query-mode',
  'x-amzn-trace-id',
])

/** A request's head, name, value, name, value …: only what is known to be harmless, and that without secrets. */
export function redactHeaders(rawHeaders: readonly string[]): string[] {
  return headersWhere(rawHeaders, (name) => KEPT_HEADERS.has(name.toLowerCase()))
}

/** An answer's head: all of it but what its name gives away. */
export function redactResponseHeaders(rawHeaders: readonly string[]): string[] {
  return headersWhere(rawHeaders, (name) => !isSecretName(name))
}

function headersWhere(rawHeaders: readonly string[], isKept: (name: string) => boolean): string[] {
  const kept: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    if (isKept(name)) kept.push(name, redactText(rawHeaders[i + 1] ?? ''))
  }
  return kept
}

/** A path and its query: parameters of a presigned URL, and every other one whose name gives it away. */
export function redactTarget(target: string): string {
  const queryAt = target.indexOf('?')
  if (queryAt < 0) return redactText(target)
  const parameters = target
    .slice(queryAt + 1)
    .split('&')
    .map((parameter) => {
      const equals = parameter.indexOf('=')
      if (equals < 0) return parameter
      return isSecretParameter(parameter.slice(0, equals)) ? `${parameter.slice(0, equals)}=${REDACTED}` : parameter
    })
  return redactText(`${target.slice(0, queryAt)}?${parameters.join('&')}`)
}

/** `Signature` is that of the older way of presigning. */
function isSecretParameter(written: string): boolean {
  // A malformed escape is no name that anybody could have meant: as it is written.
  const name = percentDecoded(written) ?? written
  return isSecretName(name) || name.toLowerCase() === 'signature'
}
