import type { Queue } from '../engine/queue.ts'
import { expiredHandle, invalidHandle, missingParameter } from '../validation.ts'
import { type BatchEntry, checkEntries, runBatch } from './batch.ts'
import { NOTHING, type OperationContext, type Output, inputOf, queueOf } from './operation.ts'

interface DeleteInput {
  readonly ReceiptHandle?: string
}

export function deleteMessage(context: OperationContext): Output {
  return deleteOne(queueOf(context), inputOf<DeleteInput>(context))
}

/** The same handle twice is no error: the second delete finds the message gone, which is a success. */
export function deleteMessageBatch(context: OperationContext): Output {
  const queue = queueOf(context)
  const { Entries } = inputOf<{ Entries: readonly (DeleteInput & BatchEntry)[] }>(context)
  return runBatch(context, checkEntries(Entries, 'DeleteMessageBatchRequestEntry'), (entry) => deleteOne(queue, entry))
}

/** What is gone is deleted: by an earlier delete, by retention, by a purge (that last one is not verified). */
function deleteOne(queue: Queue, { ReceiptHandle: handle }: DeleteInput): Output {
  if (handle === undefined || handle === '') throw missingParameter('ReceiptHandle')
  switch (queue.delete(handle)) {
    case 'deleted':
    case 'gone':
      queue.tally.deleted++
      return NOTHING
    case 'expired':
      throw expiredHandle(handle)
    case 'invalid':
      throw invalidHandle(handle)
  }
}
