import * as v from 'valibot'
import type { Message } from '../engine/message.ts'
import type { Line } from '../engine/receive-policy.ts'
import { defineDisruption } from './disruption.ts'
import { count, mappingOr } from './mapping-or.ts'

/** In one receive; behind so many it sees nothing more. AWS is not known to do better in a queue that is nearly empty. */
const MOST_UNSEEN = 1000

/**
 * AWS spreads the messages of a standard queue over servers, and a short poll asks some of them: it may find fewer
 * messages than there are, or none. A long poll asks all.
 */
export const sample = defineDisruption({
  name: 'sample',
  summary: 'short polls see the messages of some of the servers; long polls see all',
  args: mappingOr('seen', { servers: v.nullish(count(2, 20), 4), seen: v.nullish(count(1, 20), 2) }),
  example: { servers: 4, seen: 2 },
  policy: ({ servers, seen }, { draw, acted }) => ({
    receive: (kind) => ({
      line: (line, { isFifo }) =>
        isFifo || kind === 'long' || seen >= servers
          ? line
          : visibleOn(chosen(servers, seen, draw), servers, line, () => acted(`sample ${seen} of ${servers} servers`)),
    }),
  }),
})

function chosen(servers: number, seen: number, draw: (key: string) => number): ReadonlySet<number> {
  const ranks = Array.from({ length: servers }, (_, server) => ({ server, rank: draw(`server ${server}`) }))
  return new Set(
    ranks
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, seen)
      .map(({ server }) => server),
  )
}

function* visibleOn(seen: ReadonlySet<number>, servers: number, line: Line, onUnseen: () => void): Generator<Message> {
  let left = MOST_UNSEEN
  for (const message of line) {
    if (seen.has(serverOf(message, servers))) yield message
    else {
      onUnseen()
      if (--left === 0) return
    }
  }
}

/** The same for all its life in a queue. Multiplied by the golden ratio, neighbours are far from each other. */
function serverOf({ offset }: Message, servers: number): number {
  return Math.floor(((Math.imul(offset + 1, 0x9e3779b1) >>> 0) / 2 ** 32) * servers)
}
