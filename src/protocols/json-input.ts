import type { Shape } from '../core/shapes.ts'
import { decodeBase64 } from './base64.ts'
import { openMembers } from './open-values.ts'
import { protocolError } from './protocol-errors.ts'

/** Checks a JSON value against its shape and converts it; `member` names it in the complaint. */
export type JsonReader = (value: unknown, member: string) => unknown

/**
 * The reader of a shape, composed once. Members that the shape does not know are ignored, `null` is absent, and a wrong
 * type is a SerializationException, as AWS has it: a number is not taken for a string, nor the other way round.
 */
export function jsonReader(shape: Shape): JsonReader {
  switch (shape.type) {
    case 'string':
      return (value, member) => (typeof value === 'string' ? value : mismatch(value, 'String', member))
    case 'boolean':
      return (value, member) => (typeof value === 'boolean' ? value : mismatch(value, 'Boolean', member))
    case 'integer':
      return (value, member) => (isInteger(value) ? value : mismatch(value, 'Integer', member))
    case 'long':
      return (value, member) => (Number.isSafeInteger(value) ? value : mismatch(value, 'Long', member))
    case 'blob':
      return readBlob
    case 'list':
      return listReader(jsonReader(shape.member))
    case 'map':
      return mapReader(jsonReader(shape.value))
    case 'structure':
      if (shape.isOpen === true)
        return (value, member) => (isObject(value) ? openMembers(value) : mismatch(value, 'Structure', member))
      return structureReader(
        new Map(Object.entries(shape.members).map(([name, memberShape]) => [name, jsonReader(memberShape)])),
      )
  }
}

/** What is right as it came is passed on uncopied. */
function structureReader(members: ReadonlyMap<string, JsonReader>): JsonReader {
  return (value, member) => {
    if (!isObject(value)) return mismatch(value, 'Structure', member)
    let structure: Record<string, unknown> | undefined
    for (const name in value) {
      const given = value[name]
      const read = given === null ? undefined : members.get(name)?.(given, name)
      if (structure === undefined) {
        if (read === given) continue
        structure = before(name, value)
      }
      if (read !== undefined) structure[name] = read
    }
    return structure ?? value
  }
}

/** Those members that stand before one. */
function before(end: string, value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const structure: Record<string, unknown> = {}
  for (const name in value) {
    if (name === end) break
    structure[name] = value[name]
  }
  return structure
}

function listReader(read: JsonReader): JsonReader {
  return (value, member) => {
    if (!Array.isArray(value)) return mismatch(value, 'List', member)
    const given = value as readonly unknown[]
    let list: unknown[] | undefined
    for (let i = 0; i < given.length; i++) {
      const item = given[i]
      const known = item === null || item === undefined ? undefined : read(item, member)
      if (list === undefined) {
        if (known === item && known !== undefined) continue
        list = given.slice(0, i)
      }
      if (known !== undefined) list.push(known)
    }
    return list ?? given
  }
}

/** Keys are the caller's: without a prototype, `__proto__` and `constructor` are keys like any other. */
function mapReader(read: JsonReader): JsonReader {
  return (value, member) => {
    if (!isObject(value)) return mismatch(value, 'Map', member)
    const map = Object.create(null) as Record<string, unknown>
    for (const key of Object.keys(value)) {
      const given = value[key]
      if (given !== undefined && given !== null) map[key] = read(given, member)
    }
    return map
  }
}

function readBlob(value: unknown, member: string): Buffer {
  if (typeof value !== 'string') return mismatch(value, 'Blob', member)
  const bytes = decodeBase64(value)
  if (bytes === undefined) throw protocolError('SerializationException', `${member} is not valid base64.`)
  return bytes
}

function isInteger(value: unknown): boolean {
  return typeof value === 'number' && (value | 0) === value
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mismatch(value: unknown, wanted: string, member: string): never {
  throw protocolError('SerializationException', `${kindOf(value)} cannot be converted to ${wanted}: ${member}`)
}

/** In the words of AWS's own complaints. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY'
  if (typeof value === 'object') return 'START_OBJECT'
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE'
  return typeof value === 'number' ? 'NUMBER_VALUE' : 'STRING_VALUE'
}
