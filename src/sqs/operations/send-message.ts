import { type Exchange, header } from '../../core/exchange.ts'
import { integerOf } from '../attributes.ts'
import { sendPolicies } from '../disruptions/index.ts'
import { sqsError } from '../errors.ts'
import { senderIdOf } from '../sender-id.ts'
import { type BatchEntry, checkEntries, runBatch } from './batch.ts'
import { type MessageToSend, type Sender, draftOf, messageBytes, sentOutput } from './message-draft.ts'
import { type OperationContext, type Output, inputOf, queueOf } from './operation.ts'

/** Σ(body + attributes) of a batch, whatever the queue's own MaximumMessageSize. */
const LARGEST_BATCH_BYTES = 1_048_576

export function sendMessage(context: OperationContext): Output {
  const queue = queueOf(context)
  const message = inputOf<MessageToSend>(context)
  const draft = draftOf(queue, message, senderOf(context.exchange))
  const maxBytes = integerOf(queue.attributes, 'MaximumMessageSize')
  const sizeBytes = messageBytes(message)
  if (sizeBytes > maxBytes) {
    throw tooLong(`One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`)
  }
  queue.tally.send(sizeBytes)
  return sentOutput(queue.send(draft, sendPolicies(context.policies)), message, draft)
}

export function sendMessageBatch(context: OperationContext): Output {
  const queue = queueOf(context)
  const entries = checkEntries(
    inputOf<{ Entries: readonly (MessageToSend & BatchEntry)[] }>(context).Entries,
    'SendMessageBatchRequestEntry',
  )
  checkBatchBytes(entries)
  if (queue.isFifo) checkFifoEntries(entries, queue.attributes.get('ContentBasedDeduplication') === 'true')
  const sender = senderOf(context.exchange)
  const maxBytes = integerOf(queue.attributes, 'MaximumMessageSize')
  const policies = sendPolicies(context.policies)
  return runBatch(context, entries, (entry) => {
    const draft = draftOf(queue, entry, sender)
    const sizeBytes = messageBytes(entry)
    if (sizeBytes > maxBytes) {
      // AWS says it in other words than for a single message.
      throw tooLong(
        `One or more parameters cannot be validated. Reason: Message must be shorter than ${maxBytes} bytes.`,
      )
    }
    queue.tally.send(sizeBytes)
    return sentOutput(queue.send(draft, policies), entry, draft)
  })
}

function checkBatchBytes(entries: readonly MessageToSend[]): void {
  let sizeBytes = 0
  for (const entry of entries) sizeBytes += messageBytes(entry)
  if (sizeBytes > LARGEST_BATCH_BYTES) {
    throw sqsError(
      'BatchRequestTooLong',
      `Batch requests cannot be longer than ${LARGEST_BATCH_BYTES} bytes. You have sent ${sizeBytes} bytes.`,
    )
  }
}

/** An entry of a FIFO batch without group or deduplication id fails the whole batch, and not as MissingParameter. */
function checkFifoEntries(entries: readonly MessageToSend[], isContentBased: boolean): void {
  for (const entry of entries) {
    if (entry.MessageGroupId === undefined) {
      throw sqsError('InvalidParameterValueException', 'The request must contain the parameter MessageGroupId.')
    }
    if (entry.MessageDeduplicationId === undefined && !isContentBased) {
      throw sqsError(
        'InvalidParameterValueException',
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
      )
    }
  }
}

function senderOf(exchange: Exchange): Sender {
  return { id: senderIdOf(exchange.caller.accessKey), traceHeader: header(exchange.request, 'x-amzn-trace-id') }
}

function tooLong(message: string): Error {
  return sqsError('InvalidParameterValueException', message)
}
