import * as v from 'valibot'
import { defineDisruption } from './disruption.ts'
import { mappingOr } from './mapping-or.ts'

/** No message is in flight for longer, whatever anybody wants. */
const LONGEST_MS = 43_200_000

const EXPECTED = 'expected a number from 0 to 10'

/** A consumer that is late, without waiting for it: its messages come back while it still works on them. */
export const visibility = defineDisruption({
  name: 'visibility',
  summary: 'visibility timeouts of receives are so many times as long: 0.1 brings messages back early',
  args: mappingOr('scale', {
    scale: v.nullish(v.pipe(v.number(EXPECTED), v.minValue(0, EXPECTED), v.maxValue(10, EXPECTED)), 0.1),
  }),
  example: { scale: 0.1 },
  policy: ({ scale }, { acted }) => ({
    receive() {
      let what = ''
      return {
        visibilityMs(wantedMs) {
          const ms = Math.min(LONGEST_MS, Math.round(wantedMs * scale))
          what = ms === wantedMs ? '' : `visibility ${ms}ms for ${wantedMs}ms`
          return ms
        },
        delivered() {
          if (what !== '') acted(what)
        },
      }
    },
  }),
})
