import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { seededRandom } from '../../src/core/random.ts'
import { sqs } from '../../src/sqs/service.ts'
import { exchangeOf, sqsClient } from './sqs-client.ts'

test('SQS speaks both protocols under its name', (t) => {
  const service = sqs()
  t.is(service.name, 'sqs')
  t.is(service.signingName, 'sqs')
  t.deepEqual(
    service.protocols.map(({ name }) => name),
    ['awsJson1_0', 'awsQuery'],
  )
})

test('every mock is a world of its own', (t) => {
  const service = sqs()
  const clock = new VirtualClock()
  const [one, other] = [1, 2].map((seed) => service.mock({ clock, wall: clock, random: seededRandom(seed) }))
  const [protocol] = service.protocols
  if (one === undefined || other === undefined || protocol === undefined) throw new Error('no mock')
  const call = (operation: string) => ({ protocol, operation, input: { QueueName: 'orders' }, path: '/' })
  void one.call(call('CreateQueue'), exchangeOf({}, 0))
  t.like(one.call(call('GetQueueUrl'), exchangeOf({}, 0)), { kind: 'output' })
  t.like(other.call(call('GetQueueUrl'), exchangeOf({}, 0)), { kind: 'error' })
})

test("a client's mistake is an answer, a bug is thrown", (t) => {
  const sqsOne = sqsClient()
  t.is(sqsOne.error('GetQueueUrl', { QueueName: 'orders' }).code, 'AWS.SimpleQueueService.NonExistentQueue')
  t.throws(() => sqsOne.start('DeleteMessageBatch', { QueueUrl: sqsOne.queue('orders'), Entries: 7 }), {
    instanceOf: TypeError,
  })
})

test('closing the mock ends long polls with their empty answer', async (t) => {
  const one = sqsClient()
  const poll = one.start('ReceiveMessage', { QueueUrl: one.queue('orders'), WaitTimeSeconds: 20 })
  one.close()
  t.deepEqual(await poll, { kind: 'output', output: {} })
})

test('limits reach the engine', (t) => {
  const one = sqsClient({ limits: { inFlightStandard: 1 } })
  const QueueUrl = one.queue('orders')
  for (const MessageBody of ['a', 'b']) one.ok('SendMessage', { QueueUrl, MessageBody })
  one.ok('ReceiveMessage', { QueueUrl })
  const error = one.error('ReceiveMessage', { QueueUrl })
  t.is(error.code, 'OverLimit')
  t.is(error.status, 403)
})

test('it names every operation, every error and every member that the server makes up', (t) => {
  const { operations, errors, minted } = sqs()
  t.is(operations.length, 23)
  t.true(errors.some(({ shape, code }) => shape === 'QueueDoesNotExist' && code.endsWith('NonExistentQueue')))
  t.like(minted, { MessageId: 'messageId', ReceiptHandle: 'receiptHandle', SentTimestamp: 'time' })
})
