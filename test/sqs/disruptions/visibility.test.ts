import test from 'ava'
import { sqsClient } from '../sqs-client.ts'
import { bodies, complaint, receive, rule, send } from './rules.ts'

const start = (name = 'orders') => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue(name, name.endsWith('.fifo') ? { FifoQueue: 'true' } : {})
  return { sqs, QueueUrl }
}

test('a message comes back before its visibility timeout is over', (t) => {
  const { sqs, QueueUrl } = start()
  const early = rule('visibility', { scale: 0.5 })
  send(sqs, QueueUrl, 1)
  receive(sqs, QueueUrl, 1, early())
  receive(sqs, QueueUrl, 1, early())
  sqs.clock.advance(14_999)
  t.deepEqual(receive(sqs, QueueUrl, 1), [])
  sqs.clock.advance(1)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 1, early(), { VisibilityTimeout: 100 })), ['m0'])
  sqs.clock.advance(50_000)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 1)), ['m0'])
  t.deepEqual(early.acts, ['visibility 15000ms for 30000ms', 'visibility 50000ms for 100000ms'])
})

test('or later; but nothing is in flight for more than twelve hours', (t) => {
  const { sqs, QueueUrl } = start()
  send(sqs, QueueUrl, 1)
  receive(sqs, QueueUrl, 1, rule('visibility', 10)(), { VisibilityTimeout: 43_200 })
  sqs.clock.advance(43_200_000)
  t.is(receive(sqs, QueueUrl, 1, rule('visibility', 2)()).length, 1)
  sqs.clock.advance(30_000)
  t.is(receive(sqs, QueueUrl, 1).length, 0)
})

test('a FIFO queue then refuses the handle of who was late, as AWS does', (t) => {
  const { sqs, QueueUrl } = start('orders.fifo')
  send(sqs, QueueUrl, 1, 1)
  const [late] = receive(sqs, QueueUrl, 1, rule('visibility')())
  sqs.clock.advance(3000)
  const error = sqs.error('DeleteMessage', { QueueUrl, ReceiptHandle: late?.ReceiptHandle })
  t.regex(error.message, /The receipt handle has expired\.$/)
})

test('none at all: the message is there again at once', (t) => {
  const { sqs, QueueUrl } = start()
  const none = rule('visibility', 0)
  send(sqs, QueueUrl, 1)
  t.is(receive(sqs, QueueUrl, 10, none()).length, 1)
  t.is(receive(sqs, QueueUrl, 10).length, 1)
  t.deepEqual(none.acts, ['visibility 0ms for 30000ms'])
})

test('as long as it should be is nothing that happened, nor is a receive of nothing', (t) => {
  const { sqs, QueueUrl } = start()
  const same = rule('visibility', 1)
  const early = rule('visibility')
  receive(sqs, QueueUrl, 1, early())
  send(sqs, QueueUrl, 1)
  receive(sqs, QueueUrl, 1, early(), { VisibilityTimeout: 0 })
  receive(sqs, QueueUrl, 1, same())
  t.deepEqual([...same.acts, ...early.acts], [])
})

test('what it takes', (t) => {
  t.is(complaint('visibility', -1), 'expected a number from 0 to 10')
  t.is(complaint('visibility', { scale: 0.25 }), undefined)
})
