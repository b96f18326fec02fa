import * as v from 'valibot'
import { type AdminRoute, adminRoute, json } from '../../core/admin-route.ts'
import { strictly } from '../../core/strictly.ts'
import type { Queue } from '../engine/queue.ts'
import { PLACE, DEFAULT_ACCOUNT, queueOf } from './queue-of.ts'
import type { AdminOptions } from './routes.ts'

const PATH = '/_pipit/sqs/queues'

/** Which queues there are, in every region and account. */
export function queueRoutes({ worldOf, region }: AdminOptions): readonly AdminRoute[] {
  return [
    adminRoute({
      method: 'GET',
      path: PATH,
      summary: 'Queues with their counts, declared ones in the default region and account at least',
      query: strictly({ ...PLACE, prefix: v.optional(v.string(), '') }),
      answers: { 200: 'a list, by region, account and name' },
      answer: (ask) => {
        const { region: wantedRegion, account, prefix } = ask.query
        const world = worldOf(ask)
        // Declared queues are made when somebody looks.
        world.queues(account ?? DEFAULT_ACCOUNT, wantedRegion ?? region)
        const queues = [...world.engine.all()].filter(
          ({ key }) =>
            key.name.startsWith(prefix) &&
            (wantedRegion ?? key.region) === key.region &&
            (account ?? key.account) === key.account,
        )
        return json(200, { queues: queues.toSorted((a, b) => (a.arn < b.arn ? -1 : 1)).map(described) })
      },
    }),
    adminRoute({
      method: 'GET',
      path: `${PATH}/{name}`,
      summary: 'One queue',
      query: strictly(PLACE),
      answers: { 200: 'the queue', 404: 'there is no such queue', 409: 'there are several of this name' },
      answer: (ask) => json(200, described(queueOf(worldOf(ask), ask, ask.query, region))),
    }),
  ]
}

function described(queue: Queue): object {
  const { key, arn } = queue
  return {
    ...key,
    arn,
    counts: queue.counts(),
    waiting: queue.waiting,
    createdAt: new Date(queue.createdAtMs).toISOString(),
    attributes: Object.fromEntries(queue.attributes),
    tags: Object.fromEntries(queue.tags),
  }
}
