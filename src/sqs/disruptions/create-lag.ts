import * as v from 'valibot'
import { duration } from '../../core/duration.ts'
import { defineDisruption } from './disruption.ts'
import { mappingOr } from './mapping-or.ts'

/** AWS: "you must wait at least one second after the queue is created to be able to use the queue". */
export const createLag = defineDisruption({
  name: 'createLag',
  summary: 'a queue that is created is not found by other calls for so long; creating it again finds it',
  args: mappingOr('lag', { lag: v.nullish(duration, 1000) }),
  example: { lag: '1s' },
  policy: ({ lag: lagMs }, { acted, clock }) => ({
    created(queue) {
      queue.foundFromMs = Math.max(queue.foundFromMs ?? 0, clock.nowMs() + lagMs)
      if (lagMs > 0) acted(`createLag ${lagMs}ms`)
    },
  }),
})
