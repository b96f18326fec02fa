import type { Engine } from './engine.ts'
import type { Message } from './message.ts'
import type { Queue } from './queue.ts'

/**
 * Where a message goes instead of being delivered: it has been received often enough in this queue, though its count
 * goes on from former queues. Without a queue to go to it stays: AWS keeps the messages of a deleted dead-letter queue's
 * sources. A queue that is its own target, or one of the other kind, is none: the API refuses both.
 */
export function deadLetterTargetOf(message: Message, queue: Queue, engine: Engine): Queue | undefined {
  const { redrive } = queue.settings
  if (redrive === undefined) return undefined
  if (message.receiveCount - (message.redriven?.receiveCount ?? 0) < redrive.maxReceiveCount) return undefined
  const target = engine.findByArn(redrive.targetArn)
  return target === queue || target?.isFifo !== queue.isFifo ? undefined : target
}
