// oxlint-disable-next-line no-restricted-imports -- no I/O: the only way to end an expression that takes years
import { type Context, createContext, Script } from 'node:vm'
import { PipitError } from './errors.ts'

/** Does a text fit? `undefined`: nobody will ever know. */
export type FinitePattern = (text: string) => boolean | undefined

/** Longer ones are not typed by hand. */
export const LONGEST_PATTERN = 500

/** Of an expression on one text: one can be written that takes years, and everybody would wait for it. */
const LONGEST_MS = 100

const TEST = new Script('pattern.test(text)')
let context: Context | undefined

/** `/^two .*s$/i`: what somebody writes for a regular expression, and not for a text. */
export function writtenPattern(text: string): { readonly pattern: string; readonly flags: string } | undefined {
  const [, pattern, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? []
  return pattern === undefined ? undefined : { pattern, flags }
}

/** A regular expression that ends, whoever wrote it. Throws a PipitError `bad-request` that says why it is none. */
export function finitePattern({ pattern, flags }: { readonly pattern: string; readonly flags: string }): FinitePattern {
  if (!/^[isu]*$/.test(flags)) throw complaint(`has the flags "${flags}", and only i, s and u mean something here`)
  if (pattern.length > LONGEST_PATTERN) throw complaint(`is longer than ${LONGEST_PATTERN} characters`)
  let compiled: RegExp
  try {
    compiled = new RegExp(pattern, flags)
  } catch (error) {
    throw complaint(`is no regular expression: ${(error as Error).message}`)
  }
  return (text) => {
    // One for all of them: it costs half a millisecond.
    context ??= createContext({})
    Object.assign(context, { pattern: compiled, text })
    // A machine that has much to do may stop a good one: only what is too slow twice is.
    return testOnce(context) ?? testOnce(context)
  }
}

function testOnce(prepared: Context): boolean | undefined {
  try {
    return TEST.runInContext(prepared, { timeout: LONGEST_MS }) as boolean
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    return undefined
  }
}

function complaint(what: string): PipitError {
  return new PipitError('bad-request', what)
}
