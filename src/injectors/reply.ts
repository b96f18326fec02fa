import type { ApiError } from '../core/errors.ts'
import { type Exchange, isDecodeFailure, type Outcome, type Result } from '../core/exchange.ts'
import type { Hop } from '../core/hop.ts'
import { oneOf } from '../core/one-of.ts'
import type { Phase } from '../core/trace.ts'
import type { Firing } from './effect.ts'

export type Answer = Outcome & { readonly kind: 'response' }

/** Where an effect with an answer of its own stands to the execution of the request. */
export const commitPhase = oneOf(['before-commit', 'after-commit'] as const satisfies readonly Phase[])

export interface Instead {
  readonly phase: Phase
  /** As `firing.happened` wants it. */
  readonly what: string
  readonly answer: () => Answer
}

/**
 * Another answer: of a request that is lost, or instead of the own answer of one that is executed. An answer that the
 * network has lost stays lost.
 */
export async function answerInstead(
  { phase, what, answer }: Instead,
  exchange: Exchange,
  next: Hop,
  firing: Firing,
): Promise<Outcome> {
  const own = phase === 'after-commit' ? await next(exchange) : undefined
  if (own?.kind === 'failure') return own
  firing.happened(phase, what)
  return own?.delivery === undefined ? answer() : { ...answer(), delivery: own.delivery }
}

/** An error in the caller's protocol. */
export function errorReply(exchange: Exchange, error: ApiError): Answer {
  const call = exchange.call()
  const operation = isDecodeFailure(call) ? '' : call.operation
  const result: Result = { kind: 'error', error }
  const response = call.protocol.encodeResponse({ operation }, result, exchange.id, exchange.request)
  return { kind: 'response', response, result }
}

/**
 * The same answer with another output, encoded again in the caller's protocol. `undefined` where nobody knows what the
 * answer said, and where the protocol cannot say this (a text for a list, in XML).
 */
export function withOutput(
  exchange: Exchange,
  outcome: Outcome,
  change: (output: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>> | undefined,
): Answer | undefined {
  const call = exchange.call()
  if (isDecodeFailure(call) || outcome.kind === 'failure' || outcome.result?.kind !== 'output') return undefined
  const output = change(outcome.result.output)
  if (output === undefined) return undefined
  const result: Result = { kind: 'output', output }
  try {
    const { body } = call.protocol.encodeResponse(call, result, exchange.id, exchange.request)
    return { ...outcome, result, response: { ...outcome.response, body } }
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

/** Other headers, in the place of those of the same name; `null` takes one away. */
export function withHeaders(answer: Answer, headers: Readonly<Record<string, string | null>>): Answer {
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  const raw = answer.response.rawHeaders
  const kept = raw.filter((_, i) => !names.has((raw[i - (i % 2)] as string).toLowerCase()))
  const added = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [name, value]))
  return { ...answer, response: { ...answer.response, rawHeaders: [...kept, ...added] } }
}
