import type { Shape, StructureShape } from '../core/shapes.ts'
import { decodeBase64 } from './base64.ts'
import { readOpenInput } from './open-values.ts'
import { protocolError } from './protocol-errors.ts'
import type { Parameter } from './query-parameters.ts'

type ListShape = Extract<Shape, { type: 'list' }>
type MapShape = Extract<Shape, { type: 'map' }>

/** The input of an operation from its parameters; `at` is the dotted name so far, for complaints. */
export function readQueryInput(shape: StructureShape, parameter: Parameter, at = ''): Record<string, unknown> {
  if (shape.isOpen === true) return readOpenInput(parameter)
  const structure: Record<string, unknown> = {}
  for (const name in shape.members) {
    const value = readMember(shape.members[name] as Shape, name, parameter.children, at)
    if (value !== undefined) structure[name] = value
  }
  return structure
}

function readMember(shape: Shape, name: string, among: ReadonlyMap<string, Parameter>, at: string): unknown {
  if (shape.type !== 'list' && shape.type !== 'map') {
    const given = among.get(name)
    return given && readValue(shape, given, at + name)
  }
  // `AttributeName.1`; or, as clients write that take the list for one that is not flattened, `AttributeNames.member.1`.
  const queryName = shape.queryName !== undefined && among.has(shape.queryName) ? shape.queryName : name
  const given = among.get(queryName)
  if (given === undefined) return undefined
  return shape.type === 'list' ? readList(shape, given, at + queryName) : readMap(shape, given, at + queryName)
}

function readValue(shape: Shape, given: Parameter, at: string): unknown {
  switch (shape.type) {
    case 'structure':
      return readQueryInput(shape, given, `${at}.`)
    case 'list':
      return readList(shape, given, at)
    case 'map':
      return readMap(shape, given, at)
    default:
      return given.value === undefined ? undefined : readScalar(shape.type, given.value, at)
  }
}

function readList(shape: ListShape, given: Parameter, at: string): unknown[] {
  const list: unknown[] = []
  for (const [index, item] of numbered(given.children.get('member') ?? given)) {
    const value = readValue(shape.member, item, `${at}.${index}`)
    if (value !== undefined) list.push(value)
  }
  // `AttributeName=All`, without a number, is how AWS's own examples write one; `AttributeName=` is an empty list.
  if (list.length === 0 && given.value !== undefined && given.value !== '')
    list.push(readValue(shape.member, given, at))
  return list
}

/** Keys are the caller's: without a prototype, `__proto__` and `constructor` are keys like any other. */
function readMap(shape: MapShape, given: Parameter, at: string): Record<string, unknown> {
  const map = Object.create(null) as Record<string, unknown>
  const addEntry = (entry: Parameter, entryAt: string): void => {
    const key = entry.children.get(shape.keyName)?.value
    const value = entry.children.get(shape.valueName)
    const read = value && readValue(shape.value, value, `${entryAt}.${shape.valueName}`)
    if (key === undefined || read === undefined) {
      const missing = key === undefined ? shape.keyName : shape.valueName
      throw protocolError(
        'MissingRequiredParameterException',
        `The request must contain the parameter ${entryAt}.${missing}.`,
      )
    }
    map[key] = read
  }
  for (const [index, entry] of numbered(given.children.get('entry') ?? given)) addEntry(entry, `${at}.${index}`)
  // `Attribute.Name=…&Attribute.Value=…`: one entry, without a number.
  if (given.children.has(shape.keyName)) addEntry(given, at)
  return map
}

/** Numbers may have gaps and come in any order; what is not numbered is not an item. */
function numbered(parameter: Parameter): (readonly [number, Parameter])[] {
  const items: (readonly [number, Parameter])[] = []
  for (const [key, child] of parameter.children) if (/^\d{1,9}$/.test(key)) items.push([Number(key), child])
  return items.toSorted(([a], [b]) => a - b)
}

/** A value as the query protocol writes it; `at` names it in the complaint. */
export function readScalar(
  type: 'string' | 'integer' | 'long' | 'boolean' | 'blob',
  text: string,
  at: string,
): unknown {
  switch (type) {
    case 'string':
      return text
    case 'integer': {
      const value = parseInteger(text)
      return value !== undefined && (value | 0) === value ? value : invalid(text, at, 'Must be an integer.')
    }
    case 'long':
      return parseInteger(text) ?? invalid(text, at, 'Must be an integer.')
    case 'boolean':
      if (text === 'true') return true
      return text === 'false' ? false : invalid(text, at, 'Must be true or false.')
    case 'blob':
      return decodeBase64(text) ?? invalid(text, at, 'Must be base64.')
  }
}

function parseInteger(text: string): number | undefined {
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : NaN
  return Number.isSafeInteger(value) ? value : undefined
}

/** Long values are cut: what is echoed need not be as long as what was sent. */
function invalid(text: string, at: string, reason: string): never {
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text
  throw protocolError(
    'InvalidParameterValueException',
    `Value ${shown} for parameter ${at} is invalid. Reason: ${reason}`,
  )
}
