/** Heads like those of an SDK: what a server reads of them it has to read here, too. */
const signed = (invocationId: string): string =>
  'Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/sqs/aws4_request, ' +
  `SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}\r\n` +
  'X-Amz-Date: 20260101T000000Z\r\n' +
  `amz-sdk-invocation-id: ${invocationId}\r\n` +
  'amz-sdk-request: attempt=1; max=3\r\n' +
  'User-Agent: aws-sdk-js/3 bench\r\n'

export type Input = Readonly<Record<string, unknown>>

export interface Way {
  readonly path?: string
  /** Of the call: the same one for all, unless said, since the same bytes are sent again and again. */
  readonly invocationId?: string
}

export function jsonRequest(port: number, operation: string, input: Input, way: Way = {}): Buffer {
  const target = `X-Amz-Target: AmazonSQS.${operation}\r\nContent-Type: application/x-amz-json-1.0\r\n`
  return request(port, target, JSON.stringify(input), way)
}

/** Members that are texts or numbers. */
export function queryRequest(port: number, operation: string, input: Readonly<Record<string, string>>): Buffer {
  const body = new URLSearchParams({ Action: operation, Version: '2012-11-05', ...input }).toString()
  return request(port, 'Content-Type: application/x-www-form-urlencoded\r\n', body, {})
}

function request(port: number, head: string, body: string, { path = '/', invocationId = INVOCATION_ID }: Way): Buffer {
  const length = `Content-Length: ${Buffer.byteLength(body)}\r\n`
  const line = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n`
  return Buffer.from(`${line}${signed(invocationId)}${head}${length}\r\n${body}`)
}

const INVOCATION_ID = '5f3c1e52-9d0b-4a53-8f0e-1c1d6f0a9b11'
