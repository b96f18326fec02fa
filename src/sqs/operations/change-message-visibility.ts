import type { Queue } from '../engine/queue.ts'
import {
  checkVisibilityTimeout,
  expiredHandle,
  invalidHandle,
  invalidParameter,
  missingParameter,
} from '../validation.ts'
import { type BatchEntry, checkEntries, runBatch } from './batch.ts'
import { NOTHING, type OperationContext, type Output, inputOf, queueOf } from './operation.ts'

interface ChangeInput {
  readonly ReceiptHandle?: string
  readonly VisibilityTimeout?: number
}

export function changeMessageVisibility(context: OperationContext): Output {
  const { VisibilityTimeout: seconds, ReceiptHandle: handle } = inputOf<ChangeInput>(context)
  const queue = queueOf(context)
  if (seconds === undefined) throw missingParameter('VisibilityTimeout')
  return changeOne(queue, handle, seconds)
}

/** The model lets an entry leave the timeout out; what AWS does then is not verified, the queue's own is meant here. */
export function changeMessageVisibilityBatch(context: OperationContext): Output {
  const queue = queueOf(context)
  const { Entries } = inputOf<{ Entries: readonly (ChangeInput & BatchEntry)[] }>(context)
  return runBatch(
    context,
    checkEntries(Entries, 'ChangeMessageVisibilityBatchRequestEntry'),
    ({ ReceiptHandle: handle, VisibilityTimeout: seconds = queue.settings.visibilityTimeoutSeconds }) =>
      changeOne(queue, handle, seconds),
  )
}

/**
 * A message that is no longer there is an InvalidParameterValue: nobody has seen AWS answer MessageNotInflight. An
 * expired handle of a FIFO queue is answered as DeleteMessage does, which is not verified.
 */
function changeOne(queue: Queue, handle: string | undefined, seconds: number): Output {
  if (handle === undefined || handle === '') throw missingParameter('ReceiptHandle')
  checkVisibilityTimeout(seconds)
  switch (queue.changeVisibility(handle, seconds)) {
    case 'changed':
      return NOTHING
    case 'gone':
      throw invalidParameter(
        'ReceiptHandle',
        handle,
        'Message does not exist or is not available for visibility timeout change.',
      )
    case 'beyond-limit':
      throw invalidParameter(
        'VisibilityTimeout',
        seconds,
        'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
      )
    case 'expired':
      throw expiredHandle(handle)
    case 'invalid':
      throw invalidHandle(handle)
  }
}
