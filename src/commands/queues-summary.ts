import type { DeclaredQueue } from '../config.ts'

/** A line has room for about so many. */
const MOST_NAMED = 6

/** `2 queues (orders -> orders-dlq x3)`: each queue once, a dead-letter queue with its user. */
export function queuesSummary(queues: readonly DeclaredQueue[]): string {
  if (queues.length === 0) return 'no queues yet'
  const dlqs = new Set(queues.map(({ dlq }) => dlq?.name))
  const named = queues
    .filter(({ name, dlq }) => dlq !== undefined || !dlqs.has(name))
    .map(({ name, dlq }) => (dlq === undefined ? name : `${name} -> ${dlq.name} x${dlq.maxReceiveCount}`))
  const more = named.length > MOST_NAMED ? `, and ${named.length - MOST_NAMED} more` : ''
  const count = queues.length === 1 ? '1 queue' : `${queues.length} queues`
  return `${count} (${named.slice(0, MOST_NAMED).join(', ')}${more})`
}
