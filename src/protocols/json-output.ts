import type { Shape } from '../core/shapes.ts'
import { toOpenJson } from './open-values.ts'

/** Makes of a member what JSON.stringify writes as the protocol wants it. */
export type JsonWriter = (value: unknown) => unknown

/** The writer of a shape, composed once: blobs become base64; what holds no blob is passed on uncopied. */
export function jsonWriter(shape: Shape): JsonWriter {
  return blobWriter(shape) ?? ((value) => value)
}

function blobWriter(shape: Shape): JsonWriter | undefined {
  switch (shape.type) {
    case 'blob':
      return (value) => (value as Buffer).toString('base64')
    case 'list': {
      const write = blobWriter(shape.member)
      return write && ((value) => (value as readonly unknown[]).map(write))
    }
    case 'map': {
      const write = blobWriter(shape.value)
      return write && ((value) => writeMap(value as Readonly<Record<string, unknown>>, write))
    }
    case 'structure':
      return shape.isOpen === true ? toOpenJson : structureWriter(shape.members)
    default:
      return undefined
  }
}

function structureWriter(members: Readonly<Record<string, Shape>>): JsonWriter | undefined {
  const writers = Object.entries(members).flatMap(([name, shape]) => {
    const write = blobWriter(shape)
    return write === undefined ? [] : [[name, write] as const]
  })
  if (writers.length === 0) return undefined
  return (value) => {
    let copy: Record<string, unknown> | undefined
    for (const [name, write] of writers) {
      const member = (value as Readonly<Record<string, unknown>>)[name]
      if (member === undefined) continue
      copy ??= { ...(value as object) }
      copy[name] = write(member)
    }
    return copy ?? value
  }
}

function writeMap(map: Readonly<Record<string, unknown>>, write: JsonWriter): Record<string, unknown> {
  const written = Object.create(null) as Record<string, unknown>
  for (const key of Object.keys(map)) written[key] = write(map[key])
  return written
}
