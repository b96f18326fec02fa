import { type Call, type HttpRequest, header } from '../core/exchange.ts'
import type { Shape, StructureShape } from '../core/shapes.ts'
import { isOfTheProtocol, openParameters, type Pair } from './open-values.ts'
import { queryNameOf } from './query-output.ts'
import { isForm } from './query-parameters.ts'
import { queryOf } from './target.ts'

/** The same request with another input: in its form, or in its address where it has none. What is not input stays. */
export function toQueryRequest(shape: StructureShape, { input }: Pick<Call, 'input'>, like: HttpRequest): HttpRequest {
  const text = written(inputParameters(shape, input))
  const { target } = like
  const address = target.slice(0, target.length - queryOf(target).length)
  const inAddress = notInput(queryOf(target))
  if (!isForm(header(like, 'content-type'))) return { ...like, target: address + joined(inAddress, text) }
  const body = Buffer.from(joined(notInput(like.body.toString('latin1')), text), 'latin1')
  return { ...like, target: address + inAddress, body }
}

/** Those pairs of an encoded text that are the protocol's own. */
function notInput(text: string): string {
  return text
    .split('&')
    .filter((pair) => isOfTheProtocol(pair.split('=', 1)[0] as string))
    .join('&')
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('&')
}

function written(pairs: readonly Pair[]): string {
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
}

function inputParameters(shape: StructureShape, input: object, at = ''): Pair[] {
  if (shape.isOpen === true) return openParameters(input, at)
  return Object.entries(input).flatMap(([name, value]) => {
    const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined
    if (member === undefined || value === undefined || value === null) return []
    return parameters(member, value, at + queryNameOf(name, member))
  })
}

function parameters(shape: Shape, value: unknown, at: string): Pair[] {
  switch (shape.type) {
    case 'structure':
      return inputParameters(shape, value as object, `${at}.`)
    case 'list': {
      const items = value as readonly unknown[]
      const prefix = shape.queryName === undefined ? `${at}.member` : at
      if (items.length === 0) return [[at, '']]
      return items.flatMap((item, index) => parameters(shape.member, item, `${prefix}.${index + 1}`))
    }
    case 'map': {
      const entries = Object.entries(value as object)
      const prefix = shape.queryName === undefined ? `${at}.entry` : at
      if (entries.length === 0) return [[at, '']]
      return entries.flatMap(([key, item], index) => [
        [`${prefix}.${index + 1}.${shape.keyName}`, key] as const,
        ...parameters(shape.value, item, `${prefix}.${index + 1}.${shape.valueName}`),
      ])
    }
    case 'blob':
      return [[at, (value as Buffer).toString('base64')]]
    default:
      return [[at, String(value)]]
  }
}
