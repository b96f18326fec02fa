import type { Ending } from './exchange.ts'

const ENDINGS: readonly Ending[] = ['reset', 'close', 'hang']

/** What is wrong with what somebody's own code gives for an outcome; everything behind it relies on its shape. */
export function outcomeComplaint(given: unknown): string | undefined {
  if (given === undefined) return 'answers nothing: return what next(exchange) gives'
  const { kind, response, failure } = membersOf(given)
  if (kind === 'response') return responseComplaint(membersOf(response))
  if (kind !== 'failure') return 'answers neither a response nor a failure: return what next(exchange) gives'
  const { ending, reason } = membersOf(failure)
  if (!ENDINGS.includes(ending as Ending)) return `answers a failure without an ending: ${ENDINGS.join(', ')}`
  return typeof reason === 'string' ? undefined : 'answers a failure without a reason, a text'
}

function responseComplaint({ status, rawHeaders, body }: Members): string | undefined {
  // What is below 200 is no answer yet.
  if (!Number.isInteger(status) || Number(status) < 200 || Number(status) > 999)
    return 'answers a response without a status from 200 to 999'
  if (!isPairs(rawHeaders)) return 'answers a response without rawHeaders, [name, value, name, value, …]'
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return 'answers a response without a body, a text or a Buffer'
  return undefined
}

function isPairs(given: unknown): boolean {
  return Array.isArray(given) && given.length % 2 === 0 && given.every((part) => typeof part === 'string')
}

type Members = Readonly<Record<string, unknown>>

function membersOf(given: unknown): Members {
  return typeof given === 'object' && given !== null ? (given as Members) : {}
}
