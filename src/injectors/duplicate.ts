import * as v from 'valibot'
import { defineEffect } from './effect.ts'
import { HTTP_LEGS } from './legs.ts'

/**
 * As when a proxy loses the first answer and sends the request again by itself: the second one begins when the first is
 * over, and its answer is the one that the client gets.
 */
export const duplicate = defineEffect({
  name: 'duplicate',
  summary: 'the request is executed twice, one after the other; the client gets the second answer',
  args: v.literal(true, 'expected true'),
  example: true,
  legs: HTTP_LEGS,
  inject: () => async (exchange, next, firing) => {
    await next(exchange)
    firing.happened('after-commit', 'duplicate')
    return next(exchange)
  },
})
