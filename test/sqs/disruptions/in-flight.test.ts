import test from 'ava'
import { sqsClient } from '../sqs-client.ts'
import { bodies, complaint, receive, rule, send } from './rules.ts'

const start = (name = 'orders') => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue(name, name.endsWith('.fifo') ? { FifoQueue: 'true' } : {})
  return { sqs, QueueUrl }
}

test('a short poll of a standard queue is answered OverLimit, until a message is no longer in flight', (t) => {
  const { sqs, QueueUrl } = start()
  const two = rule('inFlight', { max: 2 })
  send(sqs, QueueUrl, 5)
  const [first] = receive(sqs, QueueUrl, 2, two())
  t.deepEqual(two.acts, [])
  const error = sqs.error('ReceiveMessage', { QueueUrl }, two())
  t.like(error, { shape: 'OverLimit', code: 'OverLimit', status: 403 })
  t.deepEqual(two.acts, ['inFlight 2 of 2'])
  sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle })
  t.deepEqual(bodies(receive(sqs, QueueUrl, 1, two())), ['m2'])
})

test('a receive is cut to what there is room for', (t) => {
  const { sqs, QueueUrl } = start()
  const three = rule('inFlight', 3)
  send(sqs, QueueUrl, 5)
  t.is(receive(sqs, QueueUrl, 2, three()).length, 2)
  t.is(receive(sqs, QueueUrl, 10, three()).length, 1)
  t.deepEqual(three.acts, ['inFlight 3 of 3'])
})

test('a long poll waits for room', async (t) => {
  const { sqs, QueueUrl } = start()
  const one = rule('inFlight', 1)
  send(sqs, QueueUrl, 2)
  const [first] = receive(sqs, QueueUrl, 1)
  const waiting = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 }, one())
  const other = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 1 })
  t.like(other, { output: { Messages: [{ Body: 'm1' }] } })
  send(sqs, QueueUrl, 1)
  sqs.clock.advance(1000)
  sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle })
  t.deepEqual(one.acts, ['inFlight 1 of 1'])
  sqs.clock.advance(19_000)
  t.deepEqual(await waiting, { kind: 'output', output: {} })
})

test('a FIFO queue has nothing to give, and no error', (t) => {
  const { sqs, QueueUrl } = start('orders.fifo')
  const one = rule('inFlight', 1)
  send(sqs, QueueUrl, 2, 2)
  t.is(receive(sqs, QueueUrl, 10, one()).length, 1)
  t.deepEqual(receive(sqs, QueueUrl, 10, one()), [])
  t.deepEqual(one.acts, ['inFlight 1 of 1', 'inFlight 1 of 1'])
})

test('none at all may be in flight', (t) => {
  const { sqs, QueueUrl } = start()
  t.is(sqs.error('ReceiveMessage', { QueueUrl }, rule('inFlight', 0)()).code, 'OverLimit')
})

test('what it takes', (t) => {
  t.is(complaint('inFlight', -1), 'expected a whole number from 0 to 120000')
})
