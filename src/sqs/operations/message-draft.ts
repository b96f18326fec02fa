import { hash } from 'node:crypto'
import { valueOf } from '../attributes.ts'
import type { Draft, Sent } from '../engine/queue-calls.ts'
import type { Queue } from '../engine/queue.ts'
import { sqsError } from '../errors.ts'
import {
  type WireAttributes,
  messageAttributesBytes,
  messageAttributesMd5,
  readMessageAttributes,
  readTraceHeader,
  traceHeaderMd5,
} from '../message-attributes.ts'
import {
  LEGAL_CHARACTERS,
  checkDelay,
  checkToken,
  hasOnlyLegalCharacters,
  missingParameter,
  wrongQueueType,
} from '../validation.ts'
import type { Output } from './operation.ts'

/** A message to send: the input of SendMessage, an entry of SendMessageBatch. */
export interface MessageToSend {
  readonly MessageBody?: string
  readonly DelaySeconds?: number
  readonly MessageAttributes?: WireAttributes
  readonly MessageSystemAttributes?: WireAttributes
  readonly MessageGroupId?: string
  readonly MessageDeduplicationId?: string
}

/** Who sends, by which request. */
export interface Sender {
  readonly id: string
  /** The request's `X-Amzn-Trace-Id`: an X-Ray client traces by that alone. */
  readonly traceHeader: string | undefined
}

/** What AWS counts: the body's UTF-8 and the attributes. System attributes are free. */
export function messageBytes(message: MessageToSend): number {
  const body = message.MessageBody
  return (body === undefined ? 0 : Buffer.byteLength(body)) + messageAttributesBytes(message.MessageAttributes)
}

/** Checks a message but for its size, which single sends and batches complain of in different words. */
export function draftOf(queue: Queue, message: MessageToSend, sender: Sender): Draft {
  const body = message.MessageBody
  if (body === undefined || body === '') throw missingParameter('MessageBody')
  if (!hasOnlyLegalCharacters(body)) {
    throw sqsError(
      'InvalidMessageContents',
      `Invalid characters found. Valid unicode characters are ${LEGAL_CHARACTERS}`,
    )
  }
  const attributes = readMessageAttributes(message.MessageAttributes)
  const traceHeader = readTraceHeader(message.MessageSystemAttributes) ?? sender.traceHeader
  const delaySeconds = delayOf(queue, message.DelaySeconds)
  const groupId = groupIdOf(queue, message.MessageGroupId)
  const deduplicationId = deduplicationIdOf(queue, message.MessageDeduplicationId, body)
  return { body, senderId: sender.id, attributes, traceHeader, delaySeconds, groupId, deduplicationId }
}

/**
 * The answer to a send. All digests are of what this request brought: a duplicate of a FIFO queue is answered with the
 * first one's id and its own MD5s, and a trace header that came as an HTTP header has none.
 */
export function sentOutput(sent: Sent, message: MessageToSend, draft: Draft): Output {
  const output: Record<string, unknown> = { MD5OfMessageBody: hash('md5', draft.body), MessageId: sent.messageId }
  if (draft.attributes !== undefined) output.MD5OfMessageAttributes = messageAttributesMd5(draft.attributes)
  if (message.MessageSystemAttributes?.AWSTraceHeader !== undefined && draft.traceHeader !== undefined) {
    output.MD5OfMessageSystemAttributes = traceHeaderMd5(draft.traceHeader)
  }
  if (sent.sequenceNumber !== undefined) output.SequenceNumber = sent.sequenceNumber
  return output
}

/** A FIFO queue takes 0 and delays by its own setting nevertheless. */
function delayOf(queue: Queue, seconds: number | undefined): number | undefined {
  if (seconds === undefined) return undefined
  checkDelay(seconds)
  if (!queue.isFifo) return seconds
  if (seconds > 0) throw wrongQueueType('DelaySeconds', seconds)
  return undefined
}

/** On a standard queue the group is a tenant of a fair queue. */
function groupIdOf(queue: Queue, groupId: string | undefined): string | undefined {
  if (groupId !== undefined) checkToken('MessageGroupId', groupId)
  else if (queue.isFifo) throw missingParameter('MessageGroupId')
  return groupId
}

function deduplicationIdOf(queue: Queue, given: string | undefined, body: string): string | undefined {
  if (given !== undefined) {
    checkToken('MessageDeduplicationId', given)
    if (!queue.isFifo) throw wrongQueueType('MessageDeduplicationId', given)
    return given
  }
  if (!queue.isFifo) return undefined
  if (valueOf(queue.attributes, 'ContentBasedDeduplication') === 'true') return hash('sha256', body)
  throw sqsError(
    'InvalidParameterValueException',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  )
}
