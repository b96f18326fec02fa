import { type ApiError, ServiceError } from '../core/errors.ts'

const CORAL = 'com.amazon.coral.service'

const bad = (shape: string, code: string, message: string, status = 400): ApiError => ({
  shape: `${CORAL}#${shape}`,
  code,
  status,
  fault: status >= 500 ? 'Receiver' : 'Sender',
  message,
})

/**
 * What AWS's common layer answers before a service sees the call, or for it; every service's table takes these in. The
 * namespace is that layer's own (Coral), since no service models them.
 */
export const protocolErrors = {
  SerializationException: bad('SerializationException', 'SerializationException', 'The request cannot be read.'),
  // 400, as JSON services of AWS answer (aws-sdk-net#1536); only the bare GET of 1.5 is a 404.
  UnknownOperationException: bad(
    'UnknownOperationException',
    'UnknownOperationException',
    'The requested operation is not known.',
  ),
  InvalidAction: bad('InvalidAction', 'InvalidAction', 'The action is not valid for this endpoint.'),
  MissingAction: bad('MissingAction', 'MissingAction', 'No action was supplied with this request.'),
  MalformedInput: bad('MalformedInput', 'MalformedInput', 'The request parameters are malformed.'),
  InvalidParameterValueException: bad(
    'InvalidParameterValueException',
    'InvalidParameterValue',
    'An invalid or out-of-range value was supplied for the input parameter.',
  ),
  MissingRequiredParameterException: bad(
    'MissingRequiredParameterException',
    'MissingParameter',
    'A required parameter for the specified action is not supplied.',
  ),
  // 403 in both protocols (async-aws#1634, aws-sdk-go#249).
  ExpiredTokenException: bad(
    'ExpiredTokenException',
    'ExpiredToken',
    'The security token included in the request is expired',
    403,
  ),
  InvalidSignatureException: bad(
    'InvalidSignatureException',
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    403,
  ),
  AccessDeniedException: {
    ...bad('AccessDeniedException', 'AccessDenied', 'Access to the resource is denied.'),
    query: { status: 403 },
  },
  IncompleteSignatureException: bad(
    'IncompleteSignatureException',
    'IncompleteSignature',
    'The request signature does not conform to AWS standards.',
  ),
  UnrecognizedClientException: bad(
    'UnrecognizedClientException',
    'InvalidClientTokenId',
    'The security token included in the request is invalid.',
    403,
  ),
  MissingAuthenticationTokenException: bad(
    'MissingAuthenticationTokenException',
    'MissingAuthenticationToken',
    'Request is missing Authentication Token.',
    403,
  ),
  MalformedQueryString: bad(
    'MalformedQueryString',
    'MalformedQueryString',
    'The query string contains a syntax error.',
    404,
  ),
  RequestExpired: bad('RequestExpired', 'RequestExpired', 'Request has expired.'),
  ThrottlingException: bad('ThrottlingException', 'ThrottlingException', 'Rate exceeded'),
  ValidationException: bad(
    'ValidationException',
    'ValidationError',
    'The input fails to satisfy the constraints of the service.',
  ),
  InternalFailure: bad(
    'InternalFailure',
    'InternalFailure',
    'The request processing has failed because of an internal error.',
    500,
  ),
  ServiceUnavailableException: bad(
    'ServiceUnavailableException',
    'ServiceUnavailable',
    'The request has failed due to a temporary failure of the server.',
    503,
  ),
} as const satisfies Readonly<Record<string, ApiError>>

export function protocolError(shape: keyof typeof protocolErrors, message: string): ServiceError {
  return new ServiceError({ ...protocolErrors[shape], message })
}
