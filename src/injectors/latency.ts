import * as v from 'valibot'
import { either } from '../core/either.ts'
import { strictly } from '../core/strictly.ts'
import { wait } from '../core/wait.ts'
import { defineEffect, type Firing } from './effect.ts'
import { ALL_LEGS } from './legs.ts'
import { LONGEST_WAIT_MS, waiting } from './waiting.ts'

const SIGMA = 'expected a number from 0 to 10'
const shapes = {
  uniform: strictly({ min: waiting, max: waiting }),
  normal: strictly({ mean: waiting, sigma: waiting, max: v.optional(waiting, LONGEST_WAIT_MS) }),
  lognormal: strictly({
    median: waiting,
    sigma: v.pipe(v.number(SIGMA), v.minValue(0, SIGMA), v.maxValue(10, SIGMA)),
    max: v.optional(waiting, LONGEST_WAIT_MS),
  }),
}

type Latency =
  | number
  | {
      readonly [K in keyof typeof shapes]?: v.InferOutput<(typeof shapes)[K]> | undefined
    }

export const latency = defineEffect({
  name: 'latency',
  summary: 'a wait before the request is executed: fixed, uniform, normal or lognormal',
  args: either(
    waiting,
    v.pipe(
      strictly({
        uniform: v.optional(shapes.uniform),
        normal: v.optional(shapes.normal),
        lognormal: v.optional(shapes.lognormal),
      }),
      v.check((given) => Object.keys(given).length === 1, 'expected one of uniform, normal, lognormal'),
      v.check(({ uniform }) => uniform === undefined || uniform.min <= uniform.max, 'min is above max'),
    ),
  ),
  example: { lognormal: { median: '80ms', sigma: 0.4, max: '2s' } },
  legs: ALL_LEGS,
  inject: (args) => async (exchange, next, firing) => {
    const ms = sample(args, firing)
    firing.happened('before-commit', word(ms))
    await wait(firing.wall, ms, exchange.signal)
    // Whoever hangs up before his request arrives has not sent it.
    if (exchange.signal.aborted) return { kind: 'failure', failure: { ending: 'close', reason: 'the client has gone' } }
    return next(exchange)
  },
  deliveries(args, firing) {
    const ms = sample(args, firing)
    firing.happened('after-commit', word(ms))
    return [{ kind: 'wait', ms }]
  },
})

function word(ms: number): string {
  return `latency +${Math.round(ms)}ms`
}

function sample(latencyOf: Latency, firing: Firing): number {
  if (typeof latencyOf === 'number') return latencyOf
  const { uniform, normal, lognormal } = latencyOf
  if (uniform !== undefined) return uniform.min + firing.draw('latency') * (uniform.max - uniform.min)
  if (normal !== undefined) return within(normal.mean + normal.sigma * deviation(firing), normal.max)
  if (lognormal !== undefined)
    return within(lognormal.median * Math.exp(lognormal.sigma * deviation(firing)), lognormal.max)
  return 0
}

function within(ms: number, max: number): number {
  return Math.min(Math.max(0, ms), max)
}

/** Of the standard normal distribution, by Box and Muller. */
function deviation(firing: Firing): number {
  const radius = Math.sqrt(-2 * Math.log(1 - firing.draw('latency')))
  return radius * Math.cos(2 * Math.PI * firing.draw('latency angle'))
}
