import type { Shape, StructureShape } from '../core/shapes.ts'

type Document = Record<string, unknown>
type Output = Readonly<Record<string, unknown>>

/** An output as XML elements: lists and maps flattened under their query names, absent members left out. */
export function toElements(shape: StructureShape, output: Output): Document {
  const elements: Document = {}
  for (const name in shape.members) {
    const member = shape.members[name] as Shape
    const value = output[name]
    if (value === undefined || value === null) continue
    elements['queryName' in member ? member.queryName : name] = toElement(member, value, toElements)
  }
  return elements
}

/**
 * An output as AWS renders it when a query asks for JSON: lists keep the model's name with a small first letter
 * (`messages`, `queueUrls`), maps are lists of names and values, absent members are null.
 */
export function toRendering(shape: StructureShape, output: Output): Document {
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
  return shape.type === 'list' ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

function toElement(shape: Shape, value: unknown, render: typeof toElements): unknown {
  switch (shape.type) {
    case 'structure':
      return render(shape, value as Output)
    case 'list':
      return (value as readonly unknown[]).map((item) => toElement(shape.member, item, render))
    case 'map':
      return Object.entries(value as Output).map(([key, item]) => ({
        [shape.keyName]: key,
        [shape.valueName]: toElement(shape.value, item, render),
      }))
    case 'blob':
      return (value as Buffer).toString('base64')
    default:
      return value
  }
}
