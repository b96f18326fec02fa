import { isUtf8 } from 'node:buffer'
import { type ApiError, ServiceError } from '../core/errors.ts'
import { type HttpResponse, type Result, header } from '../core/exchange.ts'
import { lazily } from '../core/lazily.ts'
import type { Protocol } from '../core/service.ts'
import { isVoid, type ServiceShapes } from '../core/shapes.ts'
import { jsonReader } from './json-input.ts'
import { jsonWriter } from './json-output.ts'
import { jsonResultReader } from './json-result.ts'
import { protocolError } from './protocol-errors.ts'
import { pathBelow } from './target.ts'

const CONTENT_TYPE = 'application/x-amz-json-1.0'

/**
 * AWS JSON 1.0, with the header that services give which once spoke the query protocol (`awsQueryCompatible`). The
 * operation is in `X-Amz-Target`; the path does not matter: the PHP SDK posts to the queue's own. `errors` are those of
 * the service, by which answers of others are read.
 */
export function awsJson(shapes: ServiceShapes, errors: readonly ApiError[] = []): Protocol {
  const prefix = `${shapes.targetPrefix}.`
  // Few of them are ever called.
  const operations = new Map(
    Object.entries(shapes.operations).map(([name, { input, output }]) => [
      name,
      lazily(() => ({
        read: jsonReader(input),
        writeInput: jsonWriter(input),
        // Operations that answer nothing answer no body at all, not even `{}`.
        write: isVoid(output) ? undefined : jsonWriter(output),
      })),
    ]),
  )
  const protocol: Protocol = {
    name: 'awsJson1_0',
    claims: (request) => header(request, 'x-amz-target')?.startsWith(prefix) === true,
    decodeRequest(request, mount) {
      try {
        const operation = header(request, 'x-amz-target')?.slice(prefix.length) ?? ''
        const read = operations.get(operation)?.().read
        if (read === undefined)
          throw protocolError('UnknownOperationException', `The operation ${operation} is not known.`)
        const input = read(parseObject(request.body), 'body') as Readonly<Record<string, unknown>>
        return { protocol, operation, input, path: pathBelow(request.target, mount) }
      } catch (error) {
        if (error instanceof ServiceError) return { protocol, error: error.error }
        throw error
      }
    },
    encodeRequest({ operation, input }, like) {
      const write = operations.get(operation)?.().writeInput
      if (write === undefined) throw new TypeError(`no operation ${operation} to encode`)
      return { ...like, body: Buffer.from(JSON.stringify(write(input))) }
    },
    encodeResponse(call, result, requestId) {
      if (result.kind === 'error') return encodeError(result, requestId, shapes.namespace)
      const operation = operations.get(call.operation)?.()
      if (operation === undefined) throw new TypeError(`no operation ${call.operation} to encode`)
      const body = operation.write === undefined ? '' : JSON.stringify(operation.write(result.output))
      return { status: 200, rawHeaders: ['x-amzn-RequestId', requestId, 'Content-Type', CONTENT_TYPE], body }
    },
    decodeResponse: jsonResultReader(shapes, errors),
  }
  return protocol
}

function parseObject(body: Buffer): object {
  if (body.length === 0) return {}
  if (!isUtf8(body)) throw protocolError('SerializationException', 'The request body is not valid UTF-8.')
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw protocolError('SerializationException', 'The request body is not valid JSON.')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw protocolError('SerializationException', 'The request body is not a JSON object.')
  return value
}

function encodeError({ error }: Result & { kind: 'error' }, requestId: string, namespace: string): HttpResponse {
  return {
    status: error.status,
    rawHeaders: [
      'x-amzn-RequestId',
      requestId,
      'x-amzn-query-error',
      `${error.code};${error.fault}`,
      'Content-Type',
      CONTENT_TYPE,
    ],
    body: JSON.stringify({
      __type: error.shape.includes('#') ? error.shape : `${namespace}#${error.shape}`,
      message: error.message,
    }),
  }
}
