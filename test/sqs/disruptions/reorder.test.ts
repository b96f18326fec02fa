import test from 'ava'
import fc from 'fast-check'
import { sqsClient } from '../sqs-client.ts'
import { bodies, complaint, receive, rule, send } from './rules.ts'

const start = (name = 'orders') => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue(name, name.endsWith('.fifo') ? { FifoQueue: 'true' } : {})
  return { sqs, QueueUrl }
}

test('each message is one of the next so many in line', (t) => {
  const { sqs, QueueUrl } = start()
  send(sqs, QueueUrl, 6)
  const last = rule('reorder', { window: 3 }, () => 0.99)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 2, last())), ['m2', 'm3'])
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10, last())), ['m4', 'm5', 'm1', 'm0'])
  t.deepEqual(last.acts, ['reorder within 3', 'reorder within 3'])
})

test('who draws the first each time changes nothing, and says so', (t) => {
  const { sqs, QueueUrl } = start()
  const first = rule('reorder', 5, () => 0)
  const sent = send(sqs, QueueUrl, 6)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10, first())), sent)
  t.deepEqual(first.acts, [])
})

test('the same draws give the same order', (t) => {
  const order = (): string[] => {
    const { sqs, QueueUrl } = start()
    send(sqs, QueueUrl, 8)
    return bodies(receive(sqs, QueueUrl, 8, rule('reorder', 8, (key) => (key.length * key.charCodeAt(5) * 0.37) % 1)()))
  }
  t.deepEqual(order(), order())
})

test('it loses and adds no message, and none comes sooner than the window is long', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 10 }), (window, max) => {
      const { sqs, QueueUrl } = start()
      const anyOrder = rule('reorder', { window })
      const sent = send(sqs, QueueUrl, 40)
      const got: string[] = []
      for (let each = ['']; each.length > 0; got.push(...each)) each = bodies(receive(sqs, QueueUrl, max, anyOrder()))
      t.deepEqual(got.toSorted(), sent.toSorted())
      t.true(got.every((body, place) => sent.indexOf(body) < place + window))
      t.notDeepEqual(got, sent)
    }),
    { numRuns: 50 },
  )
})

test('a FIFO queue keeps its order, whoever asks', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 10 }), (groups, max) => {
      const disrupted = start('orders.fifo')
      const ordinary = start('orders.fifo')
      const anyOrder = rule('reorder', 20)
      for (const { sqs, QueueUrl } of [disrupted, ordinary]) send(sqs, QueueUrl, 20, groups)
      for (let i = 0; i < 10; i++) {
        const got = receive(disrupted.sqs, disrupted.QueueUrl, max, anyOrder())
        t.deepEqual(got, receive(ordinary.sqs, ordinary.QueueUrl, max))
      }
      t.deepEqual(anyOrder.acts, [])
    }),
    { numRuns: 30 },
  )
})

test('a FIFO queue breaks its order when told so: within groups and between them', (t) => {
  const { sqs, QueueUrl } = start('orders.fifo')
  const sent = send(sqs, QueueUrl, 8, 2)
  const anyOrder = rule('reorder', { window: 8, fifo: true }, (key) => (key === 'pick 0' ? 0.4 : 0.9))
  const first = receive(sqs, QueueUrl, 3, anyOrder())
  t.deepEqual(bodies(first), ['g0-m6', 'g1-m7', 'g1-m5'])
  const rest = bodies(receive(sqs, QueueUrl, 10))
  t.deepEqual(rest.toSorted(), sent.filter((body) => !bodies(first).includes(body)).toSorted())
  t.deepEqual(anyOrder.acts, ['reorder within 8'])
})

test('a FIFO queue out of order still has every message, once', (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 5 }),
      (window, max, groups) => {
        const { sqs, QueueUrl } = start('orders.fifo')
        const anyOrder = rule('reorder', { window, fifo: true })
        const sent = send(sqs, QueueUrl, 30, groups)
        const got: string[] = []
        for (
          let each = receive(sqs, QueueUrl, max, anyOrder());
          each.length > 0;
          each = receive(sqs, QueueUrl, max, anyOrder())
        ) {
          got.push(...bodies(each))
          for (const { ReceiptHandle } of each) sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
        }
        t.deepEqual(got.toSorted(), sent.toSorted())
      },
    ),
    { numRuns: 50 },
  )
})

test('what it takes', (t) => {
  t.is(complaint('reorder', 1), 'expected a whole number from 2 to 1000')
  t.is(complaint('reorder', { window: 5, fifo: true }), undefined)
})
