import test from 'ava'
import { sqsClient, type SqsClient } from '../sqs-client.ts'
import { complaint, rule, type Rule } from './rules.ts'

const start = (name = 'orders', attributes: Readonly<Record<string, string>> = {}) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue(name, name.endsWith('.fifo') ? { FifoQueue: 'true', ...attributes } : attributes)
  return { sqs, QueueUrl }
}

const READ = 'GetQueueAttributes'

/** How many of so many calls are let through. */
function through(sqs: SqsClient, limited: Rule, calls: number, QueueUrl: string, operation = READ): number {
  const results = Array.from({ length: calls }, () => sqs.start(operation, { QueueUrl }, limited()))
  return results.filter((result) => 'kind' in result && result.kind === 'output').length
}

test('so many calls in a second, and what comes above is refused before anything happens', (t) => {
  const { sqs, QueueUrl } = start()
  const two = rule('throttle', { tps: 2 })
  for (let i = 0; i < 3; i++) void sqs.start('SendMessage', { QueueUrl, MessageBody: String(i) }, two())
  const error = sqs.error('SendMessage', { QueueUrl, MessageBody: 'no' }, two())
  t.like(error, { shape: 'RequestThrottled', code: 'RequestThrottled', status: 403 })
  t.is(sqs.ok('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 }).Messages.length, 2)
  sqs.clock.advance(500)
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'yes' }, two())
  t.deepEqual(two.acts, ['throttle SendMessage at 2/s', 'throttle SendMessage at 2/s'])
})

test('each operation counts for itself, unless the queue is said', (t) => {
  const { sqs, QueueUrl } = start()
  const each = rule('throttle', 3)
  t.is(through(sqs, each, 5, QueueUrl), 3)
  t.is(through(sqs, each, 5, QueueUrl, 'ListQueueTags'), 3)
  const together = rule('throttle', { tps: 3, per: 'queue' })
  t.is(through(sqs, together, 2, QueueUrl), 2)
  t.is(through(sqs, together, 2, QueueUrl, 'ListQueueTags'), 1)
  t.deepEqual(together.acts, ['throttle orders at 3/s'])
})

test('each queue counts for itself, and each rule', (t) => {
  const { sqs, QueueUrl } = start()
  const other = sqs.queue('other')
  const one = rule('throttle', 1)
  t.is(through(sqs, one, 3, QueueUrl), 1)
  t.is(through(sqs, one, 3, other), 1)
  t.is(through(sqs, rule('throttle', 1), 3, QueueUrl), 1)
})

test("a FIFO queue has AWS's 300 calls of each operation, and its own error", (t) => {
  const { sqs, QueueUrl } = start('orders.fifo')
  const usual = rule('throttle')
  t.is(through(sqs, usual, 400, QueueUrl), 300)
  t.like(sqs.error(READ, { QueueUrl }, usual()), { code: 'ThrottlingException', status: 400, message: 'Rate exceeded' })
  sqs.clock.advance(100)
  t.is(through(sqs, usual, 400, QueueUrl), 30)
})

test('batches of ten make 3,000 messages of 300 calls', (t) => {
  const { sqs, QueueUrl } = start('orders.fifo')
  const usual = rule('throttle')
  const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: `e${i}`, MessageBody: 'x', MessageGroupId: 'g' }))
  let sent = 0
  for (let call = 0; call < 310; call++) {
    const own = Entries.map((entry) => ({ ...entry, MessageDeduplicationId: `${call}/${entry.Id}` }))
    const result = sqs.start('SendMessageBatch', { QueueUrl, Entries: own }, usual())
    if ('output' in result) sent += (result.output.Successful as unknown[]).length
  }
  t.is(sent, 3000)
})

test('a queue without a quota of AWS has none unless it is said', (t) => {
  const usual = rule('throttle')
  const standard = start()
  t.is(through(standard.sqs, usual, 1000, standard.QueueUrl), 1000)
  const fast = start('fast.fifo', { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' })
  t.is(through(fast.sqs, usual, 1000, fast.QueueUrl), 1000)
  t.deepEqual(usual.acts, [])
})

test('the error may be said', (t) => {
  const { sqs, QueueUrl } = start()
  const said = rule('throttle', { tps: 1, code: 'ThrottlingException' })
  through(sqs, said, 1, QueueUrl)
  t.is(sqs.error(READ, { QueueUrl }, said()).code, 'ThrottlingException')
})

test('what is about no queue is not throttled', (t) => {
  const { sqs } = start()
  const one = rule('throttle', 1)
  for (let i = 0; i < 5; i++) sqs.ok('ListQueues', {}, one())
  t.deepEqual(one.acts, [])
})

test('what it takes', (t) => {
  t.is(complaint('throttle', 0), 'expected calls per second: a number above 0, a million at most')
  t.is(complaint('throttle', { tps: 0.5 }), undefined)
  t.is(complaint('throttle', { per: 'group' }), 'expected one of operation, queue')
  t.is(complaint('throttle', { code: 'Oops' }), 'expected one of RequestThrottled, ThrottlingException')
})
