import type { Call, Exchange, Result } from '../core/exchange.ts'
import type { Measure } from '../core/service.ts'
import type { Queue } from './engine/queue.ts'
import { parseQueueUrl } from './queue-url.ts'
import type { World } from './world.ts'

const NOTHING: readonly Measure[] = []

type Output = Readonly<Record<string, unknown>>
type Numbers = ReadonlyArray<readonly [metric: string, value: number]>

/**
 * What CloudWatch counts of a call that was executed: NumberOfMessagesSent, SentMessageSize, NumberOfMessagesReceived,
 * NumberOfEmptyReceives, NumberOfMessagesDeleted (which counts deletions, also of one that is gone).
 */
export function measureCall(call: Call, result: Result, exchange: Exchange): readonly Measure[] {
  if (result.kind !== 'output') return NOTHING
  const numbers = numbersOf(call, result.output)
  if (numbers.length === 0) return NOTHING
  const { QueueUrl } = call.input
  const address = parseQueueUrl(typeof QueueUrl === 'string' ? QueueUrl : call.path)
  const account = address?.account ?? exchange.caller.account
  const labels = { region: exchange.caller.region, account, queue: address?.name ?? '' }
  return numbers.map(([metric, value]) => ({ metric: `aws_sqs_${metric}_total`, value, labels }))
}

function numbersOf({ operation, input }: Call, output: Output): Numbers {
  switch (operation) {
    case 'SendMessage':
      return sent(1, sizeOf(input))
    case 'SendMessageBatch': {
      const ids = new Set(listOf(output['Successful']).map(({ Id }) => Id))
      const entries = listOf(input['Entries']).filter(({ Id }) => ids.has(Id))
      return sent(
        entries.length,
        entries.reduce((sum, entry) => sum + sizeOf(entry), 0),
      )
    }
    case 'ReceiveMessage': {
      const count = listOf(output['Messages']).length
      return count === 0 ? [['number_of_empty_receives', 1]] : [['number_of_messages_received', count]]
    }
    case 'DeleteMessage':
      return [['number_of_messages_deleted', 1]]
    case 'DeleteMessageBatch':
      return [['number_of_messages_deleted', listOf(output['Successful']).length]]
    default:
      return []
  }
}

function sent(count: number, sizeBytes: number): Numbers {
  return [
    ['number_of_messages_sent', count],
    ['sent_message_size_bytes', sizeBytes],
  ]
}

function sizeOf({ MessageBody }: Output): number {
  return typeof MessageBody === 'string' ? Buffer.byteLength(MessageBody) : 0
}

function listOf(value: unknown): readonly Output[] {
  return Array.isArray(value) ? (value as Output[]) : []
}

/** How full the queues are, by CloudWatch's names. */
export function measureQueues(world: World): Measure[] {
  return [...world.engine.all()].flatMap((queue) => depths(queue, world.clock.nowMs()))
}

function depths(queue: Queue, nowMs: number): Measure[] {
  const { visible, inFlight, delayed } = queue.counts()
  const { region, account, name } = queue.key
  const labels = { region, account, queue: name }
  return [
    { metric: 'aws_sqs_approximate_number_of_messages_visible', value: visible, labels },
    { metric: 'aws_sqs_approximate_number_of_messages_not_visible', value: inFlight, labels },
    { metric: 'aws_sqs_approximate_number_of_messages_delayed', value: delayed, labels },
    { metric: 'aws_sqs_approximate_age_of_oldest_message', value: queue.desk.ageOfOldestMs(nowMs) / 1000, labels },
  ]
}
