import type { Measure } from '../core/service.ts'
import type { QueueKey } from './engine/queue-key.ts'
import type { Queue } from './engine/queue.ts'
import type { World } from './world.ts'

/** What was done with the queues that are there, and how full they are, by CloudWatch's names. */
export function measureQueues(world: World): Measure[] {
  const nowMs = world.clock.nowMs()
  return [...world.engine.all()].flatMap((queue) => [...totals(queue), ...depths(queue, nowMs)])
}

function totals({ key, tally }: Queue): Measure[] {
  const labels = labelsOf(key)
  return [
    { metric: 'aws_sqs_number_of_messages_sent_total', value: tally.sent, labels },
    { metric: 'aws_sqs_sent_message_size_bytes_total', value: tally.sentBytes, labels },
    { metric: 'aws_sqs_number_of_messages_received_total', value: tally.received, labels },
    { metric: 'aws_sqs_number_of_empty_receives_total', value: tally.emptyReceives, labels },
    { metric: 'aws_sqs_number_of_messages_deleted_total', value: tally.deleted, labels },
  ]
}

function depths(queue: Queue, nowMs: number): Measure[] {
  const { visible, inFlight, delayed } = queue.counts()
  const labels = labelsOf(queue.key)
  return [
    { metric: 'aws_sqs_approximate_number_of_messages_visible', value: visible, labels },
    { metric: 'aws_sqs_approximate_number_of_messages_not_visible', value: inFlight, labels },
    { metric: 'aws_sqs_approximate_number_of_messages_delayed', value: delayed, labels },
    { metric: 'aws_sqs_approximate_age_of_oldest_message', value: queue.desk.ageOfOldestMs(nowMs) / 1000, labels },
  ]
}

function labelsOf({ region, account, name }: QueueKey): Measure['labels'] {
  return { region, account, queue: name }
}
