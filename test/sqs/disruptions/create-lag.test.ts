import test from 'ava'
import { sqsClient, type CallOptions } from '../sqs-client.ts'
import { complaint, rule } from './rules.ts'

const start = (value: unknown = { lag: '2s' }) => {
  const sqs = sqsClient()
  const late = rule('createLag', value)
  const create = (how: CallOptions = late()) => sqs.ok('CreateQueue', { QueueName: 'orders' }, how).QueueUrl
  return { sqs, late, create }
}

test('a queue that was created is not found until its lag is over', (t) => {
  const { sqs, late, create } = start()
  const QueueUrl = create()
  t.deepEqual(late.acts, ['createLag 2000ms'])
  sqs.clock.advance(1999)
  const { shape, hint } = sqs.error('SendMessage', { QueueUrl, MessageBody: 'x' })
  t.is(shape, 'QueueDoesNotExist')
  t.is(hint, "queue 'orders' was created, and sqs.createLag hides it for 1 ms more")
  t.is(sqs.error('GetQueueUrl', { QueueName: 'orders' }).shape, 'QueueDoesNotExist')
  t.deepEqual(sqs.ok('ListQueues'), {} as never)
  sqs.clock.advance(1)
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  t.is(sqs.ok('GetQueueUrl', { QueueName: 'orders' }).QueueUrl, QueueUrl)
  t.deepEqual(sqs.ok('ListQueues').QueueUrls, [QueueUrl])
})

test('creating it again finds it, and its lag does not begin anew', (t) => {
  const { sqs, late, create } = start()
  const QueueUrl = create()
  sqs.clock.advance(1500)
  t.is(create(), QueueUrl)
  sqs.clock.advance(500)
  sqs.ok('GetQueueUrl', { QueueName: 'orders' })
  t.is(late.acts.length, 1)
})

test('no queue can redrive to one that is not found yet', (t) => {
  const { sqs, create } = start()
  create()
  const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:000000000000:orders'
  const Attributes = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }) }
  t.regex(sqs.error('CreateQueue', { QueueName: 'work', Attributes }).message, /Dead letter target does not exist\.$/)
  const QueueUrl = sqs.queue('work')
  t.regex(sqs.error('SetQueueAttributes', { QueueUrl, Attributes }).message, /Dead letter target does not exist\.$/)
  const { shape } = sqs.error('ListMessageMoveTasks', { SourceArn: deadLetterTargetArn })
  t.is(shape, 'ResourceNotFoundException')
  sqs.clock.advance(2000)
  sqs.ok('SetQueueAttributes', { QueueUrl, Attributes })
})

test('one that was there, or is created without a fault, is found at once', (t) => {
  const { sqs, late, create } = start()
  const QueueUrl = create({})
  create()
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' }, late())
  t.deepEqual(late.acts, [])
})

test('a second is what AWS asks for', (t) => {
  const { sqs, create } = start(null)
  const QueueUrl = create()
  sqs.clock.advance(999)
  t.is(sqs.error('PurgeQueue', { QueueUrl }).shape, 'QueueDoesNotExist')
  sqs.clock.advance(1)
  t.deepEqual(sqs.ok('PurgeQueue', { QueueUrl }), {} as never)
})

test('what it takes', (t) => {
  t.is(complaint('createLag', '3s'), undefined)
  t.is(complaint('createLag', 'soon'), 'expected a duration like "200ms"')
})
