import * as v from 'valibot'
import { oneOf } from '../../core/one-of.ts'
import { valueOf } from '../attributes.ts'
import type { Queue } from '../engine/queue.ts'
import { sqsError } from '../errors.ts'
import { defineDisruption } from './disruption.ts'
import { mappingOr } from './mapping-or.ts'

/** AWS's quota for a FIFO queue, for each action; with ten messages in each call these are its 3,000 messages. */
const FIFO_TPS = 300

const EXPECTED_TPS = 'expected calls per second: a number above 0, a million at most'

/**
 * AWS throttles a FIFO queue that has no high throughput; a standard queue has no limit worth the name, so here it has
 * one only when it is said. A FIFO queue is answered ThrottlingException, a standard one RequestThrottled.
 */
export const throttle = defineDisruption({
  name: 'throttle',
  summary:
    'so many calls in a second for each queue and operation; FIFO queues without high throughput: 300 unless said',
  args: mappingOr('tps', {
    tps: v.nullish(v.pipe(v.number(EXPECTED_TPS), v.gtValue(0, EXPECTED_TPS), v.maxValue(1_000_000, EXPECTED_TPS))),
    per: v.nullish(oneOf(['operation', 'queue']), 'operation'),
    code: v.nullish(oneOf(['RequestThrottled', 'ThrottlingException'])),
  }),
  example: { tps: 5, per: 'queue' },
  policy: (law, { acted, clock }) => ({
    admit(queue, operation) {
      const tps = law.tps ?? usualTps(queue)
      if (tps === undefined) return
      if (queue.rates.take(law, law.per === 'queue' ? 'queue' : operation, tps, clock.nowMs())) return
      acted(`throttle ${law.per === 'queue' ? queue.key.name : operation} at ${tps}/s`)
      throw sqsError(law.code ?? (queue.isFifo ? 'ThrottlingException' : 'RequestThrottled'))
    },
  }),
})

function usualTps(queue: Queue): number | undefined {
  const isSlow = queue.isFifo && valueOf(queue.attributes, 'FifoThroughputLimit') !== 'perMessageGroupId'
  return isSlow ? FIFO_TPS : undefined
}
