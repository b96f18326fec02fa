import type { Parameter } from './query-parameters.ts'

/*
 * Values that no shape declares. JSON carries them as they are; the query protocol carries texts, lists as
 * `Name.member.1` and `<member>`, structures as `Name.Key` and `<Key>`. Bytes are base64 on the way out, and times are
 * what each protocol makes of a timestamp: seconds, ISO 8601.
 */

type Members = Record<string, unknown>

/** Members of somebody else's object, without the one that would change what an object is. */
export function openMembers(given: object): Members {
  const members: Members = {}
  for (const [name, value] of Object.entries(given)) if (name !== '__proto__' && value !== null) members[name] = value
  return members
}

export function toOpenJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Date) return value.getTime() / 1000
  if (Array.isArray(value)) return value.map(toOpenJson)
  return isMembers(value) ? mapMembers(value, toOpenJson) : value
}

export function toOpenElement(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return { member: value.map(toOpenElement) }
  return isMembers(value) ? mapMembers(value, toOpenElement) : value
}

/** What belongs to the protocol, not to the call. */
const OF_THE_PROTOCOL = /^(?:Action|Version|X-Amz-.*|AWSAccessKeyId|Signature(?:Method|Version)?)$/i

export function isOfTheProtocol(parameter: string): boolean {
  return OF_THE_PROTOCOL.test(parameter)
}

/** The input of an operation without a shape. */
export function readOpenInput(parameters: Parameter): Members {
  const input: Members = {}
  for (const [name, parameter] of parameters.children)
    if (!isOfTheProtocol(name) && name !== '__proto__') input[name] = readOpenParameter(parameter)
  return input
}

/** A name and its value, both decoded. */
export type Pair = readonly [name: string, value: string]

/** The other way round: in the address of a call as in an answer, lists are wrapped. */
export function openParameters(input: object, at = ''): Pair[] {
  return elementParameters(toOpenElement(input), at)
}

function elementParameters(element: unknown, at: string): Pair[] {
  if (Array.isArray(element)) return element.flatMap((item, index) => elementParameters(item, `${at}${index + 1}.`))
  if (isMembers(element))
    return Object.entries(element).flatMap(([name, item]) => elementParameters(item, `${at}${name}.`))
  return [[at.slice(0, -1), String(element)]]
}

function readOpenParameter(parameter: Parameter): unknown {
  const { children } = parameter
  if (children.size === 0) return parameter.value ?? ''
  const items = listed(children.get('member') ?? parameter)
  return items === undefined ? readOpenInput(parameter) : items.map(readOpenParameter)
}

/** `Name.1`, `Name.2`: the items by number. */
function listed({ children }: Parameter): Parameter[] | undefined {
  const names = [...children.keys()]
  if (names.length === 0 || !names.every((name) => /^\d{1,9}$/.test(name))) return undefined
  return names.toSorted((a, b) => Number(a) - Number(b)).map((name) => children.get(name) as Parameter)
}

/** An answer's element; one that is there more than once comes as a list. */
export function fromOpenElement(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(fromOpenElement)
  if (!isMembers(given)) return given
  const [name, ...others] = Object.keys(given)
  if (name === 'member' && others.length === 0) return [given[name]].flat().map(fromOpenElement)
  return mapMembers(given, fromOpenElement)
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null
}

function mapMembers(members: Members, map: (value: unknown) => unknown): Members {
  const mapped: Members = {}
  for (const [name, value] of Object.entries(members))
    if (value !== undefined && value !== null && name !== '__proto__') mapped[name] = map(value)
  return mapped
}
