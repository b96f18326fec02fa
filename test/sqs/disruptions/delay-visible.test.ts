import test from 'ava'
import { sqsClient } from '../sqs-client.ts'
import { bodies, complaint, receive, rule, send } from './rules.ts'

test('what is sent is found so much later than it would be, by short and long polls', async (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const late = rule('delayVisible', { by: '500ms' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'a' }, late())
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'b', DelaySeconds: 1 }, late())
  t.deepEqual(receive(sqs, QueueUrl, 10), [])
  const waiting = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  sqs.clock.advance(500)
  t.like(await waiting, { output: { Messages: [{ Body: 'a' }] } })
  sqs.clock.advance(999)
  t.deepEqual(receive(sqs, QueueUrl, 10), [])
  sqs.clock.advance(1)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10)), ['b'])
  t.deepEqual(late.acts, ['delayVisible 500ms', 'delayVisible 500ms'])
})

test('a batch is late as a whole, and says so once', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const late = rule('delayVisible')
  const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: Id }))
  t.is(sqs.ok('SendMessageBatch', { QueueUrl, Entries }, late()).Successful.length, 2)
  t.deepEqual(receive(sqs, QueueUrl, 10), [])
  sqs.clock.advance(1000)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10)), ['a', 'b'])
  t.deepEqual(late.acts, ['delayVisible 1000ms'])
})

test('a FIFO group waits for it, in order; a duplicate is not stored, so nothing has happened', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' })
  const late = rule('delayVisible', '2s')
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'a', MessageGroupId: 'g' }, late())
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'a', MessageGroupId: 'g' }, late())
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'b', MessageGroupId: 'g' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'c', MessageGroupId: 'other' })
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10)), ['c'])
  sqs.clock.advance(2000)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10)), ['a', 'b'])
  t.is(late.acts.length, 1)
})

test('no time at all changes nothing; nor does it where nothing is sent', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  const never = rule('delayVisible', 0)
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'a' }, never())
  const late = rule('delayVisible')
  t.is(receive(sqs, QueueUrl, 10, late()).length, 1)
  t.is(send(sqs, QueueUrl, 1).length, 1)
  t.deepEqual([...never.acts, ...late.acts], [])
})

test('what it takes', (t) => {
  t.is(complaint('delayVisible', 'soon'), 'expected a duration like "200ms"')
})
