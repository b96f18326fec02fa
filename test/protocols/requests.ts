import fc from 'fast-check'
import type { Call, DecodeFailure, HttpRequest, HttpResponse } from '../../src/core/exchange.ts'
import { isDecodeFailure } from '../../src/core/exchange.ts'
import type { Shape, StructureShape } from '../../src/core/shapes.ts'

/** Requests to decode, arbitrary inputs, and encoders of them that share no code with the source. */
export function request(init: Partial<Omit<HttpRequest, 'body'>> & { body?: string | Buffer } = {}): HttpRequest {
  return { method: 'POST', target: '/', rawHeaders: [], ...init, body: Buffer.from(init.body ?? '') }
}

export function json(operation: string, body: string | Buffer, target = '/'): HttpRequest {
  return request({
    target,
    rawHeaders: ['Content-Type', 'application/x-amz-json-1.0', 'X-Amz-Target', `AmazonSQS.${operation}`],
    body,
  })
}

export function form(body: string | Buffer, target = '/', headers: readonly string[] = []): HttpRequest {
  return request({
    target,
    rawHeaders: ['Content-Type', 'application/x-www-form-urlencoded; charset=utf-8', ...headers],
    body,
  })
}

export function decoded(call: Call | DecodeFailure): Call {
  if (isDecodeFailure(call)) throw new Error(`not decoded: ${JSON.stringify(call.error)}`)
  return call
}

export function refused(call: Call | DecodeFailure): DecodeFailure['error'] {
  if (!isDecodeFailure(call)) throw new Error(`decoded: ${JSON.stringify(call.input)}`)
  return call.error
}

export function headersOf(response: HttpResponse): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let i = 0; i < response.rawHeaders.length; i += 2)
    headers[(response.rawHeaders[i] as string).toLowerCase()] = response.rawHeaders[i + 1] as string
  return headers
}

/** Maps have no prototype; for comparing, they get one, with `__proto__` as an own key. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
}

export const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', ' ', '+', '%', '%2', 'a&b=c', ' a ', '__proto__', 'constructor', 'é🐦', '\r\n', '0042', '"<>&\''),
)

/** Anything that an operation may be given, odd strings and odd map keys first. */
export function inputOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'string':
      return text
    case 'integer':
      return fc.integer()
    case 'long':
      return fc.maxSafeInteger()
    case 'boolean':
      return fc.boolean()
    case 'blob':
      return fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes))
    case 'list':
      return fc.array(inputOf(shape.member), { maxLength: 3 })
    case 'map':
      return fc
        .array(fc.tuple(text, inputOf(shape.value)), { maxLength: 3 })
        .map((entries) => Object.fromEntries(entries) as unknown)
    case 'structure': {
      const entries = Object.entries(shape.members).map(([name, member]) => [name, inputOf(member)] as const)
      // At least one member: a structure of none has no parameters, and does not arrive at all.
      const [first] = Object.keys(shape.members)
      return fc.record(Object.fromEntries(entries), { requiredKeys: first === undefined ? [] : [first] })
    }
  }
}

export function asJson(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'blob':
      return (value as Buffer).toString('base64')
    case 'list':
      return (value as unknown[]).map((item) => asJson(shape.member, item))
    case 'map':
      return Object.fromEntries(Object.entries(value as object).map(([key, item]) => [key, asJson(shape.value, item)]))
    case 'structure':
      return Object.fromEntries(
        Object.entries(value as object).map(([name, item]) => [name, asJson(shape.members[name] as Shape, item)]),
      )
    default:
      return value
  }
}

export interface QueryStyle {
  /** Between the numbers of items: 1, 2, 3 or 1, 8, 15. */
  readonly step: number
  readonly member: boolean
}

/** Name and value pairs as the old SDKs write them. */
export function asParameters(shape: StructureShape, input: object, style: QueryStyle): [string, string][] {
  const pairs: [string, string][] = []
  const write = (at: string, member: Shape, value: unknown): void => {
    if (member.type === 'structure')
      for (const [name, item] of Object.entries(value as object)) {
        const inner = member.members[name] as Shape
        write(`${at}${at && '.'}${('queryName' in inner ? inner.queryName : undefined) ?? name}`, inner, item)
      }
    else if (member.type === 'list') {
      const items = value as unknown[]
      if (items.length === 0) pairs.push([at, ''])
      const prefix = style.member || member.queryName === undefined ? `${at}.member` : at
      items.forEach((item, index) => write(`${prefix}.${1 + index * style.step}`, member.member, item))
    } else if (member.type === 'map') {
      const entries = Object.entries(value as object)
      if (entries.length === 0) pairs.push([at, ''])
      entries.forEach(([key, item], index) => {
        const prefix = `${at}${member.queryName === undefined ? '.entry' : ''}.${1 + index * style.step}`
        pairs.push([`${prefix}.${member.keyName}`, key])
        write(`${prefix}.${member.valueName}`, member.value, item)
      })
    } else pairs.push([at, member.type === 'blob' ? (value as Buffer).toString('base64') : String(value)])
  }
  write('', shape, input)
  return pairs
}

export function urlEncoded(pairs: readonly (readonly [string, string])[], plusForSpace: boolean): string {
  const escape = (value: string): string => {
    const escaped = encodeURIComponent(value)
    return plusForSpace ? escaped.replaceAll('%20', '+') : escaped
  }
  return pairs.map(([name, value]) => `${escape(name)}=${escape(value)}`).join('&')
}
