import test from 'ava'
import fc from 'fast-check'
import { sqsClient } from '../sqs-client.ts'
import { bodies, complaint, receive, rule, send } from './rules.ts'

const start = (name = 'orders') => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue(name, name.endsWith('.fifo') ? { FifoQueue: 'true' } : {})
  return { sqs, QueueUrl }
}

test('a short poll finds some of the messages, each on the server where it stays', (t) => {
  const { sqs, QueueUrl } = start()
  const sent = send(sqs, QueueUrl, 40)
  const onServer = (server: number): string[] => {
    const draw = (key: string): number => (key === `server ${server}` ? 0 : 0.5)
    const some = rule('sample', { servers: 4, seen: 1 }, draw)
    const found: string[] = []
    for (let each = ['']; each.length > 0; found.push(...each))
      each = bodies(receive(sqs, QueueUrl, 10, some(), { VisibilityTimeout: 10 }))
    sqs.clock.advance(10_000)
    return found.toSorted()
  }
  const servers = [0, 1, 2, 3].map(onServer)
  t.deepEqual(servers.flat().toSorted(), sent.toSorted())
  t.true(servers.every((found) => found.length >= 8 && found.length <= 12))
  t.deepEqual(onServer(2), servers[2])
})

test('a short poll may find nothing though there is a message; asking again finds it', (t) => {
  const { sqs, QueueUrl } = start()
  const some = rule('sample', { servers: 2, seen: 1 })
  send(sqs, QueueUrl, 1)
  const found = Array.from({ length: 30 }, () => receive(sqs, QueueUrl, 1, some(), { VisibilityTimeout: 0 }).length)
  const empty = found.filter((count) => count === 0).length
  t.true(empty > 5 && empty < 25)
  t.deepEqual(some.acts, Array(empty).fill('sample 1 of 2 servers'))
})

test('a long poll sees all', (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 2, max: 20 }), (max, servers) => {
      const { sqs, QueueUrl } = start()
      const some = rule('sample', { servers, seen: 1 })
      const sent = send(sqs, QueueUrl, 10)
      t.deepEqual(bodies(receive(sqs, QueueUrl, max, some(), { WaitTimeSeconds: 1 })), sent.slice(0, max))
      t.deepEqual(some.acts, [])
    }),
    { numRuns: 30 },
  )
})

test("a queue's own wait makes a poll long", (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders', { ReceiveMessageWaitTimeSeconds: '1' })
  send(sqs, QueueUrl, 10)
  t.is(receive(sqs, QueueUrl, 10, rule('sample', { servers: 20, seen: 1 })()).length, 10)
})

test('nothing is lost by it: short polls find everything in the end', (t) => {
  const { sqs, QueueUrl } = start()
  const some = rule('sample')
  const sent = send(sqs, QueueUrl, 50)
  const found: string[] = []
  for (let i = 0; i < 60; i++) found.push(...bodies(receive(sqs, QueueUrl, 10, some())))
  t.deepEqual(found.toSorted(), sent.toSorted())
})

test('who asks every server has no sample, and a FIFO queue is asked whole', (t) => {
  const every = rule('sample', { servers: 3, seen: 3 })
  const { sqs, QueueUrl } = start()
  send(sqs, QueueUrl, 10)
  t.is(receive(sqs, QueueUrl, 10, every()).length, 10)
  const fifo = start('orders.fifo')
  send(fifo.sqs, fifo.QueueUrl, 10, 2)
  t.is(receive(fifo.sqs, fifo.QueueUrl, 10, rule('sample', { servers: 20, seen: 1 })()).length, 10)
  t.deepEqual(every.acts, [])
})

test('it looks past a thousand messages that it does not see, and no further', (t) => {
  const { sqs, QueueUrl } = start()
  send(sqs, QueueUrl, 3000)
  const first = rule('sample', { servers: 2, seen: 1 }, (key) => (key === 'server 0' ? 0 : 1))
  const found: string[] = []
  for (let each = ['']; each.length > 0; found.push(...each)) each = bodies(receive(sqs, QueueUrl, 10, first()))
  t.true(found.length > 900 && found.length < 1100, String(found.length))
})

test('what it takes', (t) => {
  t.is(complaint('sample', { servers: 1 }), 'expected a whole number from 2 to 20')
  t.is(complaint('sample', 3), undefined)
})
