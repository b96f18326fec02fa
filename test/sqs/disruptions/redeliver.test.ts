import test from 'ava'
import fc from 'fast-check'
import { sqsClient } from '../sqs-client.ts'
import { bodies, complaint, receive, rule, send } from './rules.ts'

const start = (attributes?: Readonly<Record<string, string>>, name = 'orders') => {
  const sqs = sqsClient()
  return { sqs, QueueUrl: sqs.queue(name, attributes) }
}

test('a message that was received and deleted comes again, with its id and another handle', (t) => {
  const { sqs, QueueUrl } = start()
  const again = rule('redeliver', { copies: 2, after: '500ms' })
  send(sqs, QueueUrl, 1)
  const [first] = receive(sqs, QueueUrl, 10, again())
  sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle: first?.ReceiptHandle })
  t.deepEqual(receive(sqs, QueueUrl, 10), [])
  sqs.clock.advance(500)
  const copies = receive(sqs, QueueUrl, 10, again(), { AttributeNames: ['ApproximateReceiveCount'] })
  t.deepEqual(
    copies.map(({ MessageId, Attributes }) => [MessageId, Attributes.ApproximateReceiveCount]),
    [
      [first?.MessageId, '2'],
      [first?.MessageId, '2'],
    ],
  )
  t.is(new Set([first, ...copies].map((each) => each?.ReceiptHandle)).size, 3)
  t.deepEqual(again.acts, ['redeliver 2 after 500ms'])
})

test('a long poll that waits gets it when its time has come', async (t) => {
  const { sqs, QueueUrl } = start()
  send(sqs, QueueUrl, 1)
  receive(sqs, QueueUrl, 1, rule('redeliver', { after: '2s' })())
  const waiting = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  sqs.clock.advance(2000)
  t.like(await waiting, { output: { Messages: [{ Body: 'm0' }] } })
})

test('where there is nothing to deliver again, nothing has happened', (t) => {
  const { sqs, QueueUrl } = start()
  const again = rule('redeliver')
  receive(sqs, QueueUrl, 10, again())
  send(sqs, QueueUrl, 1)
  sqs.ok('GetQueueAttributes', { QueueUrl }, again())
  t.deepEqual(again.acts, [])
})

test('a FIFO queue delivers once', (t) => {
  const { sqs, QueueUrl } = start({ FifoQueue: 'true' }, 'orders.fifo')
  const again = rule('redeliver')
  send(sqs, QueueUrl, 3, 1)
  t.is(receive(sqs, QueueUrl, 10, again()).length, 3)
  t.deepEqual(receive(sqs, QueueUrl, 10), [])
  t.deepEqual(again.acts, [])
})

test('whoever deletes what he receives, no message is lost, and each comes so many times more', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(3000),
      (sizes, copies, after) => {
        const { sqs, QueueUrl } = start()
        const again = rule('redeliver', { copies, after })
        const sent = send(sqs, QueueUrl, 25)
        const counts = new Map<string, number>()
        for (let i = 0; i < 400; i++) {
          for (const { Body, ReceiptHandle } of receive(sqs, QueueUrl, sizes[i % sizes.length] as number, again())) {
            counts.set(Body, (counts.get(Body) ?? 0) + 1)
            sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
          }
          sqs.clock.advance(100)
        }
        t.deepEqual(counts, new Map(sent.map((body) => [body, copies + 1])))
      },
    ),
    { numRuns: 20 },
  )
})

test('whoever never deletes has so many copies and no more', (t) => {
  const { sqs, QueueUrl } = start({ VisibilityTimeout: '1' })
  const again = rule('redeliver', 2)
  send(sqs, QueueUrl, 2)
  for (let i = 0; i < 10; i++) {
    receive(sqs, QueueUrl, 10, again())
    sqs.clock.advance(1000)
  }
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10)).toSorted(), ['m0', 'm0', 'm0', 'm1', 'm1', 'm1'])
})

test('what it takes', (t) => {
  t.is(complaint('redeliver', { copies: 11 }), 'expected a whole number from 1 to 10')
  t.is(complaint('redeliver', { after: 'soon' }), 'expected a duration like "200ms"')
})
