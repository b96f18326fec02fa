import test from 'ava'
import { type SqsClient, sqsClient } from '../sqs-client.ts'

const FIFO = { FifoQueue: 'true', ContentBasedDeduplication: 'true' }

function received(name = 'orders'): { sqs: SqsClient; QueueUrl: string; ReceiptHandle: string } {
  const sqs = sqsClient()
  const isFifo = name.endsWith('.fifo')
  const QueueUrl = sqs.queue(name, { VisibilityTimeout: '10', ...(isFifo && FIFO) })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x', ...(isFifo && { MessageGroupId: 'g' }) })
  return { sqs, QueueUrl, ReceiptHandle: sqs.ok('ReceiveMessage', { QueueUrl }).Messages[0].ReceiptHandle }
}

for (const name of ['orders', 'orders.fifo']) {
  test(`${name}: a message in flight is deleted, also a second time`, (t) => {
    const { sqs, QueueUrl, ReceiptHandle } = received(name)
    for (let i = 0; i < 2; i++) t.deepEqual(sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle }), {})
    sqs.clock.advance(60_000)
    t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
  })

  test(`${name}: deleting what a purge or retention took is a success`, (t) => {
    const purged = received(name)
    purged.sqs.ok('PurgeQueue', { QueueUrl: purged.QueueUrl })
    t.notThrows(() => purged.sqs.ok('DeleteMessage', purged))
    const expired = received(name)
    expired.sqs.clock.advance(345_600_000)
    t.notThrows(() => expired.sqs.ok('DeleteMessage', expired))
  })

  test(`${name}: garbage and the handles of other queues are invalid`, (t) => {
    const { sqs, QueueUrl, ReceiptHandle } = received(name)
    const error = sqs.error('DeleteMessage', { QueueUrl, ReceiptHandle: 'garbage' })
    t.is(error.code, 'ReceiptHandleIsInvalid')
    t.is(error.status, 404)
    t.is(error.message, 'The input receipt handle "garbage" is not a valid receipt handle.')
    const other = sqs.queue('other')
    t.is(sqs.error('DeleteMessage', { QueueUrl: other, ReceiptHandle }).code, 'ReceiptHandleIsInvalid')
  })
}

test('standard: an expired handle deletes', (t) => {
  const { sqs, QueueUrl, ReceiptHandle } = received()
  sqs.clock.advance(10_000)
  t.deepEqual(sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle }), {})
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
})

test('standard: the handle of an earlier receive is a success that deletes nothing', (t) => {
  const { sqs, QueueUrl, ReceiptHandle } = received()
  sqs.clock.advance(10_000)
  sqs.ok('ReceiveMessage', { QueueUrl })
  t.deepEqual(sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle }), {})
  sqs.clock.advance(10_000)
  t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages.length, 1)
})

test('FIFO: an expired handle is an error with its own text', (t) => {
  const { sqs, QueueUrl, ReceiptHandle } = received('orders.fifo')
  sqs.clock.advance(10_000)
  const error = sqs.error('DeleteMessage', { QueueUrl, ReceiptHandle })
  t.is(error.code, 'InvalidParameterValue')
  t.is(
    error.message,
    `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  )
})

test('FIFO: an extended handle deletes until its new end', (t) => {
  const { sqs, QueueUrl, ReceiptHandle } = received('orders.fifo')
  sqs.ok('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 20 })
  sqs.clock.advance(19_999)
  t.notThrows(() => sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle }))
})

test('a batch answers for each entry; the same handle twice is no error', (t) => {
  const { sqs, QueueUrl, ReceiptHandle } = received()
  const { Successful, Failed } = sqs.ok('DeleteMessageBatch', {
    QueueUrl,
    Entries: [
      { Id: 'a', ReceiptHandle },
      { Id: 'b', ReceiptHandle: 'garbage' },
      { Id: 'c', ReceiptHandle },
      { Id: 'd', ReceiptHandle: '' },
    ],
  })
  t.deepEqual(Successful, [{ Id: 'a' }, { Id: 'c' }])
  t.deepEqual(
    Failed.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
    [
      ['b', 'ReceiptHandleIsInvalid', true],
      ['d', 'MissingParameter', true],
    ],
  )
})
