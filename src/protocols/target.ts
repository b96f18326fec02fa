/** The path of a request target below `mount`, undecoded and without the query string; at least `/`. */
export function pathBelow(target: string, mount: string): string {
  const start = pathStart(target)
  const end = target.indexOf('?', start)
  const path = target.slice(start, end < 0 ? undefined : end)
  const below = path.startsWith(mount) ? path.slice(mount.length) : path
  return below.startsWith('/') ? below : `/${below}`
}

/** What follows the `?`; empty when there is none. */
export function queryOf(target: string): string {
  const at = target.indexOf('?')
  return at < 0 ? '' : target.slice(at + 1)
}

/** Clients of a proxy send `http://host/path` (RFC 9112, absolute-form). */
function pathStart(target: string): number {
  if (target.startsWith('/')) return 0
  const scheme = target.indexOf('://')
  if (scheme < 0) return 0
  const path = target.slice(scheme + 3).search(/[/?]/)
  return path < 0 ? target.length : scheme + 3 + path
}
