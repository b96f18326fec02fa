import * as v from 'valibot'
import { cut } from '../engine/receive-policy.ts'
import { defineDisruption } from './disruption.ts'
import { count, mappingOr } from './mapping-or.ts'

/**
 * AWS allows about 120,000 messages in flight. A short poll of a standard queue is answered OverLimit then; a long poll
 * waits, and a FIFO queue has nothing to give.
 */
export const inFlight = defineDisruption({
  name: 'inFlight',
  summary: 'no more messages in flight than so many: then OverLimit, or nothing where AWS answers nothing',
  args: mappingOr('max', { max: v.nullish(count(0, 120_000), 10) }),
  example: { max: 10 },
  policy: ({ max }, { acted }) => {
    const act = (taken: number): void => acted(`inFlight ${taken} of ${max}`)
    return {
      receive: (kind) => ({
        isFull(taken) {
          const isFull = kind === 'short' && taken >= max
          if (isFull) act(taken)
          return isFull
        },
        line(line, receiving) {
          const room = Math.max(0, max - receiving.inFlight)
          return room < receiving.max ? cut(line, room, receiving, () => act(receiving.inFlight + room)) : line
        },
      }),
    }
  },
})
