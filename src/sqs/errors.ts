import { type ApiError, ServiceError } from '../core/errors.ts'
import { protocolErrors } from '../protocols/protocol-errors.ts'

/** An error of SQS, to be thrown by an operation. Without a message it says the table's own. */
export function sqsError(shape: SqsErrorShape, message?: string): ServiceError {
  const error: ApiError = sqsErrors[shape]
  if (message === undefined || message === error.message) return new ServiceError(error)
  const { query, ...rest } = error
  const status = query?.status
  return new ServiceError({ ...rest, message, ...(status !== undefined && { query: { status } }) })
}

type Row = readonly [
  code: string,
  status: number,
  message: string,
  more?: { readonly query?: NonNullable<ApiError['query']> },
]

const SQS = 'AWS.SimpleQueueService.'

/*
 * Shape, code and status are AWS's: the shape goes into `__type`, the code into `x-amzn-query-error` and XML, and the
 * two differ. Texts are what the service answers where a recording has them, its model's words otherwise; most callers
 * bring their own. What the layer in front of every service answers is in protocols/protocol-errors.ts.
 */
const rows = {
  QueueDoesNotExist: [
    `${SQS}NonExistentQueue`,
    400,
    'The specified queue does not exist.',
    { query: { message: 'The specified queue does not exist for this wsdl version.' } },
  ],
  QueueNameExists: ['QueueAlreadyExists', 400, 'A queue already exists with the same name and different attributes.'],
  QueueDeletedRecently: [
    `${SQS}QueueDeletedRecently`,
    400,
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
  ],
  PurgeQueueInProgress: [
    `${SQS}PurgeQueueInProgress`,
    403,
    'Only one PurgeQueue operation on a queue is allowed every 60 seconds.',
  ],
  OverLimit: ['OverLimit', 403, 'The specified action violates a limit.'],
  ReceiptHandleIsInvalid: ['ReceiptHandleIsInvalid', 404, 'The specified receipt handle is not valid.'],
  MessageNotInflight: [`${SQS}MessageNotInflight`, 400, 'The specified message is not in flight.'],
  InvalidAttributeName: ['InvalidAttributeName', 400, 'The specified attribute does not exist.'],
  InvalidAttributeValue: ['InvalidAttributeValue', 400, 'A queue attribute value is invalid.'],
  InvalidMessageContents: ['InvalidMessageContents', 400, 'The message contains characters outside the allowed set.'],
  InvalidIdFormat: ['InvalidIdFormat', 400, 'The specified receipt handle is not valid for the current version.'],
  BatchEntryIdsNotDistinct: [
    `${SQS}BatchEntryIdsNotDistinct`,
    400,
    'Two or more batch entries in the request have the same Id.',
  ],
  BatchRequestTooLong: [
    `${SQS}BatchRequestTooLong`,
    400,
    'The length of all the messages put together is more than the limit.',
  ],
  EmptyBatchRequest: [`${SQS}EmptyBatchRequest`, 400, 'The batch request does not contain any entries.'],
  InvalidBatchEntryId: [
    `${SQS}InvalidBatchEntryId`,
    400,
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
  ],
  TooManyEntriesInBatchRequest: [
    `${SQS}TooManyEntriesInBatchRequest`,
    400,
    'Maximum number of entries per request are 10.',
  ],
  UnsupportedOperation: [`${SQS}UnsupportedOperation`, 400, 'Unsupported operation.'],
  ResourceNotFoundException: ['ResourceNotFoundException', 404, 'One or more specified resources do not exist.'],
  InvalidAddress: ['InvalidAddress', 404, 'The specified queue address is not valid.'],
  InvalidSecurity: ['InvalidSecurity', 403, 'The request was not made over HTTPS or did not use SigV4 for signing.'],
  RequestThrottled: ['RequestThrottled', 403, 'The request was denied due to request throttling.'],
  KmsAccessDenied: ['KMS.AccessDeniedException', 400, 'The caller does not have the required KMS access.'],
  KmsDisabled: ['KMS.DisabledException', 400, 'The KMS key is disabled.'],
  KmsInvalidKeyUsage: ['KMS.InvalidKeyUsageException', 400, 'The KMS key cannot be used for this operation.'],
  KmsInvalidState: ['KMS.InvalidStateException', 400, 'The state of the KMS key is not valid for this request.'],
  KmsNotFound: ['KMS.NotFoundException', 400, 'The KMS key could not be found.'],
  KmsOptInRequired: ['KMS.OptInRequired', 403, 'The caller needs a subscription for the KMS service.'],
  KmsThrottled: ['KMS.ThrottlingException', 400, 'KMS throttled the request.'],
} as const satisfies Readonly<Record<string, Row>>

export type SqsErrorShape = keyof typeof rows | keyof typeof protocolErrors

/** Every error that SQS can answer, by its shape. */
export const sqsErrors: Readonly<Record<SqsErrorShape, ApiError>> = {
  ...(Object.fromEntries(Object.entries(rows).map(([shape, row]) => [shape, toError(shape, row)])) as Record<
    keyof typeof rows,
    ApiError
  >),
  ...protocolErrors,
}

function toError(shape: string, [code, status, message, more]: Row): ApiError {
  return {
    shape,
    code,
    status,
    fault: status >= 500 ? 'Receiver' : 'Sender',
    message,
    ...(more?.query !== undefined && { query: more.query }),
  }
}
