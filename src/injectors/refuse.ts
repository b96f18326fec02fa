import * as v from 'valibot'
import { duration } from '../core/duration.ts'
import { defineEffect } from './effect.ts'
import { ALL_LEGS } from './legs.ts'

/** The control plane is behind the same port: nobody could say that it is enough. */
const LONGEST_MS = 10 * 60_000

/**
 * As when a server restarts: the request that it takes down is lost with its connection, and new connections are refused.
 * Those that are open otherwise go on; a client notices when it opens its next one.
 */
export const refuse = defineEffect({
  name: 'refuse',
  summary: 'the request is lost, and for so long every new connection is refused',
  args: v.pipe(duration, v.maxValue(LONGEST_MS, 'expected at most 10m: the control plane cannot be reached either')),
  example: '5s',
  legs: ALL_LEGS,
  answers: true,
  inject: (forMs) => async (_exchange, _next, firing) => {
    firing.refuse(forMs)
    firing.happened('before-commit', `refuse ${forMs}ms`)
    return { kind: 'failure', failure: { ending: 'close', reason: 'fault: refuse' } }
  },
  deliveries(forMs, firing) {
    firing.refuse(forMs)
    firing.happened('after-commit', `refuse ${forMs}ms`)
    return [{ kind: 'cut', at: { part: 'body', at: 0 }, ending: 'close' }]
  },
})
