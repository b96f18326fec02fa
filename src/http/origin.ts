import { header, type HttpRequest } from '../core/exchange.ts'

/** What a Host may be; everything else is not repeated in a QueueUrl. */
const HOST = /^[A-Za-z0-9.\-:[\]]{1,255}$/

export interface OriginRules {
  /** Replaces scheme and host. */
  readonly publicUrl: string | undefined
  /** Believe X-Forwarded-Proto and X-Forwarded-Host. */
  readonly trustProxy: boolean
}

/**
 * Under which scheme and host a client reached the gateway: the QueueUrls it is handed must work where it is, and inside
 * a compose network that is another host than outside. Without a usable Host it is `fallback`.
 */
export function originOf(request: HttpRequest, isTls: boolean, rules: OriginRules, fallback: string): string {
  if (rules.publicUrl !== undefined) return rules.publicUrl
  const forwardedHost = rules.trustProxy ? firstOf(header(request, 'x-forwarded-host')) : undefined
  const forwardedScheme = rules.trustProxy ? firstOf(header(request, 'x-forwarded-proto')) : undefined
  const isForwardedScheme = forwardedScheme === 'http' || forwardedScheme === 'https'
  const scheme = isForwardedScheme ? forwardedScheme : isTls ? 'https' : 'http'
  const host = forwardedHost ?? header(request, 'host')
  if (host === undefined) return fallback
  if (host === latest.host && scheme === latest.scheme) return latest.origin
  if (!HOST.test(host)) return fallback
  latest = { scheme, host, origin: `${scheme}://${host}` }
  return latest.origin
}

/** One request after the other comes by the same name. */
let latest = { scheme: '', host: '', origin: '' }

/** Each proxy on the way appends to the list; the first is what the client used. */
function firstOf(list: string | undefined): string | undefined {
  return list?.split(',')[0]?.trim()
}
