import test from 'ava'
import { type Input, sqsClient } from '../sqs-client.ts'

const STANDARD: ReadonlyArray<readonly [title: string, input: Input, code: string, message: RegExp]> = [
  [
    'a control character',
    { MessageBody: 'a\u0000' },
    'InvalidMessageContents',
    /^Invalid characters found\. Valid unicode characters are #x9 \| #xA \| #xD \| #x20 to #xD7FF/,
  ],
  ['a lone surrogate', { MessageBody: '\ud800' }, 'InvalidMessageContents', /^Invalid characters/],
  ['a bad attribute', { MessageAttributes: { a: { DataType: 'X' } } }, 'InvalidParameterValue', /'a'/],
  [
    'a bad system attribute',
    { MessageSystemAttributes: { Other: { DataType: 'String', StringValue: 'x' } } },
    'InvalidParameterValue',
    /'Other'/,
  ],
  ['a long delay', { DelaySeconds: 901 }, 'InvalidParameterValue', /^Value 901 for parameter DelaySeconds/],
  [
    'an empty group',
    { MessageGroupId: '' },
    'InvalidParameterValue',
    /^Value {2}for parameter MessageGroupId is invalid\. Reason: MessageGroupId can only include/,
  ],
  ['a group with a space', { MessageGroupId: 'group 123' }, 'InvalidParameterValue', /^Value group 123 for/],
  ['a long group', { MessageGroupId: 'a'.repeat(129) }, 'InvalidParameterValue', /1 to 128 in length\.$/],
  [
    'a deduplication id on a standard queue',
    { MessageDeduplicationId: 'd' },
    'InvalidParameterValue',
    /^Value d for parameter MessageDeduplicationId is invalid\. Reason: The request include parameter/,
  ],
]

for (const [title, input, code, message] of STANDARD) {
  test(`${title} is refused, and nothing is sent`, (t) => {
    const sqs = sqsClient()
    const QueueUrl = sqs.queue('orders')
    const error = sqs.error('SendMessage', { QueueUrl, MessageBody: 'x', ...input })
    t.is(error.code, code)
    t.regex(error.message, message)
    t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
  })
}

const FIFO: ReadonlyArray<readonly [title: string, input: Input, code: string, message: string]> = [
  [
    'no group',
    { MessageDeduplicationId: 'd' },
    'MissingParameter',
    'The request must contain the parameter MessageGroupId.',
  ],
  [
    'no deduplication id',
    { MessageGroupId: 'g' },
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  ],
  [
    'an illegal deduplication id',
    { MessageGroupId: 'g', MessageDeduplicationId: 'a b' },
    'InvalidParameterValue',
    'Value a b for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.',
  ],
  [
    'a delay of its own',
    { MessageGroupId: 'g', MessageDeduplicationId: 'd', DelaySeconds: 2 },
    'InvalidParameterValue',
    'Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
  ],
]

for (const [title, input, code, message] of FIFO) {
  test(`a FIFO queue refuses a message with ${title}`, (t) => {
    const sqs = sqsClient()
    const error = sqs.error('SendMessage', {
      QueueUrl: sqs.queue('orders.fifo', { FifoQueue: 'true' }),
      MessageBody: 'x',
      ...input,
    })
    t.is(error.code, code)
    t.is(error.message, message)
  })
}

test('a group on a standard queue is a tenant: shown, and without a sequence number', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const sent = sqs.ok('SendMessage', { QueueUrl, MessageBody: 'message', MessageGroupId: 'test' })
  t.deepEqual(Object.keys(sent).toSorted(), ['MD5OfMessageBody', 'MessageId'])
  const [message] = sqs.ok('ReceiveMessage', { QueueUrl, AttributeNames: ['MessageGroupId'] }).Messages
  t.deepEqual(message.Attributes, { MessageGroupId: 'test' })
})

test("a message's own delay beats the queue's, also with 0", (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders', { DelaySeconds: '10' })
  for (const [MessageBody, delay] of [
    ['now', { DelaySeconds: 0 }],
    ['soon', { DelaySeconds: 5 }],
    ['late', {}],
  ] as const)
    sqs.ok('SendMessage', { QueueUrl, MessageBody, ...delay })
  const bodies: string[] = []
  for (const waitMs of [0, 4999, 1, 4999, 1]) {
    sqs.clock.advance(waitMs)
    bodies.push(sqs.ok('ReceiveMessage', { QueueUrl }).Messages?.[0].Body)
  }
  t.deepEqual(bodies, ['now', undefined, 'soon', undefined, 'late'] as string[])
})

test('a FIFO queue takes a delay of 0 and delays by its own', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true', DelaySeconds: '2' })
  sqs.ok('SendMessage', {
    QueueUrl,
    MessageBody: 'x',
    MessageGroupId: 'g',
    MessageDeduplicationId: 'd',
    DelaySeconds: 0,
  })
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
  sqs.clock.advance(2000)
  t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages.length, 1)
})

test('content-based deduplication is by the SHA-256 of the body; an id of its own wins', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' })
  const message = { QueueUrl, MessageBody: 'test', MessageGroupId: 'g' }
  const first = sqs.ok('SendMessage', message)
  const attributes = { a: { DataType: 'String', StringValue: 'x' } }
  t.is(sqs.ok('SendMessage', { ...message, MessageAttributes: attributes }).MessageId, first.MessageId)
  sqs.ok('SendMessage', { ...message, MessageDeduplicationId: 'own' })
  const { Messages } = sqs.ok('ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
    AttributeNames: ['MessageDeduplicationId'],
  })
  t.deepEqual(
    Messages.map((each: { Attributes: object }) => each.Attributes),
    [
      { MessageDeduplicationId: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
      { MessageDeduplicationId: 'own' },
    ],
  )
})

test("a duplicate is answered with the first one's ids and its own digests", (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true' })
  const send = (MessageBody: string) =>
    sqs.ok('SendMessage', { QueueUrl, MessageBody, MessageGroupId: 'g', MessageDeduplicationId: 'd' })
  const first = send('test')
  t.deepEqual(send('message'), { ...first, MD5OfMessageBody: '78e731027d8fd50ed642340b7c9a63b3' })
  t.is(first.MD5OfMessageBody, '098f6bcd4621d373cade4e832627b4f6')
  t.regex(first.SequenceNumber, /^\d{20}$/)
})

const TRACE = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1'

test('a trace header of the message has a digest of its own, beside that of the attributes', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const sent = sqs.ok('SendMessage', {
    QueueUrl,
    MessageBody: 'x',
    MessageAttributes: { timestamp: { DataType: 'Number', StringValue: '1493147359900' } },
    MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: TRACE } },
  })
  t.is(sent.MD5OfMessageAttributes, '235c5c510d26fb653d073faed50ae77c')
  t.is(sent.MD5OfMessageSystemAttributes, '5ae4d5d7636402d80f4eb6d213245a88')
  const [message] = sqs.ok('ReceiveMessage', { QueueUrl, AttributeNames: ['AWSTraceHeader'] }).Messages
  t.deepEqual(message.Attributes, { AWSTraceHeader: TRACE })
})

test('an X-Amzn-Trace-Id header becomes the trace header, unless the message has one', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const how = { headers: ['X-Amzn-Trace-Id', TRACE] }
  const own = { AWSTraceHeader: { DataType: 'String', StringValue: 'own' } }
  const sent = sqs.ok('SendMessage', { QueueUrl, MessageBody: 'a' }, how)
  t.false('MD5OfMessageSystemAttributes' in sent)
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'b', MessageSystemAttributes: own }, how)
  sqs.ok('SendMessageBatch', { QueueUrl, Entries: [{ Id: 'c', MessageBody: 'c' }] }, how)
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'd' })
  const { Messages } = sqs.ok('ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ['AWSTraceHeader'],
  })
  t.deepEqual(
    Messages.map((each: { Attributes?: object }) => each.Attributes),
    [{ AWSTraceHeader: TRACE }, { AWSTraceHeader: 'own' }, { AWSTraceHeader: TRACE }, undefined],
  )
})
