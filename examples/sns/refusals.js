/** The errors of SNS by their shapes, with AWS's codes and statuses. Texts are what the service answers. */
export const errors = {
  AuthorizationErrorException: { code: 'AuthorizationError', status: 403 },
  BatchEntryIdsNotDistinctException: {
    code: 'BatchEntryIdsNotDistinct',
    message: 'Two or more batch entries in the request have the same Id.',
  },
  BatchRequestTooLongException: {
    code: 'BatchRequestTooLong',
    message: 'The length of all the messages put together is more than the limit.',
  },
  ConcurrentAccessException: { code: 'ConcurrentAccess' },
  EmptyBatchRequestException: {
    code: 'EmptyBatchRequest',
    message: 'The batch request does not contain any entries.',
  },
  EndpointDisabledException: { code: 'EndpointDisabled', message: 'Endpoint is disabled' },
  FilterPolicyLimitExceededException: { code: 'FilterPolicyLimitExceeded', status: 403 },
  InternalErrorException: { code: 'InternalError', status: 500 },
  InvalidBatchEntryIdException: { code: 'InvalidBatchEntryId' },
  InvalidParameterException: { code: 'InvalidParameter' },
  InvalidParameterValueException: { code: 'ParameterValueInvalid' },
  InvalidSecurityException: { code: 'InvalidSecurity', status: 403 },
  KMSAccessDeniedException: { code: 'KMSAccessDenied' },
  KMSDisabledException: { code: 'KMSDisabled' },
  KMSInvalidStateException: { code: 'KMSInvalidState' },
  KMSNotFoundException: { code: 'KMSNotFound' },
  KMSOptInRequired: { code: 'KMSOptInRequired', status: 403 },
  KMSThrottlingException: { code: 'KMSThrottling' },
  NotFoundException: { code: 'NotFound', status: 404, message: 'Topic does not exist' },
  ResourceNotFoundException: { code: 'ResourceNotFound', status: 404, message: 'Resource does not exist' },
  SubscriptionLimitExceededException: { code: 'SubscriptionLimitExceeded', status: 403 },
  TagLimitExceededException: {
    code: 'TagLimitExceeded',
    message: 'Could not complete request: tag quota of per resource exceeded',
  },
  ThrottledException: { code: 'Throttled', status: 429, message: 'Rate exceeded' },
  TooManyEntriesInBatchRequestException: {
    code: 'TooManyEntriesInBatchRequest',
    message: 'The batch request contains more entries than permissible.',
  },
  TopicLimitExceededException: { code: 'TopicLimitExceeded', status: 403 },
  ValidationException: { code: 'ValidationError' },
}

/** Most complaints of SNS have this form. */
export function invalid({ error }, what) {
  return error('InvalidParameterException', `Invalid parameter: ${what}`)
}
