import { PipitError } from '../../core/errors.ts'
import { type FinitePattern, finitePattern, writtenPattern } from '../../core/finite-pattern.ts'

/** Does a message's body fit? */
export type Match = (body: string) => boolean

const LONGEST_MATCH = 500

/**
 * `coffee`: a text that the body contains. `/^two .*s$/i`: a regular expression. `$.order.id=42`: a value in a body that
 * is JSON, by its path; numbers, true, false and null are written as in JSON, everything else is text. Throws a
 * PipitError: `bad-request`, also from a match that takes too long.
 */
export function parseMatch(text: string): Match {
  if (text.length > LONGEST_MATCH) throw complaint(`is longer than ${LONGEST_MATCH} characters`)
  const written = writtenPattern(text)
  if (written !== undefined) return byPattern(written)
  const [, path, value] = /^\$((?:\.[\w-]+|\[\d+\])+)\s*=\s*(.*)$/s.exec(text) ?? []
  if (path === undefined) return (body) => body.includes(text)
  const keys = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? (index as string))
  return (body) => textOf(valueAt(body, keys)) === value
}

function byPattern(written: Parameters<typeof finitePattern>[0]): Match {
  let fits: FinitePattern
  try {
    fits = finitePattern(written)
  } catch (error) {
    throw error instanceof PipitError ? complaint(error.message) : error
  }
  return (body) => {
    const isFit = fits(body)
    if (isFit === undefined) throw complaint('takes too long: write it without repetitions of repetitions')
    return isFit
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
