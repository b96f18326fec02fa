import { type Exchange, header, type HttpRequest, type HttpResponse } from '../core/exchange.ts'
import type { UpstreamRequest } from '../core/upstream.ts'
import { type Endpoint, placeOf } from './endpoint.ts'

/** Headers of one connection, not of a message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]
/** What is said anew on the next connection. */
const SAID_ANEW = new Set([...HOP_BY_HOP, 'content-length'])
/** And what is about this one: the host that was called, a body that has come already, who stands before us. */
const OF_THIS_HOP = new Set([...SAID_ANEW, 'host', 'expect', 'via', 'forwarded'])

export interface OutgoingOptions {
  readonly endpoint: Endpoint
  /** The path below the client's mount, with the query. */
  readonly target: string
  /** `undefined`: none. */
  readonly via: string | undefined
  /** Ask for an answer that can be read. */
  readonly isRead: boolean
}

/** The request for the other server, which has not been signed yet: its own host and path, and no header of this hop. */
export function outgoing(request: HttpRequest, { endpoint, target, via, isRead }: OutgoingOptions): UpstreamRequest {
  const { origin, host, prefix } = placeOf(endpoint.url)
  const { rawHeaders } = request
  const left = connectionHeaders(request)
  const passes = (name: string): boolean =>
    !OF_THIS_HOP.has(name) &&
    !left.has(name) &&
    !name.startsWith('x-forwarded-') &&
    !(isRead && name === 'accept-encoding')
  return {
    ...request,
    origin,
    target: prefix + target,
    rawHeaders: [
      'Host',
      host,
      ...kept(rawHeaders, passes),
      ...(isRead ? ['Accept-Encoding', 'identity'] : []),
      ...(via === undefined ? [] : ['Via', [header(request, 'via'), `1.1 ${via}`].filter(Boolean).join(', ')]),
    ],
  }
}

/** The path of a request below what the client called here, with its query. */
export function targetBelow({ request, mount }: Pick<Exchange, 'request' | 'mount'>): string {
  // Clients of a proxy send `http://host/path` (RFC 9112, absolute-form).
  const target = request.target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '')
  const below = target.startsWith(mount) ? target.slice(mount.length) : target
  return below.startsWith('/') ? below : `/${below}`
}

/** The other server's answer without what was about its connection. */
export function passedOn(response: HttpResponse): HttpResponse {
  const left = connectionHeaders(response)
  const passes = (name: string): boolean => !SAID_ANEW.has(name) && !left.has(name) && name !== 'x-pipit-source'
  return { ...response, rawHeaders: kept(response.rawHeaders, passes) }
}

/** The same answer, written anew by us: its own headers where we say nothing. */
export function rewritten(response: HttpResponse, { rawHeaders, body }: HttpResponse): HttpResponse {
  const ours = new Set(rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase()))
  const theirs = kept(response.rawHeaders, (name) => !ours.has(name))
  return { status: response.status, rawHeaders: [...rawHeaders, ...theirs], body }
}

/** Those fields whose name passes, which is asked in lower case. */
function kept(rawHeaders: readonly string[], passes: (name: string) => boolean): string[] {
  const fields: string[] = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    if (passes(name.toLowerCase())) fields.push(name, rawHeaders[i + 1] as string)
  }
  return fields
}

/** Those that `Connection` lists. */
function connectionHeaders(message: { readonly rawHeaders: readonly string[] }): ReadonlySet<string> {
  const listed = header(message, 'connection')
  return listed === undefined ? NO_NAMES : new Set(listed.split(',').map((name) => name.trim().toLowerCase()))
}

const NO_NAMES: ReadonlySet<string> = new Set()
