import test from 'ava'
import fc from 'fast-check'
import { sqsClient } from '../sqs-client.ts'
import { bodies, complaint, receive, rule, send } from './rules.ts'

const start = (name = 'orders', attributes: Readonly<Record<string, string>> = {}) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue(name, name.endsWith('.fifo') ? { FifoQueue: 'true', ...attributes } : attributes)
  return { sqs, QueueUrl }
}

test('a receive gives fewer than it was asked for, though there are more', (t) => {
  const { sqs, QueueUrl } = start()
  const three = rule('fewer', { most: 3 })
  send(sqs, QueueUrl, 10)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10, three())), ['m0', 'm1', 'm2'])
  t.deepEqual(three.acts, ['fewer 3 of 10'])
})

test('as many as are there, or as were asked for, are no fewer', (t) => {
  const { sqs, QueueUrl } = start()
  const three = rule('fewer', 3)
  send(sqs, QueueUrl, 5)
  t.is(receive(sqs, QueueUrl, 2, three()).length, 2)
  t.is(receive(sqs, QueueUrl, 10, three()).length, 3)
  t.is(receive(sqs, QueueUrl, 10, three()).length, 0)
  t.deepEqual(three.acts, [])
})

test('long polls give fewer as well', (t) => {
  const { sqs, QueueUrl } = start()
  send(sqs, QueueUrl, 5)
  t.is(receive(sqs, QueueUrl, 10, rule('fewer', 1)(), { WaitTimeSeconds: 20 }).length, 1)
})

test('the rest of a FIFO group is not lost, and waits until the first part is gone', (t) => {
  const { sqs, QueueUrl } = start('orders.fifo')
  const two = rule('fewer', 2)
  send(sqs, QueueUrl, 5, 1)
  const first = receive(sqs, QueueUrl, 10, two())
  t.deepEqual(bodies(first), ['g0-m0', 'g0-m1'])
  t.deepEqual(receive(sqs, QueueUrl, 10), [])
  for (const { ReceiptHandle } of first) sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10)), ['g0-m2', 'g0-m3', 'g0-m4'])
  t.deepEqual(two.acts, ['fewer 2 of 10'])
})

test('where there is something it never gives nothing, dead letters or not', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 5 }), fc.boolean(), (max, dead, isFifo) => {
      const name = isFifo ? '.fifo' : ''
      const { sqs } = start()
      const fifo = isFifo ? { FifoQueue: 'true' } : undefined
      const target = sqs.queue(`dead${name}`, fifo)
      const { QueueArn } = sqs.ok('GetQueueAttributes', { QueueUrl: target, AttributeNames: ['QueueArn'] })
        .Attributes as never
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: QueueArn, maxReceiveCount: 1 })
      const QueueUrl = sqs.queue(`work${name}`, { ...fifo, RedrivePolicy, VisibilityTimeout: '0' })
      send(sqs, QueueUrl, dead + 3, isFifo ? 3 : 0)
      if (dead > 0) receive(sqs, QueueUrl, dead)
      const some = rule('fewer')
      let received = 0
      for (;;) {
        const before = Number(
          (sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }).Attributes as Record<string, string>)
            .ApproximateNumberOfMessages,
        )
        const { length } = receive(sqs, QueueUrl, max, some(), { VisibilityTimeout: 600 })
        received += length
        if (length === 0) break
        t.true(before > 0)
      }
      if (!isFifo) t.is(received, 3)
      else t.true(received > 0)
    }),
    { numRuns: 60 },
  )
})

test('without a number every number up to the one asked for is drawn', (t) => {
  const { sqs, QueueUrl } = start('orders', { VisibilityTimeout: '0' })
  send(sqs, QueueUrl, 10)
  const some = rule('fewer')
  const counts = new Set(Array.from({ length: 200 }, () => receive(sqs, QueueUrl, 10, some()).length))
  t.deepEqual(
    [...counts].toSorted((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  )
  t.false(some.acts.includes('fewer 10 of 10'))
})

test('what it takes', (t) => {
  t.is(complaint('fewer', 10), 'expected a whole number from 1 to 9')
  t.is(complaint('fewer', { least: 1 }), 'unknown key, expected one of most')
})
