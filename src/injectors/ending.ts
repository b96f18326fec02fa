import type { Delivery, Ending, Outcome } from '../core/exchange.ts'
import { oneOf } from '../core/one-of.ts'
import { delivered } from './bytes.ts'
import { defineEffect, type Effect } from './effect.ts'
import { ALL_LEGS } from './legs.ts'

const MOMENTS = ['before-commit', 'after-commit', 'mid-head', 'mid-body'] as const
type Moment = (typeof MOMENTS)[number]

/** `reset`, `close` and `hang`: no answer, or half of one. */
export function endingEffect(ending: Ending, summary: string): Effect<Moment> {
  return defineEffect({
    name: ending,
    summary,
    args: oneOf(MOMENTS),
    example: 'after-commit',
    legs: ALL_LEGS,
    answers: true,
    check: (moment, _services, leg) =>
      leg === 'wire' && moment === 'before-commit'
        ? `on leg wire there are only the bytes that come back: expected ${MOMENTS.slice(1).join(', ')}`
        : undefined,
    inject: (moment) => async (exchange, next, firing) => {
      const lost: Outcome = { kind: 'failure', failure: { ending, reason: `fault: ${ending} ${moment}` } }
      if (moment === 'before-commit') {
        firing.happened(moment, ending)
        return lost
      }
      const outcome = await next(exchange)
      if (outcome.kind === 'failure') return outcome
      firing.happened('after-commit', moment === 'after-commit' ? ending : `${ending} ${moment}`)
      return moment === 'after-commit' ? lost : delivered(outcome, half(moment, ending))
    },
    deliveries(moment, firing) {
      firing.happened('after-commit', moment === 'after-commit' ? ending : `${ending} ${moment}`)
      return [moment === 'after-commit' ? { kind: 'cut', at: { part: 'body', at: 0 }, ending } : half(moment, ending)]
    },
  })
}

function half(moment: Moment, ending: Ending): Delivery {
  return { kind: 'cut', at: { part: moment === 'mid-head' ? 'head' : 'body', fraction: 0.5 }, ending }
}
