import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { type DeclaredQueue, queueTemplates } from '../../src/sqs/declared-queues.ts'
import { sqsClient } from './sqs-client.ts'

const orders: DeclaredQueue = { name: 'orders', attributes: { VisibilityTimeout: '5' } }

const MISTAKES: ReadonlyArray<readonly [title: string, queues: readonly DeclaredQueue[], complaint: RegExp]> = [
  ['an illegal name', [{ name: 'bad name!', attributes: {} }], /'bad name!'.*1 to 80/],
  ['the same name twice', [orders, orders], /'orders': declared twice/],
  [
    'an attribute out of range',
    [{ name: 'a', attributes: { DelaySeconds: '901' } }],
    /'a': Invalid value for.*DelaySeconds/,
  ],
  ['an unknown attribute', [{ name: 'a', attributes: { Foo: '1' } }], /'a': Unknown Attribute Foo/],
  ['a FIFO attribute', [{ name: 'a', attributes: { ContentBasedDeduplication: 'true' } }], /Unknown Attribute Content/],
  ['FIFO without the suffix', [{ name: 'a', attributes: { FifoQueue: 'true' } }], /call it a\.fifo/],
  ['a suffix without FIFO', [{ name: 'a.fifo', attributes: { FifoQueue: 'false' } }], /Modifying queue type/],
  ['a RedrivePolicy', [{ name: 'a', attributes: { RedrivePolicy: '{}' } }], /use dlq instead/],
  ['itself as dlq', [{ ...orders, dlq: { name: 'orders', maxReceiveCount: 1 } }], /its own dlq/],
  [
    'a dlq of another kind',
    [{ ...orders, dlq: { name: 'd.fifo', maxReceiveCount: 1 } }],
    /'d\.fifo' must be a standard/,
  ],
  [
    'a standard dlq of a FIFO queue',
    [{ name: 'a.fifo', attributes: {}, dlq: { name: 'd', maxReceiveCount: 1 } }],
    /end its name in \.fifo/,
  ],
  ['a dlq with an illegal name', [{ ...orders, dlq: { name: 'a b', maxReceiveCount: 1 } }], /'a b' is no queue name/],
  ['no receives', [{ ...orders, dlq: { name: 'd', maxReceiveCount: 0 } }], /maxReceiveCount is 0/],
  ['a part of a receive', [{ ...orders, dlq: { name: 'd', maxReceiveCount: 1.5 } }], /maxReceiveCount is 1\.5/],
]

for (const [title, queues, complaint] of MISTAKES) {
  test(`declaring ${title} is the operator's mistake, in one line`, (t) => {
    const error = t.throws(() => queueTemplates(queues), { instanceOf: PipitError })
    t.regex(error.message, complaint)
    t.notRegex(error.message, /\n/)
  })
}

test('a complaint says where the queue is declared, if that is known', (t) => {
  const bad = { name: 'a', attributes: { DelaySeconds: '99999' } }
  const message = "queue 'a': Invalid value for the parameter DelaySeconds."
  t.throws(() => queueTemplates([bad]), { message })
  t.throws(() => queueTemplates([{ ...bad, source: 'pipit.yaml:7:5' }]), { message: `pipit.yaml:7:5: ${message}` })
})

test('FifoQueue need not be said where the name says it', (t) => {
  const template = queueTemplates([{ name: 'a.fifo', attributes: { ContentBasedDeduplication: 'TRUE' } }]).get('a.fifo')
  t.true(template?.isFifo)
  t.deepEqual(Object.fromEntries(template?.attributes ?? []), { FifoQueue: 'true', ContentBasedDeduplication: 'true' })
})

test('a dlq that nobody declares is declared by being one', (t) => {
  const templates = queueTemplates([{ ...orders, dlq: { name: 'orders-dlq', maxReceiveCount: 3 } }])
  t.deepEqual([...templates.keys()], ['orders', 'orders-dlq'])
})

const service = { queues: [{ ...orders, dlq: { name: 'orders-dlq', maxReceiveCount: 3 } }] }

test('a declared queue is in every region and account', (t) => {
  const sqs = sqsClient(service)
  for (const caller of [
    { region: 'moon-base-alpha' },
    { region: 'mock-region' },
    { region: 'us-east-1', account: '123456789012' },
  ]) {
    const { QueueUrl } = sqs.ok('GetQueueUrl', { QueueName: 'orders' }, { caller })
    sqs.ok('SendMessage', { QueueUrl, MessageBody: caller.region }, { caller })
    t.deepEqual(sqs.ok('ListQueues', {}, { caller }).QueueUrls.length, 2)
    const messages = sqs.ok('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 }, { caller }).Messages
    t.deepEqual(
      messages.map(({ Body }: { Body: string }) => Body),
      [caller.region],
    )
  }
})

test('a declared queue has its attributes and its dlq in its own region', (t) => {
  const sqs = sqsClient(service)
  const caller = { region: 'moon-base-alpha' }
  const how = { caller }
  const QueueUrl = 'orders'
  const { Attributes } = sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }, how)
  t.is(Attributes.VisibilityTimeout, '5')
  t.deepEqual(JSON.parse(Attributes.RedrivePolicy), {
    deadLetterTargetArn: 'arn:aws:sqs:moon-base-alpha:000000000000:orders-dlq',
    maxReceiveCount: 3,
  })
  t.deepEqual(sqs.ok('ListDeadLetterSourceQueues', { QueueUrl: 'orders-dlq' }, how).queueUrls, [
    'http://localhost:3000/sqs/000000000000/orders',
  ])
})

test('DeleteQueue removes a declared queue from its world, and from no other', (t) => {
  const sqs = sqsClient(service)
  sqs.ok('DeleteQueue', { QueueUrl: 'orders' })
  t.is(sqs.error('GetQueueUrl', { QueueName: 'orders' }).shape, 'QueueDoesNotExist')
  t.deepEqual(sqs.ok('ListQueues').QueueUrls, ['http://localhost:3000/sqs/000000000000/orders-dlq'])
  t.notThrows(() => sqs.ok('GetQueueUrl', { QueueName: 'orders' }, { caller: { region: 'us-east-1' } }))
  t.notThrows(() => sqsClient(service).ok('GetQueueUrl', { QueueName: 'orders' }))
  const QueueUrl = sqs.queue('orders')
  t.is(
    sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['VisibilityTimeout'] }).Attributes.VisibilityTimeout,
    '30',
  )
})

test('CreateQueue compares with what is declared', (t) => {
  const sqs = sqsClient(service)
  t.notThrows(() => sqs.queue('orders'))
  t.notThrows(() => sqs.queue('orders', { VisibilityTimeout: '5', DelaySeconds: '0' }))
  const error = sqs.error('CreateQueue', { QueueName: 'orders', Attributes: { VisibilityTimeout: '6' } })
  t.is(error.code, 'QueueAlreadyExists')
})

test('a declared queue whose dlq was deleted goes without', (t) => {
  const sqs = sqsClient(service)
  sqs.ok('DeleteQueue', { QueueUrl: 'orders-dlq' })
  t.deepEqual(sqs.ok('GetQueueAttributes', { QueueUrl: 'orders', AttributeNames: ['RedrivePolicy'] }), {})
})
