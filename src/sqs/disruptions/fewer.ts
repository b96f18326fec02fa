import * as v from 'valibot'
import { cut } from '../engine/receive-policy.ts'
import { defineDisruption } from './disruption.ts'
import { count, mappingOr } from './mapping-or.ts'

/**
 * MaxNumberOfMessages is a limit, not a promise: AWS answers fewer though there are more, short polls and long ones. One
 * is left at least: that a receive finds nothing is `sample`.
 */
export const fewer = defineDisruption({
  name: 'fewer',
  summary: 'fewer messages than asked for though there are more, but one; how many is drawn unless said',
  args: mappingOr('most', { most: v.nullish(count(1, 9)) }),
  example: { most: 3 },
  policy: ({ most }, { draw, acted }) => ({
    receive: () => ({
      line(line, receiving) {
        const { max } = receiving
        const left = most ?? 1 + Math.floor(draw('messages') * max)
        return left < max ? cut(line, left, receiving, () => acted(`fewer ${left} of ${max}`)) : line
      },
    }),
  }),
})
