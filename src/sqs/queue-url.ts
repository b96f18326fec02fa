import { remembering } from '../core/remembering.ts'

/** What a QueueUrl says of a queue; the account only where the URL has one. */
export interface QueueAddress {
  readonly name: string
  readonly account?: string
}

/** A suite has a few queues, and every call names one of them, for which it is read more than once. */
const MOST_REMEMBERED = 1000

const SLASH = 47
const ACCOUNT_DIGITS = 12
/** Path segments that are prefixes, never a queue by themselves: `/sqs`, `/queue`. */
const PREFIXES = new Set(['sqs', 'queue'])

/**
 * Reads a QueueUrl, a queue's path or a bare queue name. Scheme, host, port and prefix do not matter: the same queue is
 * meant whether a URL was made inside a compose network, through a published port or for the real service. Known forms:
 *
 *     https://sqs.eu-west-1.amazonaws.com/000000000000/q    http://host:3000/s/blue/sqs/000000000000/q
 *     https://queue.amazonaws.com/000000000000/q            /queue/eu-west-1/000000000000/q   /queue/q   /q   q
 *
 * `undefined` when no queue is named.
 */
export const parseQueueUrl = remembering(MOST_REMEMBERED, (url): QueueAddress | undefined => {
  const path = pathOf(url)
  const nameAt = path.lastIndexOf('/') + 1
  const name = path.slice(nameAt)
  if (name === '') return undefined
  const accountAt = nameAt - 1 - ACCOUNT_DIGITS
  if (accountAt >= 0 && isAccountAt(path, accountAt) && (accountAt === 0 || path.charCodeAt(accountAt - 1) === SLASH)) {
    return { name, account: path.slice(accountAt, nameAt - 1) }
  }
  return nameAt > 0 && isPrefix(path, name) ? undefined : { name }
})

/** The region that a URL's host or path names, for callers whose signature says none. */
export function regionOfUrl(url: string): string | undefined {
  const inPath = /(?:^|\/)queue\/([^/]+)\/\d{12}\/[^/?#]+\/*$/.exec(url)
  if (inPath !== null) return inPath[1]
  const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#:]+)/i.exec(url)?.[1]?.toLowerCase()
  if (host === undefined) return undefined
  if (host === 'queue.amazonaws.com') return 'us-east-1'
  const label = /^sqs(?:-fips)?\.([^.]+)\./.exec(host)?.[1] ?? /^([^.]+)\.queue\./.exec(host)?.[1]
  // `sqs.localhost` and `sqs.my-company.example` name no region.
  return label !== undefined && /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(label) ? label : undefined
}

/** The URL of a queue as the client should use it: under the host and the prefix that it called. */
export function formatQueueUrl(
  reached: { readonly origin: string; readonly mount: string },
  queue: { readonly account: string; readonly name: string },
): string {
  return `${reached.origin}${reached.mount}/${queue.account}/${queue.name}`
}

/** What pipit puts before a queue's path: `/s/blue`, `/sqs`, `/s/blue/sqs`. */
const MOUNT = /^(?:\/s\/[^/]+)?(?:\/sqs)?(?=\/)/

/**
 * The URL by which another server knows the queue of one that was made here, under whatever host and prefix, or in a
 * client's own code. What is no URL is no address to be moved: it stays.
 */
export function queueUrlElsewhere(url: string, there: string): string {
  return url.includes('://') ? there + pathOf(url).replace(MOUNT, '') : url
}

/**
 * The URL that leads a client here for a queue of another server: its path there is below the place that it called. A
 * path alone is what a fixture has.
 */
export function queueUrlHere(url: string, { here, there }: { readonly here: string; readonly there: string }): string {
  if (!url.includes('://') && !url.startsWith('/')) return url
  const path = pathOf(url)
  const prefix = pathOf(there)
  return here + (path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : path)
}

/** Without scheme and host, query string, fragment and slashes at the end. */
function pathOf(url: string): string {
  let from = 0
  const scheme = url.indexOf('://')
  if (scheme >= 0) {
    from = url.indexOf('/', scheme + 3)
    if (from < 0) return ''
  }
  let to = url.length
  const query = url.indexOf('?', from)
  if (query >= 0) to = query
  const fragment = url.indexOf('#', from)
  if (fragment >= 0 && fragment < to) to = fragment
  while (to > from && url.charCodeAt(to - 1) === SLASH) to--
  return url.slice(from, to)
}

function isAccountAt(text: string, at: number): boolean {
  for (let i = at; i < at + ACCOUNT_DIGITS; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return true
}

/** `/sqs`, `/s/blue`, `/s/blue/sqs`, `/queue`, and an account alone: the place where queues are, not a queue. */
function isPrefix(path: string, last: string): boolean {
  if (PREFIXES.has(last)) return true
  const segments = path.split('/').filter((segment) => segment !== '')
  if (segments.length === 2 && segments[0] === 's') return true
  const before = segments.at(-2)
  return last.length === ACCOUNT_DIGITS && isAccountAt(last, 0) && (before === undefined || PREFIXES.has(before))
}
