import test from 'ava'
import { sqsClient } from '../sqs-client.ts'

const LARGEST = 1_048_576

test('a send answers id and MD5, and nothing that is not there', (t) => {
  const sqs = sqsClient()
  const sent = sqs.ok('SendMessage', { QueueUrl: sqs.queue('orders'), MessageBody: 'message' })
  t.regex(sent.MessageId, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  t.deepEqual(sent, { MD5OfMessageBody: '78e731027d8fd50ed642340b7c9a63b3', MessageId: sent.MessageId })
})

const SIZES: ReadonlyArray<readonly [title: string, message: object, tooLong: boolean]> = [
  ['as many bytes as allowed', { MessageBody: 'x'.repeat(1024) }, false],
  ['one byte more', { MessageBody: 'x'.repeat(1025) }, true],
  ['half as many characters of two bytes', { MessageBody: 'ż'.repeat(512) }, false],
  ['one character of two bytes more', { MessageBody: 'ż'.repeat(513) }, true],
  ['a quarter as many characters of four bytes', { MessageBody: '😀'.repeat(256) }, false],
  [
    'attributes up to the limit',
    { MessageBody: 'x'.repeat(1016), MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } } },
    false,
  ],
  [
    'attributes beyond it',
    { MessageBody: 'x'.repeat(1017), MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } } },
    true,
  ],
  [
    'system attributes, which are free',
    {
      MessageBody: 'x'.repeat(1024),
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'x'.repeat(100) } },
    },
    false,
  ],
]

for (const [title, message, tooLong] of SIZES) {
  test(`a queue of 1024 bytes ${tooLong ? 'refuses' : 'takes'} ${title}`, (t) => {
    const sqs = sqsClient()
    const input = { QueueUrl: sqs.queue('orders', { MaximumMessageSize: '1024' }), ...message }
    if (!tooLong) t.notThrows(() => sqs.ok('SendMessage', input))
    else {
      const error = sqs.error('SendMessage', input)
      t.is(error.code, 'InvalidParameterValue')
      t.is(error.message, 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.')
    }
  })
}

test('a mebibyte is the default limit', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  t.notThrows(() => sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x'.repeat(LARGEST) }))
  t.is(sqs.error('SendMessage', { QueueUrl, MessageBody: 'x'.repeat(LARGEST + 1) }).code, 'InvalidParameterValue')
})

test('one bad entry fails alone, the others are sent in order', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders', { MaximumMessageSize: '1024' })
  const { Successful, Failed } = sqs.ok('SendMessageBatch', {
    QueueUrl,
    Entries: [
      { Id: 'a', MessageBody: 'message' },
      { Id: 'long', MessageBody: 'x'.repeat(1025) },
      { Id: 'illegal', MessageBody: '\u0001' },
      { Id: 'empty', MessageBody: '' },
      { Id: 'late', MessageBody: 'x', DelaySeconds: 901 },
      { Id: 'b', MessageBody: 'test', MessageAttributes: { k: { DataType: 'String', StringValue: 'x' } } },
    ],
  })
  t.deepEqual(
    Successful.map((entry): object => ({ ...entry, MessageId: 'some' })),
    [
      { Id: 'a', MessageId: 'some', MD5OfMessageBody: '78e731027d8fd50ed642340b7c9a63b3' },
      {
        Id: 'b',
        MessageId: 'some',
        MD5OfMessageBody: '098f6bcd4621d373cade4e832627b4f6',
        MD5OfMessageAttributes: 'a45daa70926828a2f0a1db3418e6feb4',
      },
    ],
  )
  t.deepEqual(
    Failed.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
    [
      ['long', 'InvalidParameterValue', true],
      ['illegal', 'InvalidMessageContents', true],
      ['empty', 'MissingParameter', true],
      ['late', 'InvalidParameterValue', true],
    ],
  )
  t.is(
    Failed[0].Message,
    'One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes.',
  )
  const { Messages } = sqs.ok('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })
  t.deepEqual(
    Messages.map(({ MessageId, Body }) => [MessageId, Body]),
    [
      [Successful[0].MessageId, 'message'],
      [Successful[1]?.MessageId, 'test'],
    ],
  )
})

const half = 'x'.repeat(LARGEST / 2)

test('a batch is a mebibyte at most, attributes included', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const batch = (second: object) => ({
    QueueUrl,
    Entries: [
      { Id: 'a', MessageBody: half },
      { Id: 'b', ...second },
    ],
  })
  t.is(sqs.ok('SendMessageBatch', batch({ MessageBody: half })).Successful.length, 2)
  for (const second of [
    { MessageBody: `${half}x` },
    { MessageBody: half.slice(7), MessageAttributes: { a: { DataType: 'String', StringValue: 'x' } } },
  ]) {
    const error = sqs.error('SendMessageBatch', batch(second))
    t.is(error.code, 'AWS.SimpleQueueService.BatchRequestTooLong')
    t.is(error.message, 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.')
  }
})

test("the batch's limit is not the queue's", (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders', { MaximumMessageSize: '2048' })
  const Entries = [
    { Id: 'a', MessageBody: 'x'.repeat(2048) },
    { Id: 'b', MessageBody: 'x' },
  ]
  t.is(sqs.ok('SendMessageBatch', { QueueUrl, Entries }).Successful.length, 2)
})

test('an entry without group or deduplication id fails a whole FIFO batch', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true' })
  const whole = { Id: 'a', MessageBody: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' }
  for (const [entry, message] of [
    [{ MessageDeduplicationId: 'e' }, 'The request must contain the parameter MessageGroupId.'],
    [
      { MessageGroupId: 'g' },
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    ],
  ] as const) {
    const error = sqs.error('SendMessageBatch', { QueueUrl, Entries: [whole, { Id: 'b', MessageBody: 'x', ...entry }] })
    t.is(error.code, 'InvalidParameterValue')
    t.is(error.message, message)
  }
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
})

test('a FIFO batch is enqueued in the order of its entries', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' })
  const Entries = ['c', 'a', 'b'].map((Id) => ({ Id, MessageBody: Id, MessageGroupId: 'g' }))
  const numbers = sqs
    .ok('SendMessageBatch', { QueueUrl, Entries })
    .Successful.map(({ SequenceNumber }) => SequenceNumber)
  t.deepEqual(numbers, numbers.toSorted())
  const { Messages } = sqs.ok('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })
  t.deepEqual(
    Messages.map(({ Body }) => Body),
    ['c', 'a', 'b'],
  )
})
