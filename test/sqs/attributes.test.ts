import test from 'ava'
import {
  checkAttributes,
  integerOf,
  isComputed,
  mergeAttributes,
  settingsOf,
  valueOf,
} from '../../src/sqs/attributes.ts'
import { sqsClient, thrownBy } from './sqs-client.ts'

const RANGES: ReadonlyArray<readonly [name: string, from: number, to: number]> = [
  ['VisibilityTimeout', 0, 43_200],
  ['DelaySeconds', 0, 900],
  ['MaximumMessageSize', 1024, 1_048_576],
  ['MessageRetentionPeriod', 60, 1_209_600],
  ['ReceiveMessageWaitTimeSeconds', 0, 20],
  ['KmsDataKeyReusePeriodSeconds', 60, 86_400],
]

for (const [name, from, to] of RANGES) {
  test(`${name} is from ${from} to ${to}`, (t) => {
    for (const value of [from, to])
      t.deepEqual([...checkAttributes({ [name]: String(value) }, false)], [[name, `${value}`]])
    for (const value of [from - 1, to + 1, '', 'x', '1.5', ' 60', '1e2', '99999999999']) {
      const error = thrownBy(() => checkAttributes({ [name]: String(value) }, false))
      t.is(error.code, 'InvalidAttributeValue', String(value))
      t.is(error.message, `Invalid value for the parameter ${name}.`)
    }
  })
}

const ON_STANDARD: ReadonlyArray<readonly [name: string, value: string, message: string]> = [
  ['FifoQueue', 'true', 'Unknown Attribute FifoQueue.'],
  ['FifoQueue', 'false', 'Unknown Attribute FifoQueue.'],
  ['ContentBasedDeduplication', 'false', 'Unknown Attribute ContentBasedDeduplication.'],
  ['DeduplicationScope', 'queue', 'You can specify the DeduplicationScope only when FifoQueue is set to true.'],
  ['FifoThroughputLimit', 'perQueue', 'You can specify the FifoThroughputLimit only when FifoQueue is set to true.'],
  ['QueueArn', 'x', 'Unknown Attribute QueueArn.'],
  ['ApproximateNumberOfMessages', '0', 'Unknown Attribute ApproximateNumberOfMessages.'],
  ['All', '', 'Unknown Attribute All.'],
  ['Foobar', 'x', 'Unknown Attribute Foobar.'],
  ['constructor', 'x', 'Unknown Attribute constructor.'],
  ['visibilitytimeout', '1', 'Unknown Attribute visibilitytimeout.'],
]

for (const [name, value, message] of ON_STANDARD) {
  test(`a standard queue refuses ${name}=${value}`, (t) => {
    const error = thrownBy(() => checkAttributes({ [name]: value }, false))
    t.is(error.code, 'InvalidAttributeName')
    t.is(error.message, message)
  })
}

test('a FIFO queue stays one', (t) => {
  t.deepEqual([...checkAttributes({ FifoQueue: 'True' }, true)], [['FifoQueue', 'true']])
  const error = thrownBy(() => checkAttributes({ FifoQueue: 'false' }, true))
  t.is(error.code, 'InvalidAttributeValue')
  t.is(error.message, 'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.')
})

test('booleans are of any case, everything else is no boolean', (t) => {
  for (const value of ['true', 'True', 'TRUE'])
    t.is(checkAttributes({ SqsManagedSseEnabled: value }, false).get('SqsManagedSseEnabled'), 'true')
  for (const value of ['', 'yes', '1', ' true'])
    t.is(thrownBy(() => checkAttributes({ ContentBasedDeduplication: value }, true)).code, 'InvalidAttributeValue')
})

test('names of scopes and limits are exact', (t) => {
  for (const [name, values] of [
    ['DeduplicationScope', ['queue', 'messageGroup']],
    ['FifoThroughputLimit', ['perQueue', 'perMessageGroupId']],
  ] as const) {
    for (const value of values) t.is(checkAttributes({ [name]: value }, true).get(name), value)
    for (const value of ['', 'Queue', 'x'])
      t.is(thrownBy(() => checkAttributes({ [name]: value }, true)).code, 'InvalidAttributeValue')
  }
})

test('a limit per group needs the scope of a group', (t) => {
  const perGroup = checkAttributes({ FifoThroughputLimit: 'perMessageGroupId' }, true)
  t.is(thrownBy(() => mergeAttributes(new Map(), perGroup)).code, 'InvalidAttributeValue')
  const scoped = mergeAttributes(new Map([['DeduplicationScope', 'messageGroup']]), perGroup)
  t.is(scoped.get('FifoThroughputLimit'), 'perMessageGroupId')
  t.is(
    thrownBy(() => mergeAttributes(scoped, new Map([['DeduplicationScope', 'queue']]))).code,
    'InvalidAttributeValue',
  )
})

test('a key and the managed encryption exclude each other', (t) => {
  const error = thrownBy(() => checkAttributes({ KmsMasterKeyId: 'k', SqsManagedSseEnabled: 'true' }, false))
  t.is(error.code, 'InvalidAttributeName')
  t.is(
    error.message,
    'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
  )
  t.notThrows(() => checkAttributes({ KmsMasterKeyId: 'k', SqsManagedSseEnabled: 'false' }, false))
  t.notThrows(() => checkAttributes({ KmsMasterKeyId: '', SqsManagedSseEnabled: 'true' }, false))
})

test('a key turns the managed encryption off, and clearing it leaves that off', (t) => {
  const withKey = mergeAttributes(new Map(), checkAttributes({ KmsMasterKeyId: 'k' }, false))
  t.is(valueOf(withKey, 'SqsManagedSseEnabled'), 'false')
  const cleared = mergeAttributes(withKey, checkAttributes({ KmsMasterKeyId: '' }, false))
  t.is(valueOf(cleared, 'KmsMasterKeyId'), undefined)
  t.is(valueOf(cleared, 'SqsManagedSseEnabled'), 'false')
  const managed = mergeAttributes(withKey, checkAttributes({ SqsManagedSseEnabled: 'true' }, false))
  t.is(valueOf(managed, 'KmsMasterKeyId'), undefined)
})

test('what is empty removes policies and keys, and changes nothing else', (t) => {
  const policy = '{"Version":"2012-10-17"}'
  const current = new Map([
    ['Policy', policy],
    ['VisibilityTimeout', '5'],
  ])
  const merged = mergeAttributes(
    current,
    checkAttributes({ Policy: '', RedrivePolicy: '', RedriveAllowPolicy: '' }, false),
  )
  t.deepEqual([...merged], [['VisibilityTimeout', '5']])
  t.is(current.get('Policy'), policy)
})

test('the engine gets numbers, defaults included', (t) => {
  t.deepEqual(settingsOf(new Map(), false), {
    visibilityTimeoutSeconds: 30,
    delaySeconds: 0,
    retentionSeconds: 345_600,
  })
  const arn = 'arn:aws:sqs:eu-west-1:000000000000:dlq.fifo'
  const attributes = new Map([
    ['VisibilityTimeout', '1'],
    ['DelaySeconds', '2'],
    ['MessageRetentionPeriod', '60'],
    ['DeduplicationScope', 'messageGroup'],
    ['RedrivePolicy', `{"deadLetterTargetArn":"${arn}","maxReceiveCount":"3"}`],
  ])
  t.deepEqual(settingsOf(attributes, true), {
    visibilityTimeoutSeconds: 1,
    delaySeconds: 2,
    retentionSeconds: 60,
    fifo: { deduplicationScope: 'messageGroup' },
    redrive: { targetArn: arn, maxReceiveCount: 3 },
  })
  t.is(integerOf(new Map(), 'MaximumMessageSize'), 1_048_576)
})

test('computed attributes are known as such', (t) => {
  t.true(isComputed('QueueArn'))
  t.false(isComputed('VisibilityTimeout'))
  t.false(isComputed('Foobar'))
})

test('All of a standard queue', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const epoch = String(sqs.clock.nowMs() / 1000)
  t.deepEqual(sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }).Attributes, {
    VisibilityTimeout: '30',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    DelaySeconds: '0',
    ReceiveMessageWaitTimeSeconds: '0',
    SqsManagedSseEnabled: 'true',
    QueueArn: 'arn:aws:sqs:eu-west-1:000000000000:orders',
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
    ApproximateNumberOfMessagesDelayed: '0',
    CreatedTimestamp: epoch,
    LastModifiedTimestamp: epoch,
  })
})

test('All of a FIFO queue has what only those have', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true' })
  const attributes = sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }).Attributes
  t.like(attributes, {
    FifoQueue: 'true',
    ContentBasedDeduplication: 'false',
    DeduplicationScope: 'queue',
    FifoThroughputLimit: 'perQueue',
  })
})

test('the key reuse period shows when it is not the default', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders', { KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000' })
  const AttributeNames = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled']
  t.deepEqual(sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames }).Attributes, {
    KmsMasterKeyId: 'testKeyId',
    KmsDataKeyReusePeriodSeconds: '6000',
    SqsManagedSseEnabled: 'false',
  })
  sqs.ok('SetQueueAttributes', { QueueUrl, Attributes: { KmsDataKeyReusePeriodSeconds: '300' } })
  t.deepEqual(sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames }).Attributes, {
    KmsMasterKeyId: 'testKeyId',
    SqsManagedSseEnabled: 'false',
  })
})
