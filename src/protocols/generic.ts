import { ServiceError } from '../core/errors.ts'
import { header, type HttpRequest } from '../core/exchange.ts'
import type { Protocol } from '../core/service.ts'
import { awsJson } from './aws-json.ts'
import { awsQuery } from './aws-query.ts'
import { isForm, readParameters } from './query-parameters.ts'
import { pathBelow } from './target.ts'

const NO_SHAPES = { targetPrefix: '', namespace: 'com.amazon.coral.service', xmlNamespace: '', operations: {} }
const JSON_PROTOCOL = awsJson(NO_SHAPES)
export const QUERY_PROTOCOL = awsQuery(NO_SHAPES)

/** The protocol that a request of any service seems to speak: for errors, in both directions. */
export function likelyProtocol(request: HttpRequest): Protocol {
  const isJson = header(request, 'x-amz-target') !== undefined || /json/.test(header(request, 'content-type') ?? '')
  return isJson ? JSON_PROTOCOL : QUERY_PROTOCOL
}

/**
 * For services that pipit does not know: an operation by its name, or by method and path where it has none, without its
 * input. Of answers only errors are understood.
 */
export function generic(request: HttpRequest): Protocol {
  const likely = likelyProtocol(request)
  const protocol: Protocol = {
    ...likely,
    name: 'generic',
    claims: () => true,
    decodeRequest: (read, mount) => {
      const path = pathBelow(read.target, mount)
      return { protocol, operation: operationOf(read) ?? `${read.method} ${path}`, input: {}, path }
    },
    decodeResponse: (call, response) => {
      if (response.status < 300) return undefined
      return JSON_PROTOCOL.decodeResponse(call, response) ?? QUERY_PROTOCOL.decodeResponse(call, response)
    },
  }
  return protocol
}

/** `X-Amz-Target: DynamoDB_20120810.PutItem`, or `Action=Publish`. */
function operationOf(request: HttpRequest): string | undefined {
  const target = header(request, 'x-amz-target')
  if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1)
  const isQuery = isForm(header(request, 'content-type')) || /[?&]Action=/.test(request.target)
  return isQuery ? actionOf(request) : undefined
}

/** What is no form after all names none. */
function actionOf(request: HttpRequest): string | undefined {
  try {
    return readParameters(request, isForm(header(request, 'content-type'))).children.get('Action')?.value
  } catch (error) {
    if (error instanceof ServiceError) return undefined
    throw error
  }
}
