import type { OperationShape, ServiceShapes, Shape } from '../../../src/core/shapes.ts'
import { metadata, type Answer, type Reply, type Wire } from './send.ts'

/** Errors whose message was a modelled member when the answers were recorded; botocore repeats it beside `Error`. */
const WITH_MESSAGE_MEMBER: ReadonlySet<string> = new Set([
  'InvalidAttributeName',
  'InvalidAttributeValue',
  'ResourceNotFoundException',
])

/**
 * AWS JSON 1.0. Stricter than botocore, which drops members that it does not know: here they stay, so that they are
 * seen.
 */
export function jsonWire(shapes: ServiceShapes): Wire {
  return {
    encode(operation, input) {
      const shape = shapes.operations[operation] as OperationShape
      return {
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': `${shapes.targetPrefix}.${operation}`,
          'x-amzn-query-mode': 'true',
        },
        body: JSON.stringify(mapBlobs(shape.input, input, (blob) => (blob as Buffer).toString('base64'))),
      }
    },
    present(operation, reply) {
      const body = reply.body.length === 0 ? {} : (JSON.parse(reply.body.toString()) as Answer)
      if (reply.status >= 300) return presentError(body, reply)
      const shape = shapes.operations[operation] as OperationShape
      const output = mapBlobs(shape.output, body, (text) => Buffer.from(text as string, 'base64'))
      return { ...(output as Answer), ResponseMetadata: metadata(reply) }
    },
  }
}

function presentError(body: Answer, reply: Reply): Answer {
  const shape = String(body['__type']).split('#').at(-1) as string
  const message = body['message'] ?? body['Message'] ?? ''
  const [code, type] = reply.headers['x-amzn-query-error']?.split(';') ?? []
  return {
    Error:
      code === undefined
        ? { Message: message, Code: shape }
        : { Message: message, Code: code, QueryErrorCode: shape, Type: type },
    ...(WITH_MESSAGE_MEMBER.has(shape) ? { message } : {}),
    ResponseMetadata: metadata(reply),
  }
}

function mapBlobs(shape: Shape, value: unknown, change: (blob: unknown) => unknown): unknown {
  if (value === undefined || value === null) return value
  if (shape.type === 'blob') return change(value)
  if (shape.type === 'list' && Array.isArray(value)) return value.map((item) => mapBlobs(shape.member, item, change))
  if (shape.type !== 'map' && shape.type !== 'structure') return value
  const entries = Object.entries(value).map(([name, item]) => {
    const member = shape.type === 'map' ? shape.value : shape.members[name]
    return [name, member === undefined ? item : mapBlobs(member, item, change)] as const
  })
  return Object.fromEntries(entries)
}
