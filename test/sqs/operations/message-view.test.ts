import test from 'ava'
import { type CallOptions, type Input, type ReceivedMessage, type SqsClient, sqsClient } from '../sqs-client.ts'

const text = (value: string) => ({ DataType: 'String', StringValue: value })
const kenobi = { General: text('Kenobi'), Hello: text('There'), 'Help.Me': text('Me') }

function sent(message: Input = {}): { sqs: SqsClient; QueueUrl: string } {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders', { VisibilityTimeout: '0' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'msg', ...message })
  return { sqs, QueueUrl }
}

function receive({ sqs, QueueUrl }: ReturnType<typeof sent>, input: Input, how?: CallOptions): ReceivedMessage {
  return sqs.ok('ReceiveMessage', { QueueUrl, ...input }, how).Messages[0]
}

test('a message has id, handle, body and MD5, and the rest only for the asking', (t) => {
  const message = receive(sent({ MessageAttributes: kenobi }), {})
  t.deepEqual(Object.keys(message).toSorted(), ['Body', 'MD5OfBody', 'MessageId', 'ReceiptHandle'])
  t.is(message.Body, 'msg')
  t.is(message.MD5OfBody, '6e2baaf3b97dbeef01c0043275f9a0e7')
})

const FILTERS: ReadonlyArray<readonly [names: readonly string[], shown: readonly string[], md5?: string]> = [
  [[], []],
  [['All'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
  [['*'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
  [['.*'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
  [['Hello', 'All'], ['General', 'Hello', 'Help.Me'], '4c360f3fdafd970e05fae2f149d997f5'],
  [['Foo', 'Help'], []],
  [['Hello', 'General'], ['General', 'Hello'], 'fca026605781cb4126a1e9044df24232'],
  [['Foo', 'Hello'], ['Hello'], 'a311262e065454b75da111d535b8dacd'],
  [['Hel.*'], ['Hello', 'Help.Me'], '83fee93c1bcd8b9a5a923ffacdc636c7'],
  [['Hel*'], []],
  [['hello'], []],
  [['AWS.'], []],
  [['..foo'], []],
  [['General.*'], ['General']],
]

for (const [names, shown, md5] of FILTERS) {
  test(`MessageAttributeNames ${JSON.stringify(names)} shows ${shown.join(', ') || 'none'}`, (t) => {
    const message = receive(sent({ MessageAttributes: kenobi }), { MessageAttributeNames: names })
    t.deepEqual(Object.keys(message.MessageAttributes ?? {}).toSorted(), shown)
    t.is('MessageAttributes' in message, shown.length > 0)
    t.is('MD5OfMessageAttributes' in message, shown.length > 0)
    if (md5 !== undefined) t.is(message.MD5OfMessageAttributes, md5)
  })
}

test('attributes come out as they went in', (t) => {
  const MessageAttributes = {
    s: text('x'),
    n: { DataType: 'Number.java.lang.Long', StringValue: '007' },
    b: { DataType: 'Binary.gif', BinaryValue: Buffer.from([0, 255]) },
  }
  const message = receive(sent({ MessageAttributes }), { MessageAttributeNames: ['All'] })
  t.deepEqual({ ...message.MessageAttributes }, MessageAttributes)
})

test('a message without attributes has none, whoever asks', (t) => {
  const message = receive(sent(), { MessageAttributeNames: ['All'] })
  t.false('MessageAttributes' in message)
  t.false('MD5OfMessageAttributes' in message)
})

test('All system attributes are those that there are', (t) => {
  const world = sent()
  const now = String(world.sqs.clock.nowMs())
  world.sqs.clock.advance(1000)
  for (const list of ['AttributeNames', 'MessageSystemAttributeNames'])
    t.like(receive(world, { [list]: ['All'] }).Attributes, {
      SentTimestamp: now,
      ApproximateFirstReceiveTimestamp: String(Number(now) + 1000),
    })
  const { Attributes } = receive(world, { AttributeNames: ['All'] })
  t.deepEqual(Object.keys(Attributes).toSorted(), [
    'ApproximateFirstReceiveTimestamp',
    'ApproximateReceiveCount',
    'SenderId',
    'SentTimestamp',
  ])
  t.is(Attributes.ApproximateReceiveCount, '3')
  t.regex(Attributes.SenderId, /^AIDA/)
})

test('of a FIFO queue there are more', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true' })
  const { SequenceNumber } = sqs.ok('SendMessage', {
    QueueUrl,
    MessageBody: 'x',
    MessageGroupId: 'g',
    MessageDeduplicationId: 'd',
  })
  const { Attributes } = receive({ sqs, QueueUrl }, { AttributeNames: ['All'] })
  t.like(Attributes, { MessageGroupId: 'g', MessageDeduplicationId: 'd', SequenceNumber })
})

test('a dead letter says where it comes from, and its count goes on', (t) => {
  const sqs = sqsClient()
  const dlq = sqs.queue('dlq')
  const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:000000000000:dlq'
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 })
  const QueueUrl = sqs.queue('orders', { RedrivePolicy, VisibilityTimeout: '0' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  sqs.ok('ReceiveMessage', { QueueUrl })
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
  t.like(receive({ sqs, QueueUrl: dlq }, { AttributeNames: ['All'] }).Attributes, {
    DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:orders',
    ApproximateReceiveCount: '2',
  })
})

test('names that AWS does not know are ignored, and an empty map is never shown', (t) => {
  const world = sent()
  t.deepEqual(Object.keys(receive(world, { AttributeNames: ['SenderId', 'Foo'] }).Attributes), ['SenderId'])
  for (const AttributeNames of [['Foo'], ['SequenceNumber'], []])
    t.false('Attributes' in receive(world, { AttributeNames }), AttributeNames.join())
})

test('where both lists are given, JSON follows the new one and query the old one', (t) => {
  const world = sent()
  const both = { AttributeNames: ['SenderId'], MessageSystemAttributeNames: ['SentTimestamp'] }
  t.deepEqual(Object.keys(receive(world, both).Attributes), ['SentTimestamp'])
  t.deepEqual(Object.keys(receive(world, both, { protocol: 'awsQuery' }).Attributes), ['SenderId'])
  const old = { AttributeNames: ['SenderId'], MessageSystemAttributeNames: [] }
  t.deepEqual(Object.keys(receive(world, old).Attributes), ['SenderId'])
})
