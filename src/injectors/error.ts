import * as v from 'valibot'
import { either } from '../core/either.ts'
import type { ApiError } from '../core/errors.ts'
import { strictly } from '../core/strictly.ts'
import type { Phase } from '../core/trace.ts'
import { defineEffect } from './effect.ts'
import { findError, unknownError } from '../core/find-error.ts'
import { HTTP_LEGS } from './legs.ts'
import { answerInstead, commitPhase, errorReply } from './reply.ts'
import { status } from './status.ts'

const CODE = 'expected the code of an error like "RequestThrottled"'
/** It goes into a header. */
const code = v.pipe(v.string(CODE), v.regex(/^[\w.#:-]{1,128}$/, CODE))
const MESSAGE = 'expected a text'
const message = v.pipe(v.string(MESSAGE), v.maxLength(4096, 'expected at most 4096 characters'))

interface Wanted {
  readonly code: string
  readonly status?: number | undefined
  readonly message?: string | undefined
  readonly phase: Phase
}

export const error = defineEffect({
  name: 'error',
  summary: 'an error of the API; by default the request is not executed',
  args: v.pipe(
    either(
      code,
      strictly({
        code,
        status: v.optional(status),
        message: v.optional(message),
        phase: v.optional(commitPhase, 'before-commit'),
      }),
    ),
    v.transform((given): Wanted => (typeof given === 'string' ? { code: given, phase: 'before-commit' } : given)),
  ),
  example: 'RequestThrottled',
  legs: HTTP_LEGS,
  answers: true,
  check(args, services) {
    const complaint = args.status === undefined ? unknownError(services, args.code) : undefined
    return complaint && `${complaint}; one that nobody knows needs a status`
  },
  inject: (args) => (exchange, next, firing) => {
    const chosen = errorOf(args, firing.service === undefined ? undefined : findError(firing.service, args.code))
    if (chosen === undefined) return next(exchange)
    const { phase } = args
    const answer = { phase, what: `error ${chosen.code}`, answer: () => errorReply(exchange, chosen) }
    return answerInstead(answer, exchange, next, firing)
  },
})

/** One that the service does not know is made up, if it has a status. */
function errorOf({ code: name, status: wanted, message: text }: Wanted, known?: ApiError): ApiError | undefined {
  if (known === undefined && wanted === undefined) return undefined
  const { query, ...found } = known ?? { shape: name, code: name, status: 400, fault: 'Sender', message: name }
  const own = wanted ?? found.status
  const queryStatus = wanted === undefined ? query?.status : undefined
  const queryMessage = text === undefined ? query?.message : undefined
  return {
    ...found,
    status: own,
    fault: wanted === undefined ? found.fault : wanted >= 500 ? 'Receiver' : 'Sender',
    message: text ?? found.message,
    query: {
      ...(queryStatus !== undefined && { status: queryStatus }),
      ...(queryMessage !== undefined && { message: queryMessage }),
    },
  }
}
