import { type ApiError, ServiceError } from '../core/errors.ts'
import { type Call, type HttpRequest, type HttpResponse, type Result, header } from '../core/exchange.ts'
import type { Protocol } from '../core/service.ts'
import { isVoid, type ServiceShapes } from '../core/shapes.ts'
import { protocolError } from './protocol-errors.ts'
import { readQueryInput } from './query-input.ts'
import { toElements, toRendering } from './query-output.ts'
import { isForm, readParameters } from './query-parameters.ts'
import { pathBelow } from './target.ts'
import { toQueryRequest } from './query-request.ts'
import { queryResultReader } from './query-result.ts'
import { toXml } from './xml.ts'

/**
 * The AWS query protocol: parameters in the URL, in a form or in both, answers in XML; or in JSON that mirrors the XML
 * when `Accept` asks for it. `Version` is not checked: the older ones that clients still send have the same grammar.
 * `errors` are those of the service, by which answers of others are read.
 */
export function awsQuery(shapes: ServiceShapes, errors: readonly ApiError[] = []): Protocol {
  const protocol: Protocol = {
    name: 'awsQuery',
    claims: (request) =>
      // One that names its operation in a header speaks JSON, though it is posted as curl posts everything.
      header(request, 'x-amz-target') === undefined &&
      ((request.method === 'POST' && isForm(header(request, 'content-type'))) ||
        ((request.method === 'GET' || request.method === 'POST') && /[?&]Action=/.test(request.target))),
    decodeRequest(request, mount) {
      try {
        return decode(shapes, protocol, request, mount)
      } catch (error) {
        if (error instanceof ServiceError) return { protocol, error: error.error }
        throw error
      }
    },
    encodeRequest(call, like) {
      const shape = shapes.operations[call.operation]?.input
      if (shape === undefined) throw new TypeError(`no operation ${call.operation} to encode`)
      return toQueryRequest(shape, call, like)
    },
    encodeResponse(call, result, requestId, request) {
      const asJson = header(request, 'accept')?.includes('application/json') === true
      return result.kind === 'error'
        ? encodeError(shapes, result.error, requestId, asJson)
        : encodeOutput(shapes, call.operation, result, requestId, asJson)
    },
    decodeResponse: queryResultReader(shapes, errors),
  }
  return protocol
}

/** What AWS answers to a GET without an Action, in this form whatever `Accept` says. */
export function unknownOperationResponse(requestId: string): HttpResponse {
  return respond(404, requestId, 'text/xml', '<UnknownOperationException/>')
}

function decode(shapes: ServiceShapes, protocol: Protocol, request: HttpRequest, mount: string): Call {
  const parameters = readParameters(request, isForm(header(request, 'content-type')))
  const operation = parameters.children.get('Action')?.value
  if (operation === undefined) throw protocolError('MissingAction', 'No action was supplied with this request.')
  if (!Object.hasOwn(shapes.operations, operation))
    throw protocolError('InvalidAction', `The action ${operation} is not valid for this endpoint.`)
  const { input } = shapes.operations[operation] as ServiceShapes['operations'][string]
  return { protocol, operation, input: readQueryInput(input, parameters), path: pathBelow(request.target, mount) }
}

function encodeOutput(
  shapes: ServiceShapes,
  operation: string,
  { output }: Result & { kind: 'output' },
  requestId: string,
  asJson: boolean,
): HttpResponse {
  const shape = shapes.operations[operation]?.output
  if (shape === undefined) throw new TypeError(`no operation ${operation} to encode`)
  // Operations that answer nothing have no Result element; one with nothing to say today has an empty one.
  const render = asJson ? toRendering : toElements
  const content = {
    ...(!isVoid(shape) && { [`${operation}Result`]: render(shape, output) }),
    ResponseMetadata: { RequestId: requestId },
  }
  const root = `${operation}Response`
  return asJson
    ? respond(200, requestId, 'application/json', JSON.stringify({ [root]: content }))
    : respond(200, requestId, 'text/xml', toXml(root, shapes.xmlNamespace, content))
}

function encodeError(shapes: ServiceShapes, error: ApiError, requestId: string, asJson: boolean): HttpResponse {
  const status = error.query?.status ?? error.status
  const content = {
    Type: error.fault,
    Code: error.code,
    Message: error.query?.message ?? error.message,
  }
  if (asJson) {
    const body = JSON.stringify({ Error: { ...content, Detail: null }, RequestId: requestId })
    return respond(status, requestId, 'application/json', body)
  }
  const elements = { Error: { ...content, Detail: '' }, RequestId: requestId }
  return respond(status, requestId, 'text/xml', toXml('ErrorResponse', shapes.xmlNamespace, elements))
}

function respond(status: number, requestId: string, contentType: string, body: string): HttpResponse {
  return { status, rawHeaders: ['x-amzn-RequestId', requestId, 'Content-Type', contentType], body }
}
