import test from 'ava'
import { sqsClient } from '../sqs-client.ts'

test('a deleted queue is gone, with its messages, at once', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  t.deepEqual(sqs.ok('DeleteQueue', { QueueUrl }), {})
  for (const operation of ['DeleteQueue', 'PurgeQueue', 'ReceiveMessage', 'GetQueueAttributes'])
    t.is(sqs.error(operation, { QueueUrl }).shape, 'QueueDoesNotExist', operation)
  sqs.queue('orders')
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
})

test('deleting a queue ends its long polls with an empty answer', async (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const poll = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  sqs.ok('DeleteQueue', { QueueUrl })
  t.deepEqual(await poll, { kind: 'output', output: {} })
})
