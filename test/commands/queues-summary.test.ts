import test from 'ava'
import { queuesSummary } from '../../src/commands/queues-summary.ts'
import { load } from '../config/sources.ts'

const summaries: readonly [queues: string, summary: string][] = [
  ['', 'no queues yet'],
  ['orders', '1 queue (orders)'],
  ['orders>orders-dlq:3', '2 queues (orders -> orders-dlq x3)'],
  ['a>d:3,b>d:5,events.fifo', '4 queues (a -> d x3, b -> d x5, events.fifo)'],
  ['a>b:1,b>c:2', '3 queues (a -> b x1, b -> c x2)'],
  ['a,b,c,d,e,f', '6 queues (a, b, c, d, e, f)'],
  ['a,b,c,d,e,f,g,h', '8 queues (a, b, c, d, e, f, and 2 more)'],
]

for (const [queues, summary] of summaries) {
  test(`${queues === '' ? 'nothing' : queues} reads ${summary}`, (t) => {
    t.is(queuesSummary(load({ env: { PIPIT_QUEUES: queues } }).config.services.sqs.queues), summary)
  })
}
