import { createHash } from 'node:crypto'
import { ServiceError } from 'pipit'
import { checkAttributes, sizeOf } from './attributes.js'
import { envelope } from './envelope.js'
import { passes } from './filter-policy.js'
import { invalid } from './refusals.js'
import { subscriptionsOf } from './subscriptions.js'
import { checkArn, topicOf } from './topics.js'

const MOST_BYTES = 256 * 1024
const MOST_ENTRIES = 10
const DEDUPLICATION_MS = 5 * 60 * 1000

export async function publish(input, context) {
  const { TopicArn, TargetArn, PhoneNumber } = input
  checkMessage(input, context)
  if (sizeOf(input) > MOST_BYTES) throw invalid(context, 'Message too long')
  if (PhoneNumber !== undefined)
    throw invalid(
      context,
      `PhoneNumber Reason: ${PhoneNumber} is not valid to publish to: this SNS is a plugin of pipit`,
    )
  const arn = TopicArn ?? TargetArn
  if (arn === undefined) throw invalid(context, 'TopicArn or TargetArn Reason: no value for required parameter')
  checkArn(arn, 'TopicArn', context)
  if (arn.includes(':endpoint/'))
    throw invalid(context, 'TargetArn Reason: No endpoint found for the target arn specified')
  return publishTo(topicOf(arn, context), input, context)
}

/** One that is wrong refuses all of them, as on AWS. */
export async function publishBatch({ TopicArn, PublishBatchRequestEntries: entries }, context) {
  const { error } = context
  if (entries.length === 0) throw error('EmptyBatchRequestException')
  if (entries.length > MOST_ENTRIES) throw error('TooManyEntriesInBatchRequestException')
  const topic = topicOf(TopicArn, context)
  const ids = entries.map(({ Id = '' }) => Id)
  if (new Set(ids).size < ids.length) throw error('BatchEntryIdsNotDistinctException')
  for (const id of ids) {
    const entry = 'The Id of a batch entry in the batch request'
    if (id.length > 80) throw error('InvalidBatchEntryIdException', `${entry} is too long: ${id}`)
    if (!/^[\w-]+$/.test(id))
      throw error('InvalidBatchEntryIdException', `${entry} contains an impermissible character: ${id}`)
  }
  for (const [index, entry] of entries.entries()) checkMessage(entry, context, index + 1)
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MOST_BYTES) throw error('BatchRequestTooLongException')
  for (const entry of entries) checkTopicType(topic, entry, context)
  const Successful = []
  for (const entry of entries) Successful.push({ Id: entry.Id, ...(await publishTo(topic, entry, context)) })
  return { Successful }
}

function checkMessage({ Message = '', Subject, MessageAttributes = {}, MessageStructure }, context, position) {
  if (Subject !== undefined && !/^[\x20-\x7e]{1,100}$/.test(Subject)) throw invalid(context, 'Subject')
  if (Message === '') throw invalid(context, 'Empty message')
  checkAttributes(MessageAttributes, context, position)
  if (MessageStructure !== undefined && MessageStructure !== 'json') throw invalid(context, 'MessageStructure')
  if (MessageStructure === 'json') messageFor('default', { Message, MessageStructure }, context)
}

function checkTopicType(topic, { MessageGroupId, MessageDeduplicationId }, context) {
  if (!topic.isFifo) {
    if (MessageDeduplicationId !== undefined)
      throw invalid(
        context,
        'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
      )
    return
  }
  if (MessageGroupId === undefined) throw invalid(context, 'The MessageGroupId parameter is required for FIFO topics')
  if (MessageDeduplicationId === undefined && topic.attributes.get('ContentBasedDeduplication') !== 'true')
    throw invalid(
      context,
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    )
}

/** Other protocols may be told something else: `{"default": "…", "sqs": "…"}`. */
function messageFor(protocol, { Message, MessageStructure }, context) {
  if (MessageStructure !== 'json') return Message
  let messages
  try {
    messages = JSON.parse(Message)
  } catch {
    throw invalid(context, 'Message Structure - JSON message body failed to parse')
  }
  if (typeof messages?.default !== 'string')
    throw invalid(context, 'Message Structure - No default entry in JSON message body')
  return typeof messages[protocol] === 'string' ? messages[protocol] : messages.default
}

async function publishTo(topic, input, context) {
  checkTopicType(topic, input, context)
  const nowMs = context.clock.nowMs()
  const deduplicationId = topic.isFifo
    ? (input.MessageDeduplicationId ?? createHash('sha256').update(input.Message).digest('hex'))
    : undefined
  const before = deduplicationId === undefined ? undefined : seenBefore(topic, deduplicationId, input, nowMs)
  if (before !== undefined) return before
  const MessageId = context.random.uuid()
  const SequenceNumber = topic.isFifo ? String(10n ** 19n + BigInt(topic.sequence++)) : undefined
  const answer = { MessageId, ...(SequenceNumber !== undefined && { SequenceNumber }) }
  if (deduplicationId !== undefined) topic.seen.set(scoped(topic, deduplicationId, input), { answer, atMs: nowMs })
  const message = {
    ...answer,
    topic,
    nowMs,
    deduplicationId,
    groupId: input.MessageGroupId,
    subject: input.Subject,
    attributes: input.MessageAttributes ?? {},
    body: messageFor('sqs', input, context),
    filteredBody: input.Message,
  }
  for (const subscription of subscriptionsOf(topic.arn, context.state)) await deliver(message, subscription, context)
  return answer
}

/** What a FIFO topic was told within five minutes it does not tell again. */
function seenBefore(topic, id, input, nowMs) {
  for (const [key, { atMs }] of topic.seen) {
    if (atMs > nowMs - DEDUPLICATION_MS) break
    topic.seen.delete(key)
  }
  return topic.seen.get(scoped(topic, id, input))?.answer
}

function scoped(topic, id, { MessageGroupId }) {
  return topic.attributes.get('FifoThroughputScope') === 'MessageGroup' ? `${MessageGroupId} ${id}` : id
}

/** SNS tells nobody of a delivery that fails: the message goes to the subscription's dead-letter queue, or is lost. */
async function deliver(message, subscription, context) {
  const { attributes, endpoint } = subscription
  const filter = { policy: attributes.get('FilterPolicy'), scope: attributes.get('FilterPolicyScope') }
  if (!passes(filter, { attributes: message.attributes, body: message.filteredBody })) return
  const isRaw = attributes.get('RawMessageDelivery') === 'true'
  const MessageBody = isRaw ? message.body : envelope(message, subscription, context)
  const MessageAttributes = isRaw ? message.attributes : {}
  try {
    await send(endpoint, { MessageBody, MessageAttributes }, message, context)
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    const target = JSON.parse(attributes.get('RedrivePolicy') ?? '{}').deadLetterTargetArn
    if (target !== undefined) await bury(target, { MessageBody, MessageAttributes }, error.error, message, context)
  }
}

async function bury(target, { MessageBody, MessageAttributes }, { code, message: text }, message, context) {
  const told = { RequestID: context.requestId, ErrorCode: code, ErrorMessage: text }
  const reasons = Object.entries(told).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }])
  try {
    await send(
      target,
      { MessageBody, MessageAttributes: { ...MessageAttributes, ...Object.fromEntries(reasons) } },
      message,
      context,
    )
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
  }
}

function send(queueArn, input, { groupId, deduplicationId }, { call }) {
  const [, , , region, account, name] = queueArn.split(':')
  const fifo = {
    ...(groupId !== undefined && { MessageGroupId: groupId }),
    ...(name.endsWith('.fifo') && { MessageDeduplicationId: deduplicationId }),
  }
  const QueueUrl = `/${account}/${name}`
  return call('sqs', 'SendMessage', { QueueUrl, ...input, ...fifo }, { region, account })
}
