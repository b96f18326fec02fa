// oxlint-disable-next-line no-restricted-imports -- no I/O: the only way to end an expression that takes years
import { createContext, Script } from 'node:vm'
import { PipitError } from '../../core/errors.ts'

/** Does a message's body fit? */
export type Match = (body: string) => boolean

const LONGEST_MATCH = 500

/** Of an expression on one body: one can be written that takes years, and everybody would wait for it. */
const LONGEST_MS = 100

const TEST = new Script('pattern.test(body)')

/**
 * `coffee`: a text that the body contains. `/^two .*s$/i`: a regular expression. `$.order.id=42`: a value in a body that
 * is JSON, by its path; numbers, true, false and null are written as in JSON, everything else is text. Throws a
 * PipitError: `bad-request`, also from a match that takes too long.
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
  let compiled: RegExp
  try {
    compiled = new RegExp(pattern, flags)
  } catch (error) {
    throw complaint(`is no regular expression: ${(error as Error).message}`)
  }
  const context = createContext({ pattern: compiled, body: '' })
  return (body) => {
    context['body'] = body
    try {
      return TEST.runInContext(context, { timeout: LONGEST_MS }) as boolean
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      throw complaint('takes too long: write it without repetitions of repetitions')
    }
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
