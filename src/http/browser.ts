import { isSameOrigin } from '../core/allowed-host.ts'
import { header, type HttpRequest, type HttpResponse, type Outcome } from '../core/exchange.ts'

/**
 * What a web page may do to a mock: everything that an SDK in a browser does, which is POST, after a preflight. What a
 * page can do to any host without being asked, a GET by `<img>` or a link, is not executed when it comes from another
 * origin.
 */
const ALLOWED_HEADERS = [
  'authorization',
  'content-type',
  'x-amz-date',
  'x-amz-target',
  'x-amz-security-token',
  'x-amz-user-agent',
  'x-amz-content-sha256',
  'x-amzn-query-mode',
  'x-amzn-trace-id',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
].join(', ')

const EXPOSED_HEADERS = 'x-amzn-requestid, x-amzn-query-error, x-pipit-hint, date'

/** The answer to a preflight, or the refusal of a GET that another origin's page makes; else undefined. */
export function browserAnswer(request: HttpRequest): HttpResponse | undefined {
  if (request.method === 'POST') return undefined
  const origin = header(request, 'origin')
  if (request.method === 'OPTIONS' && origin !== undefined)
    return { status: 204, rawHeaders: preflightHeaders(origin), body: '' }
  const site = header(request, 'sec-fetch-site')
  const isForeign = site === 'cross-site' || (origin !== undefined && !isSameOrigin(origin, header(request, 'host')))
  if (request.method !== 'GET' || !isForeign) return undefined
  const body = 'A GET from a page of another origin is not executed. Use POST, as the AWS SDKs do.\n'
  return { status: 403, rawHeaders: ['Content-Type', 'text/plain; charset=utf-8'], body }
}

/** Lets the page that asked read the answer. */
export function withBrowserHeaders(request: HttpRequest, outcome: Outcome): Outcome {
  const origin = header(request, 'origin')
  if (origin === undefined || outcome.kind !== 'response') return outcome
  const { response } = outcome
  const rawHeaders = [
    ...response.rawHeaders,
    ...sharedHeaders(origin),
    'Access-Control-Expose-Headers',
    EXPOSED_HEADERS,
  ]
  return { ...outcome, response: { ...response, rawHeaders } }
}

function sharedHeaders(origin: string): string[] {
  return ['Access-Control-Allow-Origin', origin, 'Vary', 'Origin']
}

function preflightHeaders(origin: string): string[] {
  return [
    ...sharedHeaders(origin),
    'Access-Control-Allow-Methods',
    'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers',
    ALLOWED_HEADERS,
    'Access-Control-Max-Age',
    '600',
  ]
}
