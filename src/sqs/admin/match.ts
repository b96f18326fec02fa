import { PipitError } from '../../core/errors.ts'

/** Does a message's body fit? */
export type Match = (body: string) => boolean

const LONGEST_MATCH = 500

/** A pattern looks at so much of a body: what it costs must not depend on who sent the message. */
const LONGEST_SEARCHED = 64 * 1024

/**
 * `coffee`: a text that the body contains. `/^two .*s$/i`: a regular expression. `$.order.id=42`: a value in a body that
 * is JSON, by its path; numbers, true, false and null are written as in JSON, everything else is text. Throws a
 * PipitError: `bad-request`.
 */
export function parseMatch(text: string): Match {
  if (text.length > LONGEST_MATCH) throw complaint(`is longer than ${LONGEST_MATCH} characters`)
  const [, pattern, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? []
  if (pattern !== undefined) return byPattern(pattern, flags)
  const [, path, value] = /^\$((?:\.[\w-]+|\[\d+\])+)\s*=\s*(.*)$/s.exec(text) ?? []
  if (path === undefined) return (body) => body.includes(text)
  const keys = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? (index as string))
  return (body) => textOf(valueAt(body, keys)) === value
}

function byPattern(pattern: string, flags: string): Match {
  if (!/^[isu]*$/.test(flags)) throw complaint(`has the flags "${flags}", and only i, s and u mean something here`)
  // A group that repeats and is repeated can take exponential time, and the whole gateway would wait for it.
  if (/[*+}]\)[*+{]/.test(pattern)) throw complaint('repeats what repeats already: write it without one of them')
  try {
    const expression = new RegExp(pattern, flags)
    return (body) => expression.test(body.slice(0, LONGEST_SEARCHED))
  } catch (error) {
    throw complaint(`is no regular expression: ${(error as Error).message}`)
  }
}

function valueAt(body: string, keys: readonly string[]): unknown {
  let at: unknown
  try {
    at = JSON.parse(body)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  for (const key of keys) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<string, unknown>)[key]
  }
  return at
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || value === undefined ? value : JSON.stringify(value)
}

function complaint(what: string): PipitError {
  return new PipitError('bad-request', `match ${what}`)
}
