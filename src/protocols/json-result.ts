import { isUtf8 } from 'node:buffer'
import { type ApiError, ServiceError } from '../core/errors.ts'
import { type HttpResponse, type Result, header } from '../core/exchange.ts'
import { lazily } from '../core/lazily.ts'
import type { Protocol } from '../core/service.ts'
import type { ServiceShapes } from '../core/shapes.ts'
import { type JsonReader, jsonReader } from './json-input.ts'
import { knownError } from './known-error.ts'

type Document = Readonly<Record<string, unknown>>

/** Reads what AWS JSON answers, whoever wrote it. */
export function jsonResultReader(shapes: ServiceShapes, errors: readonly ApiError[]): Protocol['decodeResponse'] {
  const readers = new Map<string, () => JsonReader>(
    Object.entries(shapes.operations).map(([name, { output }]) => [name, lazily(() => jsonReader(output))]),
  )
  const rows = new Map(errors.map((error) => [error.shape, error]))
  return ({ operation }, response) => {
    const document = parseDocument(response.body)
    if (document === undefined) return undefined
    if (response.status < 200 || response.status > 299) return readError(document, response, shapes.namespace, rows)
    try {
      const output = readers.get(operation)?.()(document, 'body') as Document | undefined
      return output && { kind: 'output', output }
    } catch (error) {
      if (error instanceof ServiceError) return undefined
      throw error
    }
  }
}

/** Operations that answer nothing answer no body. */
function parseDocument(body: string | Buffer): Document | undefined {
  if (body.length === 0) return {}
  if (typeof body !== 'string' && !isUtf8(body)) return undefined
  try {
    const value: unknown = JSON.parse(body.toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : undefined
  } catch {
    return undefined
  }
}

/**
 * `__type` is `namespace#Shape`; some services of AWS say it in a header or in `code`, and may add `:` and an address.
 * The code is that of the query protocol, in its header.
 */
function readError(
  document: Document,
  response: HttpResponse,
  namespace: string,
  rows: ReadonlyMap<string, ApiError>,
): Result | undefined {
  const type = [document['__type'], header(response, 'x-amzn-errortype'), document['code']].find(isText)
  if (type === undefined) return undefined
  const [name] = type.split(':') as [string]
  const shape = name.startsWith(`${namespace}#`) ? name.slice(namespace.length + 1) : name
  const row = rows.get(shape)
  const [code, fault] = header(response, 'x-amzn-query-error')?.split(';') ?? []
  const { status } = response
  const told: ApiError = {
    shape,
    code: code ?? row?.code ?? shape.slice(shape.indexOf('#') + 1),
    status,
    fault: fault === 'Sender' || fault === 'Receiver' ? fault : status >= 500 ? 'Receiver' : 'Sender',
    message: [document['message'], document['Message']].find(isText) ?? '',
  }
  return { kind: 'error', error: knownError(told, row) }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
