import { XMLParser } from 'fast-xml-parser'
import type { OperationShape, ServiceShapes, Shape, StructureShape } from '../../../src/core/shapes.ts'
import { metadata, type Answer, type Reply, type Wire } from './send.ts'

const VERSION = '2012-11-05'

/** Every element becomes an array of its occurrences, so that one and several are read alike. */
const parser = new XMLParser({
  htmlEntities: true,
  trimValues: false,
  parseTagValue: false,
  ignoreDeclaration: true,
  isArray: () => true,
})
type Element = string | { readonly [name: string]: readonly Element[] }

/** AWS query: form in, XML out. An element that the shapes do not have is a mistake, where botocore would drop it. */
export function queryWire(shapes: ServiceShapes): Wire {
  return {
    encode(operation, input) {
      const shape = shapes.operations[operation] as OperationShape
      const form = new URLSearchParams({ Action: operation, Version: VERSION })
      for (const [name, value] of flatten(shape.input, input, '')) form.append(name, value)
      return { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body: String(form) }
    },
    present(operation, reply) {
      const root = parser.parse(reply.body.toString()) as Element
      if (reply.status >= 300) return presentError(only(root, 'ErrorResponse'), reply)
      const response = only(root, `${operation}Response`)
      const result = optional(response, `${operation}Result`)
      const shape = shapes.operations[operation] as OperationShape
      const output = result === undefined ? {} : (read(shape.output, result) as Answer)
      return { ...output, ResponseMetadata: metadata(reply) }
    },
  }
}

/** An empty element is null to botocore. */
function presentError(response: Element, reply: Reply): Answer {
  const error = only(response, 'Error')
  const members = Object.keys(error).map((name) => [name, only(error, name) === '' ? null : only(error, name)] as const)
  return { Error: Object.fromEntries(members), ResponseMetadata: metadata(reply) }
}

/** Lists and maps are flattened: their own name is the repeated element's, not the member's. */
function* flatten(shape: Shape, value: unknown, name: string): Generator<readonly [string, string]> {
  if (value === undefined) return
  const join = (...parts: readonly (string | number)[]): string => parts.filter((part) => part !== '').join('.')
  if (shape.type === 'structure') {
    for (const [memberName, member] of Object.entries(shape.members)) {
      const isFlat = member.type === 'list' || member.type === 'map'
      yield* flatten(
        member,
        (value as Answer)[memberName],
        join(name, (isFlat ? member.queryName : undefined) ?? memberName),
      )
    }
  } else if (shape.type === 'list') {
    for (const [index, item] of (value as readonly unknown[]).entries())
      yield* flatten(shape.member, item, join(name, index + 1))
  } else if (shape.type === 'map') {
    for (const [index, [key, item]] of Object.entries(value as Answer).entries()) {
      yield [join(name, index + 1, shape.keyName), key]
      yield* flatten(shape.value, item, join(name, index + 1, shape.valueName))
    }
  } else yield [name, scalarText(value as string | number | boolean | Buffer)]
}

function scalarText(value: string | number | boolean | Buffer): string {
  return Buffer.isBuffer(value) ? value.toString('base64') : String(value)
}

function read(shape: Shape, element: Element): unknown {
  switch (shape.type) {
    case 'structure':
      return readStructure(shape, element)
    case 'integer':
    case 'long':
      return Number(element)
    case 'boolean':
      return element === 'true'
    case 'blob':
      return Buffer.from(element as string, 'base64')
    case 'string':
      if (typeof element !== 'string') throw new TypeError(`text expected, not ${JSON.stringify(element)}`)
      return element
    default:
      throw new TypeError(`a ${shape.type} is read with the structure that it is flattened into`)
  }
}

function readStructure(shape: StructureShape, element: Element): Answer {
  const elements = element === '' ? {} : element
  if (typeof elements === 'string') throw new TypeError(`elements expected, not ${JSON.stringify(element)}`)
  const left = new Set(Object.keys(elements))
  const output: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(shape.members)) {
    const elementName = (member.type === 'list' || member.type === 'map' ? member.queryName : undefined) ?? name
    const found = elements[elementName]
    left.delete(elementName)
    if (found === undefined) continue
    output[name] = readMember(member, found)
  }
  if (left.size > 0) throw new TypeError(`unknown elements: ${[...left].join(', ')}`)
  return output
}

function readMember(member: Shape, found: readonly Element[]): unknown {
  if (member.type === 'list') return found.map((item) => read(member.member, item))
  if (member.type !== 'map') {
    if (found.length !== 1) throw new TypeError(`one element expected, not ${found.length}`)
    return read(member, found[0] as Element)
  }
  const entries = found.map((entry) => {
    const value = only(entry, member.valueName)
    return [read({ type: 'string' }, only(entry, member.keyName)) as string, read(member.value, value)] as const
  })
  return Object.fromEntries(entries)
}

function optional(element: Element, name: string): Element | undefined {
  if (typeof element === 'string') return undefined
  const found = element[name]
  if (found !== undefined && found.length !== 1) throw new TypeError(`${found.length} elements <${name}>`)
  return found?.[0]
}

function only(element: Element, name: string): Element {
  const found = optional(element, name)
  if (found === undefined) throw new TypeError(`no element <${name}> in ${JSON.stringify(element)}`)
  return found
}
