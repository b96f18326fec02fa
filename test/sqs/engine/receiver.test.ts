import test from 'ava'
import fc from 'fast-check'
import type { Message } from '../../../src/sqs/engine/message.ts'
import type { Delivered } from '../../../src/sqs/engine/queue-calls.ts'
import type { Queue } from '../../../src/sqs/engine/queue.ts'
import type { Line, ReceivePolicy } from '../../../src/sqs/engine/receive-policy.ts'
import { EnginePlayer } from './engine-player.ts'
import { deadLetters, type HistorySettings, play, singleQueue } from './history.ts'
import { bodies, lab, poll, receive, receiveBodies, receiveOne, send, sendFifo } from './lab.ts'
import { ModelPlayer } from './model-player.ts'

/** Sees the line as it is. */
function* whole(line: Line): Generator<Message> {
  yield* line
}

const reversed: ReceivePolicy = { line: (line) => [...line].toReversed() }

/** Every message comes so many more times. */
const again = (copies: number, afterMs: number, log: boolean[] = []): ReceivePolicy => ({
  delivered: (delivered, repeat) => {
    for (const { message } of delivered) log.push(repeat(message, copies, afterMs))
  },
})

const receiveBy = (queue: Queue, policies: readonly ReceivePolicy[], max = 10): readonly Delivered[] =>
  receive(queue, max, 30, { policies })

const histories: readonly [title: string, history: fc.Arbitrary<HistorySettings>][] = [
  ['a standard queue', singleQueue('standard')],
  ['a FIFO queue', singleQueue('fifo')],
  ['queues that are dead-letter queues of each other', deadLetters(false)],
]

for (const [title, history] of histories) {
  test(`policies that change nothing change nothing in any history of ${title}`, (t) => {
    const nothing: readonly ReceivePolicy[] = [{}, { line: whole, isFull: () => false, delivered: () => {} }]
    fc.assert(
      fc.property(history, (settings) => {
        t.deepEqual(play(settings, new EnginePlayer(settings, nothing)), play(settings, new ModelPlayer(settings)))
      }),
      { numRuns: 150 },
    )
  })
}

test('a receive takes what the policies leave of the line, in their order', (t) => {
  const queue = lab().standard('orders')
  send(queue, 'a', 'b', 'c', 'd')
  const even: ReceivePolicy = { line: (line) => [...line].filter(({ offset }) => offset % 2 === 0) }
  t.deepEqual(bodies(receiveBy(queue, [even, reversed])), ['c', 'a'])
  t.deepEqual(bodies(receiveBy(queue, [reversed], 1)), ['d'])
  t.deepEqual(receiveBodies(queue), ['b'])
})

test('a policy knows the receive: how many messages at most, how many are in flight, which are dead', (t) => {
  const world = lab()
  const { arn } = world.standard('dead')
  const queue = world.standard('orders', { redrive: { targetArn: arn, maxReceiveCount: 1 } })
  send(queue, 'dead', 'a', 'b')
  receive(queue, 1, 0)
  receive(queue, 1)
  const seen: unknown[] = []
  const look: ReceivePolicy = {
    line: (line, { max, inFlight, isFifo, isDead }) => {
      seen.push({ max, inFlight, isFifo, dead: [...line].filter(isDead).map(({ body }) => body) })
      return line
    },
  }
  receiveBy(queue, [look], 4)
  t.deepEqual(seen, [{ max: 4, inFlight: 1, isFifo: false, dead: ['dead'] }])
})

test('a dead letter is moved out of any order, and does not count', (t) => {
  const world = lab()
  const dead = world.standard('dead')
  const queue = world.standard('orders', { redrive: { targetArn: dead.arn, maxReceiveCount: 1 } })
  send(queue, 'dead', 'a', 'b')
  receive(queue, 1, 0)
  const { answers } = poll(world, dead, 20)
  t.deepEqual(bodies(receiveBy(queue, [reversed], 3)), ['b', 'a'])
  t.deepEqual(answers, [['dead']])
})

test('a standard queue is full when a policy says so; a FIFO queue is not asked', (t) => {
  const full: ReceivePolicy = { isFull: (inFlight) => inFlight >= 1 }
  const world = lab()
  const queue = world.standard('orders')
  send(queue, 'a', 'b')
  const request = { max: 1, visibilityTimeoutSeconds: 30, policies: [full] }
  t.is(queue.receive(request).length, 1)
  t.is(queue.receive(request), 'over-limit')
  t.is(receive(queue).length, 1)
  const fifo = world.fifo('orders.fifo')
  sendFifo(fifo, 'g1-m1', 'g2-m1')
  t.is(receiveBy(fifo, [full], 1).length, 1)
  t.is(receiveBy(fifo, [full], 1).length, 1)
})

test('a long poll waits under its policies, and others are served meanwhile', (t) => {
  const world = lab()
  const queue = world.standard('orders')
  const held: string[][] = []
  const request = { max: 1, visibilityTimeoutSeconds: 30, policies: [{ line: () => [] }] }
  queue.poll(request, world.clock.nowMs() + 5000, (delivered) => held.push(bodies(delivered)))
  const free = poll(world, queue, 5)
  send(queue, 'a')
  t.deepEqual(free.answers, [['a']])
  world.clock.advance(5000)
  t.deepEqual(held, [[]])
})

test('out of order in a FIFO queue: the group goes to the back, and what was left out comes next', (t) => {
  const queue = lab().fifo('orders.fifo')
  sendFifo(queue, 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2')
  const last = receiveBy(queue, [{ line: (line) => [...line].filter(({ body }) => body === 'g1-m2') }])
  t.deepEqual(bodies(last), ['g1-m2'])
  t.deepEqual(receiveBodies(queue, 2), ['g2-m1', 'g2-m2'])
  t.deepEqual(receiveBodies(queue), ['g1-m1'])
})

test('a message comes again when its time is over, whatever became of it', (t) => {
  const { standard, clock } = lab()
  const queue = standard('orders')
  queue.send({ body: 'a', senderId: 'AIDA', groupId: 'tenant', attributes: { n: { dataType: 'String' } } })
  clock.advance(10)
  const [first] = receiveBy(queue, [again(2, 500)]) as [Delivered]
  queue.delete(first.receiptHandle)
  clock.advance(499)
  t.deepEqual(receive(queue), [])
  clock.advance(1)
  const copies = receive(queue)
  for (const { message, receiptHandle, receiveCount } of copies) {
    t.is(message.messageId, first.message.messageId)
    t.not(receiptHandle, first.receiptHandle)
    t.is(receiveCount, 2)
    const { body, groupId, attributes, sentAtMs, firstReceivedAtMs } = first.message
    t.like(message, { body, groupId, attributes, sentAtMs, firstReceivedAtMs })
  }
  t.is(copies.length, 2)
  t.is(queue.delete(copies[0]?.receiptHandle as string), 'deleted')
  t.is(queue.counts().inFlight, 1)
})

test('without a delay it comes at once, but not in the same receive', (t) => {
  const world = lab()
  const queue = world.standard('orders')
  send(queue, 'a')
  const other = poll(world, queue, 20)
  t.deepEqual(other.answers, [['a']])
  send(queue, 'b')
  t.deepEqual(bodies(receiveBy(queue, [again(1, 0)])), ['b'])
  t.deepEqual(receiveBodies(queue), ['b'])
})

test('a message and its copies come again once, however often they are received', (t) => {
  const { standard, clock } = lab()
  const queue = standard('orders')
  send(queue, 'a')
  const log: boolean[] = []
  for (let i = 0; i < 5; i++) {
    receiveBy(queue, [again(1, 0, log)])
    clock.advance(30_000)
  }
  t.deepEqual(log, [true, false, false, false, false, false, false, false, false])
  t.is(queue.counts().visible, 2)
})

test('a copy goes on counting: it is redriven as the message would be', (t) => {
  const { standard } = lab()
  const dead = standard('dead')
  const queue = standard('orders', { redrive: { targetArn: dead.arn, maxReceiveCount: 1 } })
  send(queue, 'a')
  const [first] = receiveBy(queue, [again(1, 0)]) as [Delivered]
  queue.delete(first.receiptHandle)
  t.deepEqual(receive(queue), [])
  const { message } = receiveOne(dead)
  t.is(message.messageId, first.message.messageId)
})

test('a FIFO queue delivers once', (t) => {
  const queue = lab().fifo('orders.fifo')
  sendFifo(queue, 'g1-m1')
  const log: boolean[] = []
  const [first] = receiveBy(queue, [again(1, 0, log)]) as [Delivered]
  queue.delete(first.receiptHandle)
  t.deepEqual(log, [false])
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 0, delayed: 0 })
})

test('a receive that gives nothing delivers nothing', (t) => {
  const queue = lab().standard('orders')
  const log: unknown[] = []
  receiveBy(queue, [{ delivered: (delivered) => log.push(delivered) }])
  t.deepEqual(log, [])
})
