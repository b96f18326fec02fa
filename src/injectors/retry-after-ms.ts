import { defineEffect } from './effect.ts'
import { HTTP_LEGS } from './legs.ts'
import { withHeaders } from './reply.ts'
import { waiting } from './waiting.ts'

/** `Retry-After` has whole seconds. AWS's own header has milliseconds, and SDKs that know both take the first one. */
export const retryAfterMs = defineEffect({
  name: 'retryAfterMs',
  summary: 'an error answer says when to try again, in Retry-After and x-amz-retry-after',
  args: waiting,
  example: 2000,
  legs: HTTP_LEGS,
  inject: (ms) => async (exchange, next, firing) => {
    const outcome = await next(exchange)
    if (outcome.kind === 'failure' || outcome.response.status < 400) return outcome
    firing.happened('after-commit', `retryAfterMs ${ms}`)
    return withHeaders(outcome, {
      'x-amz-retry-after': String(Math.round(ms)),
      'Retry-After': String(Math.ceil(ms / 1000)),
    })
  },
})
