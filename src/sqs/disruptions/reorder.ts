import * as v from 'valibot'
import type { Message } from '../engine/message.ts'
import type { Line } from '../engine/receive-policy.ts'
import { defineDisruption } from './disruption.ts'
import { count, mappingOr } from './mapping-or.ts'

/** AWS's order is best effort in a standard queue, and kept in a FIFO queue: that is broken only for who says so. */
export const reorder = defineDisruption({
  name: 'reorder',
  summary: 'each message of a receive is any of the next so many in line',
  args: mappingOr('window', { window: v.nullish(count(2, 1000), 10), fifo: v.nullish(v.boolean(), false) }),
  example: { window: 10 },
  policy: ({ window, fifo }, { draw, acted }) => ({
    receive: () => ({
      line: (line, { isFifo }) =>
        isFifo && !fifo ? line : shuffled(line, window, draw, () => acted(`reorder within ${window}`)),
    }),
  }),
})

/** Nobody comes sooner than the window is long; by chance somebody comes late. */
function* shuffled(line: Line, window: number, draw: (key: string) => number, onSwap: () => void): Generator<Message> {
  const near: Message[] = []
  let picks = 0
  const pick = (): Message => {
    const at = Math.floor(draw(`pick ${picks++}`) * near.length)
    if (at > 0) onSwap()
    return near.splice(at, 1)[0] as Message
  }
  for (const message of line) {
    near.push(message)
    if (near.length === window) yield pick()
  }
  while (near.length > 0) yield pick()
}
