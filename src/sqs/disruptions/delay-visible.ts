import * as v from 'valibot'
import { duration } from '../../core/duration.ts'
import { defineDisruption } from './disruption.ts'
import { mappingOr } from './mapping-or.ts'

/** AWS has accepted a message before all its servers know of it; until then no receive finds it. */
export const delayVisible = defineDisruption({
  name: 'delayVisible',
  summary: 'messages that are sent are found by receives only so much later',
  args: mappingOr('by', { by: v.nullish(duration, 1000) }),
  example: { by: '1s' },
  policy: ({ by: byMs }, { acted }) => ({
    send: {
      delayMs(delayMs) {
        if (byMs > 0) acted(`delayVisible ${byMs}ms`)
        return delayMs + byMs
      },
    },
  }),
})
