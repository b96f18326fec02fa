import type { Call, Result } from '../core/exchange.ts'
import type { Description } from '../core/service.ts'
import { parseQueueArn } from './queue-arn.ts'
import { parseQueueUrl } from './queue-url.ts'

const SHORT_ID = 4

/** What a log line says of a call: the queue, and a few words on what came of it. */
export function describeCall(call: Call, result: Result | undefined): Description {
  const resource = queueNameOf(call)
  if (result === undefined) return resource === undefined ? NOTHING : { resource }
  const detail = result.kind === 'output' ? detailOf(call, result.output) : undefined
  const created = result.kind === 'output' ? createdBy(call, result.output) : undefined
  return {
    ...(resource !== undefined && { resource }),
    ...(detail !== undefined && { detail }),
    ...(created !== undefined && { created }),
  }
}

const NOTHING: Description = {}

/** Messages; a FIFO queue that recognises one answers with the id that it has already. */
function createdBy({ operation }: Call, output: Readonly<Record<string, unknown>>): string[] | undefined {
  if (operation === 'SendMessage') return [String(output.MessageId)]
  if (operation !== 'SendMessageBatch' || !Array.isArray(output.Successful)) return undefined
  // A fault can have put anything into an answer.
  return output.Successful.flatMap((entry: { MessageId?: unknown } | null) =>
    typeof entry?.MessageId === 'string' ? [entry.MessageId] : [],
  )
}

function queueNameOf({ input, path }: Call): string | undefined {
  const { QueueName, QueueUrl, SourceArn } = input
  if (typeof QueueName === 'string') return QueueName
  if (typeof SourceArn === 'string') return parseQueueArn(SourceArn)?.name
  return parseQueueUrl(typeof QueueUrl === 'string' ? QueueUrl : path)?.name
}

function detailOf({ operation, input }: Call, output: Readonly<Record<string, unknown>>): string | undefined {
  switch (operation) {
    case 'SendMessage':
      return `${Buffer.byteLength(String(input.MessageBody))}B id=${String(output.MessageId).slice(0, SHORT_ID)}…`
    case 'ReceiveMessage':
      return countOf(output.Messages, 'message')
    case 'ListQueues':
      return countOf(output.QueueUrls, 'queue')
    case 'ListDeadLetterSourceQueues':
      return countOf(output.queueUrls, 'queue')
    case 'SendMessageBatch':
    case 'DeleteMessageBatch':
    case 'ChangeMessageVisibilityBatch':
      return batchOf(lengthOf(output.Successful), lengthOf(output.Failed))
    default:
      return undefined
  }
}

function countOf(list: unknown, what: string): string {
  const count = lengthOf(list)
  if (count === 0) return 'empty'
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

function batchOf(successful: number, failed: number): string {
  return failed === 0 ? `${successful} ok` : `${successful} ok, ${failed} failed`
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0
}
