import { ServiceError } from '../core/errors.ts'
import type { Call, Exchange } from '../core/exchange.ts'
import { checkAttributes, integerOf, isComputed, settingsOf } from './attributes.ts'
import type { QueueKey } from './engine/queue-key.ts'
import { readMessageAttributes, readTraceHeader, type WireAttributes } from './message-attributes.ts'
import { parseQueueUrl } from './queue-url.ts'
import { senderIdOf } from './sender-id.ts'
import { isFifoName } from './validation.ts'
import type { World } from './world.ts'

type Members = Readonly<Record<string, unknown>>

/** Of a FIFO queue's message whose group nobody asked for when it was recorded. */
const UNKNOWN_GROUP = 'pipit'

/**
 * A message that S3, SNS or anybody else has sent when this was recorded: as a receive shows it. It is there at once,
 * and it is sent by nobody who calls here. Answers its id.
 */
export function arrive(world: World, input: Members, message: Members, exchange: Exchange): string {
  const key = keyOf(input['QueueUrl'], exchange)
  const queue = key && (world.find(key) ?? make(world, key, {}))
  if (queue === undefined) throw new TypeError('a message arrives at a queue')
  const told = (message['Attributes'] ?? {}) as Readonly<Record<string, string>>
  const attributes = readMessageAttributes(message['MessageAttributes'] as WireAttributes | undefined)
  const { AWSTraceHeader, MessageGroupId, MessageDeduplicationId, SenderId } = told
  const traceHeader =
    AWSTraceHeader === undefined
      ? undefined
      : readTraceHeader({ AWSTraceHeader: { DataType: 'String', StringValue: AWSTraceHeader } })
  const groupId = MessageGroupId ?? (queue.isFifo ? UNKNOWN_GROUP : undefined)
  const deduplicationId = queue.isFifo ? (MessageDeduplicationId ?? String(message['MessageId'])) : undefined
  return queue.send({
    body: String(message['Body']),
    senderId: SenderId ?? senderIdOf(exchange.caller.accessKey),
    ...(queue.isFifo ? {} : { delaySeconds: 0 }),
    ...(attributes !== undefined && { attributes }),
    ...(traceHeader !== undefined && { traceHeader }),
    ...(groupId !== undefined && { groupId }),
    ...(deduplicationId !== undefined && { deduplicationId }),
  }).messageId
}

/** A queue that was there before anybody recorded. `told`: what answers say of it, its `Attributes` above all. */
export function presume(world: World, { input, path }: Call, told: Members, exchange: Exchange): void {
  const key = keyOf(input['QueueUrl'] ?? input['QueueName'] ?? path, exchange)
  if (key !== undefined && world.find(key) === undefined) make(world, key, (told['Attributes'] ?? {}) as Members)
}

/** The dead letters of a queue that was there before anybody recorded, known by what came to them. */
export function passOn(world: World, from: Members, to: Members, after: number, exchange: Exchange): void {
  const [source, target] = [keyOf(from['QueueUrl'], exchange), keyOf(to['QueueUrl'], exchange)]
  const queue = source && world.find(source)
  if (queue === undefined || target === undefined || queue.attributes.has('RedrivePolicy')) return
  if (world.find(target) === undefined) make(world, target, {})
  const deadLetterTargetArn = `arn:aws:sqs:${target.region}:${target.account}:${target.name}`
  queue.attributes.set('RedrivePolicy', JSON.stringify({ deadLetterTargetArn, maxReceiveCount: after }))
  const settings = settingsOf(queue.attributes, queue.isFifo)
  const { fifo } = queue.settings
  queue.configure(fifo === undefined ? settings : { ...settings, fifo })
}

/** Seconds for which a receive waits that does not say it: what its queue says. */
export function ownWait(world: World, { input, path }: Call, exchange: Exchange): number {
  const key = keyOf(input['QueueUrl'] ?? path, exchange)
  const queue = key && world.find(key)
  return queue === undefined ? 0 : integerOf(queue.attributes, 'ReceiveMessageWaitTimeSeconds')
}

function keyOf(url: unknown, { caller }: Exchange): QueueKey | undefined {
  const address = typeof url === 'string' ? parseQueueUrl(url) : undefined
  return address && { account: address.account ?? caller.account, region: caller.region, name: address.name }
}

function make(world: World, key: QueueKey, told: Members): ReturnType<World['find']> {
  const isFifo = isFifoName(key.name)
  const given = Object.fromEntries(Object.entries(told).filter(([name]) => !isComputed(name)))
  const attributes = settable({ ...(isFifo && { FifoQueue: 'true' }), ...given }, isFifo)
  const queue = world.engine.create(key, settingsOf(attributes, isFifo))
  for (const [name, value] of attributes) queue.attributes.set(name, value)
  return queue
}

/** A newer SQS may tell of attributes that this one does not know. */
function settable(given: Record<string, string>, isFifo: boolean): Map<string, string> {
  const known = new Map<string, string>()
  for (const [name, value] of Object.entries(given)) {
    try {
      for (const [each, checked] of checkAttributes({ ...Object.fromEntries(known), [name]: value }, isFifo))
        if (checked !== '') known.set(each, checked)
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error
    }
  }
  return known
}
