/**
 * Which members, headers and parameters hold secrets, by their names: any case, `-` and `_` alike. A name that ends in
 * one of these is one too (`db_password`, `AWS_SECRET_ACCESS_KEY`, `x-api-key`); where that would take in harmless ones
 * (`NextToken`), the whole name counts.
 */
const ENDINGS = [
  'accesskeyid',
  'secretaccesskey',
  'sessiontoken',
  'securitytoken',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'bearertoken',
  'apitoken',
  'password',
  'passwd',
  'secret',
  'privatekey',
  'apikey',
]

const WHOLE = new Set([
  'token',
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'xamzsignature',
  'xamzcredential',
])

/** Longer names are written by nobody. */
const LONGEST_NAME = 128

export function isSecretName(name: string): boolean {
  if (name.length < 5 || name.length > LONGEST_NAME) return false
  const plain = name.replace(/[-_]/g, '').toLowerCase()
  return WHOLE.has(plain) || ENDINGS.some((ending) => plain.endsWith(ending))
}

/**
 * Where a text may have such a name: its last word. What stands before it is read backwards from there.
 */
export const NAME_ENDS =
  /(?:access[-_]?key(?:[-_]?id)?|token|passw(?:or)?d|secret|(?:private|api)[-_]?key|authorization|cookie|x-amz-(?:signature|credential))(?![\w-])/gi

/** No name without one of these: asked before anything dearer. */
export const NAME_HINTS = /key|token|passw|secret|authorization|cookie|x-amz-/i
