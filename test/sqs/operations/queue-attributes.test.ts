import test from 'ava'
import { type SqsClient, sqsClient } from '../sqs-client.ts'

function get(sqs: SqsClient, QueueUrl: string, ...AttributeNames: string[]): Record<string, string> | undefined {
  return sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames }).Attributes
}

test('only what is asked for is answered, and nothing without asking', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  t.deepEqual(sqs.ok('GetQueueAttributes', { QueueUrl }), {})
  t.deepEqual(sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: [] }), {})
  t.deepEqual(sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy', 'FifoQueue'] }), {})
  t.deepEqual(get(sqs, QueueUrl, 'DelaySeconds', 'QueueArn', 'DelaySeconds'), {
    DelaySeconds: '0',
    QueueArn: 'arn:aws:sqs:eu-west-1:000000000000:orders',
  })
  t.deepEqual(get(sqs, QueueUrl, 'DelaySeconds', 'All'), get(sqs, QueueUrl, 'All'))
})

test('an unknown name is an error', (t) => {
  const sqs = sqsClient()
  const error = sqs.error('GetQueueAttributes', { QueueUrl: sqs.queue('orders'), AttributeNames: ['All', 'Foobar'] })
  t.is(error.code, 'InvalidAttributeName')
  t.is(error.message, 'Unknown Attribute Foobar.')
})

test('counters follow the messages', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  for (const DelaySeconds of [0, 0, 0, 10]) sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x', DelaySeconds })
  sqs.ok('ReceiveMessage', { QueueUrl })
  t.like(get(sqs, QueueUrl, 'All'), {
    ApproximateNumberOfMessages: '2',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
  })
})

test('setting changes what is given, and when', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders', { DelaySeconds: '1', VisibilityTimeout: '2' })
  const created = sqs.clock.nowMs() / 1000
  sqs.clock.advance(5500)
  t.deepEqual(sqs.ok('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '3' } }), {})
  t.like(get(sqs, QueueUrl, 'All'), {
    DelaySeconds: '3',
    VisibilityTimeout: '2',
    CreatedTimestamp: String(created),
    LastModifiedTimestamp: String(created + 5),
  })
})

test('one refused attribute keeps all from changing', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const before = get(sqs, QueueUrl, 'All')
  sqs.clock.advance(60_000)
  for (const bad of [{ VisibilityTimeout: '43201' }, { Foo: '1' }, { RedrivePolicy: '{}' }])
    sqs.error('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '9', ...bad } })
  t.deepEqual(get(sqs, QueueUrl, 'All'), before)
})

test('what is set is in force', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  sqs.ok('SetQueueAttributes', {
    QueueUrl,
    Attributes: { VisibilityTimeout: '5', DelaySeconds: '2', MessageRetentionPeriod: '60', MaximumMessageSize: '1024' },
  })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
  sqs.clock.advance(2000)
  t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages.length, 1)
  sqs.clock.advance(4999)
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
  sqs.clock.advance(1)
  t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages.length, 1)
  sqs.clock.advance(60_000)
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
  t.is(sqs.error('SendMessage', { QueueUrl, MessageBody: 'x'.repeat(1025) }).code, 'InvalidParameterValue')
})

test('a redrive policy is set, shown as it came, checked and cleared', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const policy = (name: string): string =>
    `{ "deadLetterTargetArn": "arn:aws:sqs:eu-west-1:000000000000:${name}", "maxReceiveCount": "2" }`
  t.is(
    sqs.error('SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy: policy('dlq') } }).message,
    `Value ${policy('dlq')} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
  )
  sqs.queue('dlq')
  sqs.ok('SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy: policy('dlq') } })
  t.deepEqual(get(sqs, QueueUrl, 'RedrivePolicy'), { RedrivePolicy: policy('dlq') })
  sqs.ok('DeleteQueue', { QueueUrl: 'dlq' })
  t.notThrows(() => sqs.ok('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '0' } }))
  sqs.ok('SetQueueAttributes', { QueueUrl, Attributes: { RedrivePolicy: '' } })
  t.is(get(sqs, QueueUrl, 'RedrivePolicy'), undefined)
})

test('a scope that is set later shows and does not change what is a duplicate', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true' })
  const send = (MessageGroupId: string): string =>
    sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x', MessageGroupId, MessageDeduplicationId: 'd' }).MessageId
  const first = send('g1')
  sqs.ok('SetQueueAttributes', {
    QueueUrl,
    Attributes: { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
  })
  t.like(get(sqs, QueueUrl, 'All'), {
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  })
  t.is(send('g2'), first)
})
