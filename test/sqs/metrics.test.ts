import test from 'ava'
import { measureQueues } from '../../src/sqs/metrics.ts'
import { deskLab } from './admin/desk-lab.ts'
import { sqsClient } from './sqs-client.ts'

const NOTHING = {
  number_of_messages_sent: 0,
  sent_message_size_bytes: 0,
  number_of_messages_received: 0,
  number_of_empty_receives: 0,
  number_of_messages_deleted: 0,
}

test('CloudWatch counts messages that were sent, and their bytes, by ones and by batches', (t) => {
  const client = sqsClient()
  const QueueUrl = client.queue('orders')
  t.deepEqual(client.totals(), NOTHING)
  client.ok('SendMessage', { QueueUrl, MessageBody: 'żółw' })
  const lost = { Id: 'b', MessageBody: 'lost', DelaySeconds: 5000 }
  client.ok('SendMessageBatch', { QueueUrl, Entries: [{ Id: 'a', MessageBody: 'xx' }, lost] })
  client.error('SendMessage', { QueueUrl, MessageBody: '' })
  t.deepEqual(client.totals(), { ...NOTHING, number_of_messages_sent: 2, sent_message_size_bytes: 9 })
})

test('it counts what was received, what was not there, and deletions, also of what is gone', async (t) => {
  const client = sqsClient()
  const QueueUrl = client.queue('orders')
  client.ok('ReceiveMessage', { QueueUrl })
  const poll = client.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 1 })
  client.clock.advance(1000)
  await poll
  for (const MessageBody of ['a', 'b']) client.ok('SendMessage', { QueueUrl, MessageBody })
  const { Messages } = client.ok('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })
  const [{ ReceiptHandle }, other] = Messages
  client.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
  const Entries = [ReceiptHandle, other?.ReceiptHandle, 'x'].map((handle, Id) => ({
    Id: String(Id),
    ReceiptHandle: handle,
  }))
  client.ok('DeleteMessageBatch', { QueueUrl, Entries })
  t.like(client.totals(), {
    number_of_messages_received: 2,
    number_of_empty_receives: 2,
    number_of_messages_deleted: 3,
  })
})

test('how full a queue is, and how old its oldest message', (t) => {
  const { clock, world, make, send } = deskLab()
  const queue = make('orders')
  send(queue, 'a')
  send(queue, 'b')
  send(queue, 'c', 60)
  queue.receive({ max: 1, visibilityTimeoutSeconds: 30 })
  clock.advance(5000)
  t.deepEqual(
    measureQueues(world)
      .filter(({ metric }) => metric.includes('approximate'))
      .map(({ metric, value }) => [metric.replace('aws_sqs_approximate_', ''), value]),
    [
      ['number_of_messages_visible', 1],
      ['number_of_messages_not_visible', 1],
      ['number_of_messages_delayed', 1],
      ['age_of_oldest_message', 5],
    ],
  )
})
