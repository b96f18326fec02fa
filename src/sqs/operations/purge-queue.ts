import { sqsError } from '../errors.ts'
import { NOTHING, type OperationContext, type Output, queueOf } from './operation.ts'

const PURGE_DELAY_MS = 60_000

export function purgeQueue(context: OperationContext): Output {
  const queue = queueOf(context)
  const { strict, clock } = context.world
  const purgedAtMs = queue.purgedAtMs
  if (strict.purgeDelay && purgedAtMs !== undefined && clock.nowMs() < purgedAtMs + PURGE_DELAY_MS) {
    throw sqsError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.key.name} is allowed every 60 seconds.`,
    )
  }
  queue.purge()
  return NOTHING
}
