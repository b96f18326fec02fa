import {
  type GivenAttributes,
  checkAttributes,
  isComputed,
  mergeAttributes,
  settingsOf,
  valueOf,
} from '../attributes.ts'
import type { Queue } from '../engine/queue.ts'
import { type QueueKey, arnOf } from '../engine/queue-key.ts'
import { sqsError } from '../errors.ts'
import { isSameJson } from '../json-text.ts'
import { checkRedriveTarget } from '../redrive.ts'
import { isFifoName, isQueueName } from '../validation.ts'
import type { World } from '../world.ts'
import { type OperationContext, type Output, inputOf, regionOf, urlOf } from './operation.ts'
import { type Tags, checkTags } from './tags.ts'

interface CreateInput {
  readonly QueueName: string
  readonly Attributes: GivenAttributes
  readonly tags: Tags
}

const BAD_NAME = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'
const BAD_FIFO_NAME =
  'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.'

/** Tags count at the creation only, they are not compared. */
export function createQueue(context: OperationContext): Output {
  const { world, exchange } = context
  const { QueueName: name = '', Attributes: given = {}, tags = {} } = inputOf<CreateInput>(context)
  const key = { account: exchange.caller.account, region: regionOf(context), name }
  const existing = world.find(key)
  if (existing !== undefined) {
    checkSame(existing, given)
    return { QueueUrl: urlOf(context, existing) }
  }
  checkName(name, given.FifoQueue?.toLowerCase() === 'true')
  if (world.strict.recreateDelay && world.engine.deletedAtMs(key) !== undefined) throw sqsError('QueueDeletedRecently')
  checkTags(tags, 0)
  const queue = makeQueue(world, key, given, tags)
  for (const policy of context.policies ?? []) policy.created?.(queue)
  return { QueueUrl: urlOf(context, queue) }
}

function makeQueue(world: World, key: QueueKey, given: GivenAttributes, tags: Tags): Queue {
  const isFifo = isFifoName(key.name)
  const attributes = mergeAttributes(new Map(), checkAttributes(given, isFifo))
  const redrivePolicy = attributes.get('RedrivePolicy')
  if (redrivePolicy !== undefined) {
    checkRedriveTarget({ key, isFifo, arn: arnOf(key) }, redrivePolicy, (target) => world.lookUp(target))
  }
  const queue = world.engine.create(key, settingsOf(attributes, isFifo))
  for (const [name, value] of attributes) queue.attributes.set(name, value)
  for (const name of Object.keys(tags)) queue.tags.set(name, tags[name] as string)
  return queue
}

function checkName(name: string, isFifo: boolean): void {
  if (isFifo && !(isQueueName(name) && isFifoName(name))) {
    throw sqsError('InvalidParameterValueException', BAD_FIFO_NAME)
  }
  if (!isFifo && (!isQueueName(name) || isFifoName(name))) throw sqsError('InvalidParameterValueException', BAD_NAME)
}

/**
 * Creating a queue again is no error while every attribute that is given has the value in force now. What is computed
 * cannot differ.
 */
function checkSame(queue: Queue, given: GivenAttributes): void {
  const settable: Record<string, string> = {}
  for (const name of Object.keys(given)) if (!isComputed(name)) settable[name] = given[name] as string
  for (const [name, value] of checkAttributes(settable, queue.isFifo)) {
    const current = valueOf(queue.attributes, name) ?? ''
    if (value === current || isSameJson(value, current)) continue
    throw sqsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${name}`,
    )
  }
}
