import type { Shape, StructureShape } from '../core/shapes.ts'
import { toOpenElement, toOpenJson } from './open-values.ts'

type Document = Record<string, unknown>
type Output = Readonly<Record<string, unknown>>

/** An output as XML elements: lists and maps flattened where they have query names, absent members left out. */
export function toElements(shape: StructureShape, output: Output): Document {
  if (shape.isOpen === true) return toOpenElement(output) as Document
  const elements: Document = {}
  for (const name in shape.members) {
    const member = shape.members[name] as Shape
    const value = output[name]
    if (value === undefined || value === null) continue
    elements[queryNameOf(name, member)] = toElement(member, value, toElements)
  }
  return elements
}

/** Where a member is found in parameters and in XML. */
export function queryNameOf(name: string, shape: Shape): string {
  return ('queryName' in shape ? shape.queryName : undefined) ?? name
}

/**
 * An output as AWS renders it when a query asks for JSON: flattened lists keep the model's name with a small first letter
 * (`messages`, `queueUrls`), flattened maps are lists of names and values, absent members are null.
 */
export function toRendering(shape: StructureShape, output: Output): Document {
  if (shape.isOpen === true) return toOpenJson(output) as Document
  const rendering: Document = {}
  for (const name in shape.members) {
    const member = shape.members[name] as Shape
    const value = output[name]
    rendering[renderedName(name, member)] =
      value === undefined || value === null ? null : toElement(member, value, toRendering)
  }
  return rendering
}

export function renderedName(name: string, shape: Shape): string {
  return shape.type === 'list' && shape.queryName !== undefined ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

function toElement(shape: Shape, value: unknown, render: typeof toElements): unknown {
  const isWrapped = render === toElements
  switch (shape.type) {
    case 'structure':
      return render(shape, value as Output)
    case 'list': {
      const items = (value as readonly unknown[]).map((item) => toElement(shape.member, item, render))
      return shape.queryName === undefined && isWrapped ? { member: items } : items
    }
    case 'map': {
      const rendered = Object.entries(value as Output).map(([key, item]) => [key, toElement(shape.value, item, render)])
      if (shape.queryName === undefined && !isWrapped) return Object.fromEntries(rendered) as Document
      const entries = rendered.map(([key, item]) => ({ [shape.keyName]: key, [shape.valueName]: item }))
      return shape.queryName === undefined ? { entry: entries } : entries
    }
    case 'blob':
      return (value as Buffer).toString('base64')
    default:
      return value
  }
}
