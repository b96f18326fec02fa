import { isUtf8 } from 'node:buffer'
import { type ApiError, ServiceError } from '../core/errors.ts'
import { type Result, header } from '../core/exchange.ts'
import type { Protocol } from '../core/service.ts'
import { isVoid, type ServiceShapes, type Shape, type StructureShape } from '../core/shapes.ts'
import { knownError } from './known-error.ts'
import { fromOpenElement } from './open-values.ts'
import { protocolError } from './protocol-errors.ts'
import { readScalar } from './query-input.ts'
import { queryNameOf, renderedName } from './query-output.ts'
import { fromXml } from './xml.ts'

type Elements = Readonly<Record<string, unknown>>

type ListShape = Extract<Shape, { type: 'list' }>
type MapShape = Extract<Shape, { type: 'map' }>

/** Reads what the query protocol answers, in XML or rendered as JSON, whoever wrote it. */
export function queryResultReader(shapes: ServiceShapes, errors: readonly ApiError[]): Protocol['decodeResponse'] {
  const rows = new Map(errors.map((error) => [error.code, error]))
  return ({ operation }, response) => {
    const isJson = /\bjson\b/i.test(header(response, 'content-type') ?? '')
    const document = isJson ? parseRendering(response.body) : parseXml(response.body)
    if (document === undefined) return undefined
    if (response.status < 200 || response.status > 299) return readError(document, response.status, rows)
    const shape = Object.hasOwn(shapes.operations, operation) ? shapes.operations[operation]?.output : undefined
    const content = own(document, `${operation}Response`)
    if (shape === undefined || content === undefined) return undefined
    try {
      const result = own(asElements(content), `${operation}Result`)
      if (result === undefined && !isVoid(shape)) return undefined
      return { kind: 'output', output: readStructure(shape, result ?? '', isJson) }
    } catch (error) {
      if (error instanceof ServiceError) return undefined
      throw error
    }
  }
}

function parseXml(body: string | Buffer): Elements | undefined {
  const text = textOf(body)
  const document = text === undefined ? undefined : fromXml(text)
  return document && { [document.root]: document.elements }
}

function parseRendering(body: string | Buffer): Elements | undefined {
  try {
    const value: unknown = JSON.parse(textOf(body) ?? '')
    return isElements(value) ? value : undefined
  } catch {
    return undefined
  }
}

function textOf(body: string | Buffer): string | undefined {
  return typeof body === 'string' || isUtf8(body) ? body.toString() : undefined
}

/** XML wraps an error in `ErrorResponse`, the rendering does not; the oldest services of AWS write `<Errors><Error>`. */
function readError(document: Elements, status: number, rows: ReadonlyMap<string, ApiError>): Result | undefined {
  const wrapped = own(document, 'ErrorResponse') ?? own(document, 'Response') ?? document
  const found = inside(inside(wrapped, 'Errors') ?? wrapped, 'Error')
  const code = inside(found, 'Code')
  if (typeof code !== 'string') return undefined
  const row = rows.get(code)
  const type = inside(found, 'Type')
  const message = inside(found, 'Message')
  const told: ApiError = {
    shape: row?.shape ?? code,
    code,
    status,
    fault: type === 'Sender' || type === 'Receiver' ? type : status >= 500 ? 'Receiver' : 'Sender',
    message: typeof message === 'string' ? message : '',
  }
  return { kind: 'error', error: knownError(told, row, row && { ...row, ...row.query }) }
}

function readStructure(shape: StructureShape, given: unknown, isJson: boolean): Record<string, unknown> {
  const elements = asElements(given)
  if (shape.isOpen === true) return (isJson ? elements : fromOpenElement(elements)) as Record<string, unknown>
  const structure: Record<string, unknown> = {}
  for (const name in shape.members) {
    const member = shape.members[name] as Shape
    const value = own(elements, isJson ? renderedName(name, member) : queryNameOf(name, member))
    if (value !== undefined && value !== null) structure[name] = readValue(member, value, isJson)
  }
  return structure
}

function readValue(shape: Shape, given: unknown, isJson: boolean): unknown {
  switch (shape.type) {
    case 'structure':
      return readStructure(shape, given, isJson)
    case 'list':
      return itemsOf(shape, given, isJson).map((item) => readValue(shape.member, item, isJson))
    case 'map': {
      // Keys are somebody else's: without a prototype, `__proto__` and `constructor` are keys like any other.
      const map = Object.create(null) as Record<string, unknown>
      for (const [key, value] of entriesOf(shape, given, isJson))
        map[asText(key)] = readValue(shape.value, value, isJson)
      return map
    }
    default:
      return readScalar(shape.type, asText(given), '')
  }
}

/** Only XML wraps what is not flattened. */
function itemsOf({ queryName }: ListShape, given: unknown, isJson: boolean): readonly unknown[] {
  return asList(queryName === undefined && !isJson ? (own(asElements(given), 'member') ?? []) : given)
}

function entriesOf(shape: MapShape, given: unknown, isJson: boolean): (readonly [key: unknown, value: unknown])[] {
  const isWrapped = shape.queryName === undefined
  if (isWrapped && isJson) return Object.entries(asElements(given))
  const entries = asList(isWrapped ? (own(asElements(given), 'entry') ?? []) : given).map(asElements)
  return entries.map((entry) => [own(entry, shape.keyName), own(entry, shape.valueName)])
}

function own(elements: Elements, name: string): unknown {
  return Object.hasOwn(elements, name) ? elements[name] : undefined
}

function inside(value: unknown, name: string): unknown {
  return isElements(value) ? own(value, name) : undefined
}

/** A list of one is not told from a value. */
function asList(given: unknown): readonly unknown[] {
  return Array.isArray(given) ? (given as readonly unknown[]) : [given]
}

/** `<Name/>` and `<Name> </Name>` are elements with nothing in them. */
function asElements(given: unknown): Elements {
  if (typeof given === 'string' && given.trim() === '') return {}
  return isElements(given) ? given : unreadable()
}

function asText(given: unknown): string {
  return typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean'
    ? String(given)
    : unreadable()
}

function isElements(value: unknown): value is Elements {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unreadable(): never {
  throw protocolError('SerializationException', 'The answer cannot be read.')
}
