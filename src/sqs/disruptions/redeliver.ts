import * as v from 'valibot'
import { duration } from '../../core/duration.ts'
import { defineDisruption } from './disruption.ts'
import { count, mappingOr } from './mapping-or.ts'

/**
 * AWS keeps every message on several servers. One that does not hear of a receive or a delete delivers it again, with the
 * same id and a receipt handle of its own.
 */
export const redeliver = defineDisruption({
  name: 'redeliver',
  summary: 'messages that are received come again, whatever becomes of them',
  args: mappingOr('copies', { copies: v.nullish(count(1, 10), 1), after: v.nullish(duration, 0) }),
  example: { copies: 1, after: '500ms' },
  policy: ({ copies, after: afterMs }, { acted }) => ({
    receive: () => ({
      delivered(delivered, again) {
        const repeated = delivered.filter(({ message }) => again(message, copies, afterMs)).length
        if (repeated > 0) acted(`redeliver ${repeated * copies} after ${afterMs}ms`)
      },
    }),
  }),
})
