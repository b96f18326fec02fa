import test from 'ava'
import { sqsClient } from '../sqs-client.ts'

test('a purge takes visible, delayed and received messages', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  for (const DelaySeconds of [0, 0, 900]) sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x', DelaySeconds })
  sqs.ok('ReceiveMessage', { QueueUrl })
  t.deepEqual(sqs.ok('PurgeQueue', { QueueUrl }), {})
  const { Attributes } = sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })
  t.like(Attributes, {
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
  })
})

test('a queue is purged again at once, unless AWS shall be followed to the minute', (t) => {
  const lenient = sqsClient()
  const QueueUrl = lenient.queue('orders')
  for (let i = 0; i < 2; i++) t.notThrows(() => lenient.ok('PurgeQueue', { QueueUrl }))

  const strict = sqsClient({ strict: { purgeDelay: true } })
  strict.queue('orders')
  strict.queue('other')
  strict.ok('PurgeQueue', { QueueUrl })
  strict.clock.advance(59_999)
  const error = strict.error('PurgeQueue', { QueueUrl })
  t.is(error.code, 'AWS.SimpleQueueService.PurgeQueueInProgress')
  t.is(error.status, 403)
  t.is(error.message, 'Only one PurgeQueue operation on orders is allowed every 60 seconds.')
  t.notThrows(() => strict.ok('PurgeQueue', { QueueUrl: 'other' }))
  strict.clock.advance(1)
  t.notThrows(() => strict.ok('PurgeQueue', { QueueUrl }))
})
