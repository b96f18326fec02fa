import {
  type GivenAttributes,
  checkAttributes,
  describeAttributes,
  mergeAttributes,
  settingsOf,
} from '../attributes.ts'
import type { Queue } from '../engine/queue.ts'
import { checkRedriveTarget } from '../redrive.ts'
import { NOTHING, type OperationContext, type Output, inputOf, queueOf } from './operation.ts'

/** Without names there is no answer but the empty one. */
export function getQueueAttributes(context: OperationContext): Output {
  const queue = queueOf(context)
  const { AttributeNames: names = [] } = inputOf<{ AttributeNames: readonly string[] }>(context)
  const attributes = describeAttributes(queue, names)
  return attributes === undefined ? NOTHING : { Attributes: attributes }
}

/** All or nothing: one attribute that is refused keeps the others from changing. */
export function setQueueAttributes(context: OperationContext): Output {
  const queue = queueOf(context)
  const { Attributes: given = {} } = inputOf<{ Attributes: GivenAttributes }>(context)
  const changes = checkAttributes(given, queue.isFifo)
  const merged = mergeAttributes(queue.attributes, changes)
  const redrivePolicy = changes.get('RedrivePolicy') ?? ''
  if (redrivePolicy !== '') checkRedriveTarget(queue, redrivePolicy, (key) => context.world.lookUp(key))
  replaceAttributes(context, queue, merged)
  return NOTHING
}

/**
 * Puts checked attributes in force. A FIFO queue keeps the deduplication scope that it was created with: AWS shows a
 * later one and does not follow it.
 */
export function replaceAttributes(
  { world }: OperationContext,
  queue: Queue,
  attributes: ReadonlyMap<string, string>,
): void {
  const { fifo } = queue.settings
  const settings = settingsOf(attributes, queue.isFifo)
  queue.configure(fifo === undefined ? settings : { ...settings, fifo })
  queue.attributes.clear()
  for (const [name, value] of attributes) queue.attributes.set(name, value)
  queue.modifiedAtMs = world.clock.nowMs()
}
