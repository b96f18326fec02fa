import { createExchange, type Exchange, type HttpRequest, Presence } from '../../src/core/exchange.ts'
import type { Protocol } from '../../src/core/service.ts'
import { readCaller } from '../../src/protocols/sigv4.ts'
import { sqs } from '../../src/sqs/service.ts'

export const SQS = sqs()
export const JSON_PROTOCOL = SQS.protocols[0] as Protocol
export const QUERY_PROTOCOL = SQS.protocols[1] as Protocol

export function authorization(region = 'eu-west-1', service = 'sqs', key = 'any'): string {
  return `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`
}

export interface ExchangeOptions {
  readonly request?: Partial<HttpRequest>
  /** Instead of a signature, a Host and a target header. */
  readonly headers?: readonly string[]
  /** Beside them. */
  readonly more?: readonly string[]
  readonly operation?: string
  readonly mount?: string
  readonly service?: string
  readonly protocol?: Protocol
  readonly presence?: Presence
}

/** As a client sends one to `http://localhost:3000`, signed with a key that is none. */
export function exchangeOf(options: ExchangeOptions = {}): Exchange {
  const { operation = 'ListQueues', mount = '', service = 'sqs', protocol = JSON_PROTOCOL } = options
  const headers = options.headers ?? [
    'Host',
    'localhost:3000',
    'Authorization',
    authorization('eu-west-1', service),
    ...(protocol === QUERY_PROTOCOL ? [] : ['X-Amz-Target', `AmazonSQS.${operation}`]),
  ]
  const request: HttpRequest = {
    method: 'POST',
    target: mount === '' ? '/' : mount,
    rawHeaders: [...headers, ...(options.more ?? [])],
    body: Buffer.from('{}'),
    ...options.request,
  }
  return createExchange({
    id: 'f5a5f4b4-0000-4000-8000-000000000000',
    leg: 'upstream',
    service,
    session: 'default',
    mount,
    origin: 'http://localhost:3000',
    caller: readCaller(request, 'us-east-1'),
    request,
    receivedAtMs: 0,
    presence: options.presence ?? new Presence(),
    decode: (read, below) => protocol.decodeRequest(read, below),
  })
}
