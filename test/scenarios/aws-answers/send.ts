/** Header names in lower case. */
export type Headers = Readonly<Record<string, string>>

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Buffer
}

/** One HTTP exchange. `target` is the path with its query, without scheme and host. */
export type Send = (method: string, target: string, headers: Headers, body: string) => Promise<Reply>

/** How a protocol puts a call on the wire, and what botocore makes of the reply. */
export interface Wire {
  encode(operation: string, input: Answer): { readonly headers: Headers; readonly body: string }
  present(operation: string, reply: Reply): Answer
}

/** An answer as boto3 hands it out: the output, or an error's `response`; always with ResponseMetadata. */
export type Answer = Readonly<Record<string, unknown>>

/** The recorder emptied the headers and removed the request id. */
export function metadata(reply: Reply): Answer {
  return { HTTPHeaders: {}, HTTPStatusCode: reply.status }
}
