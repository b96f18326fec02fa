import { header, type HttpRequest } from './exchange.ts'

export interface AllowedHosts {
  /** The host of queue URLs, where one is set. */
  readonly publicUrl: string | undefined
  /** Names that the operator vouches for, without ports. */
  readonly allowedHosts: readonly string[]
}

/** Names that no public DNS gives out (RFC 6761, RFC 9476): nobody else can point them here. */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|internal|test)$/

/**
 * Whether a request was sent to this gateway by somebody who meant it. A web page can make a browser send requests to
 * whatever a name of its own points to (DNS rebinding), and the only sign of it is that name, in Host. So a Host is an
 * IP address, a name without a dot, a name that no public DNS gives out, or one that the operator allows. Ports do not
 * matter. A request without a Host is from no browser. Answers the complaint.
 */
export function hostComplaint(request: HttpRequest, rules: AllowedHosts): string | undefined {
  const host = header(request, 'host')
  if (host === undefined || isAllowed(nameOf(host), rules)) return undefined
  return `the host ${quoted(nameOf(host))} is not one that pipit trusts: list it in PIPIT_ALLOWED_HOSTS`
}

/**
 * The same of the page that sent it: there is none, or it is of the same host, or of one that is allowed. A browser says
 * it in Origin, and in Sec-Fetch-Site.
 */
export function originComplaint(request: HttpRequest, rules: AllowedHosts): string | undefined {
  const origin = header(request, 'origin')
  if (origin === undefined) {
    return header(request, 'sec-fetch-site') === 'cross-site' ? 'a page of another site asks for this' : undefined
  }
  const name = URL.canParse(origin) ? new URL(origin).hostname : ''
  if (isSameOrigin(origin, header(request, 'host')) || (name !== '' && isListed(name, rules))) return undefined
  return `a page of ${quoted(origin)} asks for this: list its host in PIPIT_ALLOWED_HOSTS`
}

/** A page of the very host that is asked. */
export function isSameOrigin(origin: string, host: string | undefined): boolean {
  return origin === `http://${host}` || origin === `https://${host}`
}

function isAllowed(name: string, rules: AllowedHosts): boolean {
  if (name.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return true
  return !name.includes('.') || PRIVATE_NAME.test(name) || isListed(name, rules)
}

function isListed(name: string, { publicUrl, allowedHosts }: AllowedHosts): boolean {
  return allowedHosts.includes(name) || (publicUrl !== undefined && new URL(publicUrl).hostname === name)
}

/** In lower case, without the port and without the dot that a full name may end with. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}
