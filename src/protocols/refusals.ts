import type { ApiError } from '../core/errors.ts'
import type { HttpRequest } from '../core/exchange.ts'
import type { Protocol } from '../core/service.ts'
import { unknownOperationResponse } from './aws-query.ts'
import { likelyProtocol, QUERY_PROTOCOL } from './generic.ts'

/** A request for a service that is not in the routes table, answered in the protocol that it seems to speak. */
export function noRoute(request: HttpRequest, wanted: string, served: readonly string[]): Protocol {
  return refusing(likelyProtocol(request), {
    shape: 'UnknownServiceException',
    code: 'UnknownService',
    status: 404,
    fault: 'Sender',
    message: `pipit has no route for service '${wanted}'. It serves: ${served.join(', ')}.`,
  })
}

/** A request that names no operation: AWS has one terse answer for all of them; the hint is ours. */
export const NO_OPERATION: Protocol = refusing(
  {
    ...QUERY_PROTOCOL,
    encodeResponse: (_call, _result, requestId) => {
      const response = unknownOperationResponse(requestId)
      const hint = 'the request names no operation: neither X-Amz-Target nor Action'
      return { ...response, rawHeaders: [...response.rawHeaders, 'x-pipit-hint', hint] }
    },
  },
  {
    shape: 'UnknownOperationException',
    code: 'UnknownOperation',
    status: 404,
    fault: 'Sender',
    message: 'The request names no operation.',
  },
)

/** The same protocol, but every request is answered with this error. */
export function refusing(protocol: Protocol, error: ApiError): Protocol {
  const refusal: Protocol = { ...protocol, decodeRequest: () => ({ protocol: refusal, error }) }
  return refusal
}

export function tooLarge(limitBytes: number): ApiError {
  return {
    shape: 'RequestEntityTooLargeException',
    code: 'RequestEntityTooLarge',
    status: 413,
    fault: 'Sender',
    message: `The request's body is longer than ${limitBytes} bytes.`,
  }
}

/** A bug of ours: honest, without its insides. */
export const INTERNAL_FAILURE: ApiError = {
  shape: 'InternalFailure',
  code: 'InternalFailure',
  status: 500,
  fault: 'Receiver',
  message: 'This is a bug in pipit: its log has the details.',
}
