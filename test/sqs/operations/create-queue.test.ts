import test from 'ava'
import { sqsClient } from '../sqs-client.ts'

type Attributes = Readonly<Record<string, string>>

const BAD_NAME = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length'

const REFUSED: ReadonlyArray<readonly [name: string, attributes: Attributes, message: string]> = [
  ['bad name!', {}, BAD_NAME],
  ['a'.repeat(81), {}, BAD_NAME],
  ['a/b', {}, BAD_NAME],
  ['orders.fifo', {}, BAD_NAME],
  ['orders.fifo', { FifoQueue: 'false' }, BAD_NAME],
  [
    'orders',
    { FifoQueue: 'true' },
    'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
  ],
]

for (const [name, attributes, message] of REFUSED) {
  test(`no queue can be called ${name.slice(0, 20)} with ${JSON.stringify(attributes)}`, (t) => {
    const error = sqsClient().error('CreateQueue', { QueueName: name, Attributes: attributes })
    t.is(error.code, 'InvalidParameterValue')
    t.is(error.message, message)
  })
}

test('a refused attribute leaves no queue behind', (t) => {
  const sqs = sqsClient()
  const error = sqs.error('CreateQueue', { QueueName: 'orders', Attributes: { FifoQueue: 'false' } })
  t.is(error.code, 'InvalidAttributeName')
  t.is(error.message, 'Unknown Attribute FifoQueue.')
  t.deepEqual(sqs.ok('ListQueues'), {})
})

const SAME: ReadonlyArray<readonly [title: string, first: Attributes, second: Attributes | undefined]> = [
  ['nothing is given', { DelaySeconds: '3' }, undefined],
  ['the same is given', { DelaySeconds: '3' }, { DelaySeconds: '3' }],
  ['some of the same is given', { DelaySeconds: '3', VisibilityTimeout: '4' }, { VisibilityTimeout: '4' }],
  ['a default is given', {}, { VisibilityTimeout: '30', SqsManagedSseEnabled: 'True' }],
  ['what is empty is given', {}, { Policy: '', KmsMasterKeyId: '' }],
  ['what is computed is given', {}, { QueueArn: 'x', ApproximateNumberOfMessages: '7' }],
  ['a policy is written differently', { Policy: '{"a":1,"b":2}' }, { Policy: '{ "b": 2, "a": 1 }' }],
]

for (const [title, first, second] of SAME) {
  test(`creating a queue again succeeds when ${title}`, (t) => {
    const sqs = sqsClient()
    const QueueUrl = sqs.queue('orders', first)
    t.is(sqs.queue('orders', second), QueueUrl)
  })
}

const DIFFERENT: ReadonlyArray<readonly [first: Attributes, second: Attributes, name: string]> = [
  [{ DelaySeconds: '1' }, { DelaySeconds: '2' }, 'DelaySeconds'],
  [{ DelaySeconds: '1' }, { DelaySeconds: '0' }, 'DelaySeconds'],
  [{}, { VisibilityTimeout: '31' }, 'VisibilityTimeout'],
  [{}, { Policy: '{}' }, 'Policy'],
  [{ KmsMasterKeyId: 'a' }, { KmsMasterKeyId: '' }, 'KmsMasterKeyId'],
]

for (const [first, second, name] of DIFFERENT) {
  test(`${JSON.stringify(first)} is not created again as ${JSON.stringify(second)}`, (t) => {
    const sqs = sqsClient()
    sqs.queue('orders', first)
    const error = sqs.error('CreateQueue', { QueueName: 'orders', Attributes: second })
    t.is(error.code, 'QueueAlreadyExists')
    t.is(error.shape, 'QueueNameExists')
    t.is(error.message, `A queue already exists with the same name and a different value for attribute ${name}`)
  })
}

test('what is compared is the value in force, not the first one', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders', { DelaySeconds: '1' })
  sqs.ok('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '2' } })
  t.is(sqs.queue('orders', { DelaySeconds: '2' }), QueueUrl)
  t.is(sqs.error('CreateQueue', { QueueName: 'orders', Attributes: { DelaySeconds: '1' } }).shape, 'QueueNameExists')
})

test('a FIFO queue is created again with and without its attributes', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true' })
  t.is(sqs.queue('orders.fifo'), QueueUrl)
  t.is(sqs.queue('orders.fifo', { FifoQueue: 'TRUE', ContentBasedDeduplication: 'false' }), QueueUrl)
  const error = sqs.error('CreateQueue', {
    QueueName: 'orders.fifo',
    Attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
  })
  t.is(error.shape, 'QueueNameExists')
})

test('unknown attributes of a queue that exists are refused as such', (t) => {
  const sqs = sqsClient()
  sqs.queue('orders')
  t.is(sqs.error('CreateQueue', { QueueName: 'orders', Attributes: { Foo: '1' } }).message, 'Unknown Attribute Foo.')
})

test('names differ by case', (t) => {
  const sqs = sqsClient()
  t.not(sqs.queue('orders'), sqs.queue('Orders'))
})

test('tags count at the creation and are not compared', (t) => {
  const sqs = sqsClient()
  const { QueueUrl } = sqs.ok('CreateQueue', { QueueName: 'orders', tags: { team: 'a' } })
  sqs.ok('CreateQueue', { QueueName: 'orders', tags: { team: 'b' } })
  t.deepEqual(sqs.ok('ListQueueTags', { QueueUrl }).Tags, { team: 'a' })
  t.is(sqs.error('CreateQueue', { QueueName: 'new', tags: { 'aws:x': '' } }).code, 'InvalidParameterValue')
})

test('a redrive policy is checked before there is a queue', (t) => {
  const sqs = sqsClient()
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:000000000000:dlq',
    maxReceiveCount: '2',
  })
  const input = { QueueName: 'orders', Attributes: { RedrivePolicy } }
  const error = sqs.error('CreateQueue', input)
  t.is(
    error.message,
    `Value ${RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
  )
  t.deepEqual(sqs.ok('ListQueues'), {})
  sqs.queue('dlq')
  const { QueueUrl } = sqs.ok('CreateQueue', input)
  const { Attributes } = sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['RedrivePolicy'] })
  t.is(Attributes.RedrivePolicy, RedrivePolicy)
})

test('a queue is created again at once, unless AWS shall be followed to the minute', (t) => {
  const lenient = sqsClient()
  lenient.ok('DeleteQueue', { QueueUrl: lenient.queue('orders') })
  t.notThrows(() => lenient.queue('orders'))

  const strict = sqsClient({ strict: { recreateDelay: true } })
  strict.ok('DeleteQueue', { QueueUrl: strict.queue('orders') })
  strict.clock.advance(59_999)
  const error = strict.error('CreateQueue', { QueueName: 'orders' })
  t.is(error.code, 'AWS.SimpleQueueService.QueueDeletedRecently')
  t.is(
    error.message,
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
  )
  strict.clock.advance(1)
  t.notThrows(() => strict.queue('orders'))
})
