import { oneOf } from '../core/one-of.ts'
import { defineEffect } from './effect.ts'
import { findError, unknownError } from '../core/find-error.ts'
import { HTTP_LEGS } from './legs.ts'
import { answerInstead, errorReply } from './reply.ts'

/** The errors of AWS's common layer, as a service's table has them. */
const ERRORS = {
  expired: 'ExpiredTokenException',
  unknown: 'UnrecognizedClientException',
  denied: 'AccessDeniedException',
} as const

const KINDS = Object.keys(ERRORS) as (keyof typeof ERRORS)[]

export const credentials = defineEffect({
  name: 'credentials',
  summary: 'the caller is refused: its token has expired, its key is unknown, or it may not do this',
  args: oneOf(KINDS),
  example: 'expired',
  legs: HTTP_LEGS,
  answers: true,
  check: (kind, services) => unknownError(services, ERRORS[kind]),
  inject: (kind) => (exchange, next, firing) => {
    const error = firing.service && findError(firing.service, ERRORS[kind])
    if (error === undefined) return next(exchange)
    const answer = {
      phase: 'before-commit',
      what: `credentials ${kind}`,
      answer: () => errorReply(exchange, error),
    } as const
    return answerInstead(answer, exchange, next, firing)
  },
})
