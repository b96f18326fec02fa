/** An error of an API, as clients see it. `shape` and `code` are different strings: see sqs/errors.ts. */
export interface ApiError {
  /** The Smithy shape, for `__type`; with its namespace when the service does not model it. */
  readonly shape: string
  /** What `x-amzn-query-error`, XML's `<Code>` and boto3's `Error.Code` carry. */
  readonly code: string
  readonly status: number
  readonly fault: 'Sender' | 'Receiver'
  readonly message: string
  /** Where the query protocol says it differently. */
  readonly query?: { readonly message?: string; readonly status?: number }
  /** For the person who reads the log or the headers (`x-pipit-hint`): client libraries do not show it. */
  readonly hint?: string
}

/** Thrown by operations; becomes an answer in the caller's protocol. It is an answer, not a bug: it has no stack. */
export class ServiceError extends Error {
  readonly error: ApiError

  constructor(error: ApiError) {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(error.message)
    Error.stackTraceLimit = limit
    this.name = error.shape
    this.error = error
  }
}

/** The operator's mistake: what is wrong and what to do next, in one line. Never shown with a stack. */
export class PipitError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PipitError'
    this.code = code
  }
}
