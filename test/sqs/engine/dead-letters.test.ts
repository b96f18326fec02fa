import test from 'ava'
import fc from 'fast-check'
import type { Queue } from '../../../src/sqs/engine/queue.ts'
import type { QueueSettings } from '../../../src/sqs/engine/queue-calls.ts'
import { EnginePlayer } from './engine-player.ts'
import { deadLetters, play } from './history.ts'
import { lab, poll, receive, receiveBodies, receiveOne, send, sendFifo } from './lab.ts'
import { ModelPlayer } from './model-player.ts'

const to = (target: Queue, maxReceiveCount = 1): Pick<QueueSettings, 'redrive'> => ({
  redrive: { targetArn: target.arn, maxReceiveCount },
})

function start(kind: 'standard' | 'fifo' = 'standard', maxReceiveCount = 1, settings: Partial<QueueSettings> = {}) {
  const world = lab()
  const dead = world[kind]('dead', settings)
  const queue = world[kind]('orders', { ...settings, ...to(dead, maxReceiveCount) })
  /** A receive whose visibility timeout ends at once. */
  const fail = (of = queue): void => {
    receive(of, 10, 1)
    world.clock.advance(1000)
  }
  return { ...world, dead, queue, fail }
}

test('after so many receives the next one finds nothing, and the message is in the dead-letter queue', (t) => {
  const { queue, dead, fail } = start('standard', 2)
  send(queue, 'm')
  fail()
  fail()
  t.is(dead.counts().visible, 0)
  t.deepEqual(receiveBodies(queue), [])
  t.deepEqual(receiveBodies(dead), ['m'])
})

test('it keeps its id and attributes, its count goes on, and its source is told [S test_dead_letter_queue_message_attributes]', (t) => {
  const { queue, dead, fail, clock } = start()
  const attributes = { a: { dataType: 'String', stringValue: 'x' } }
  const { messageId } = queue.send({ body: 'm', senderId: 'AIDA', attributes, traceHeader: 'Root=1' })
  const firstReceivedAtMs = clock.nowMs()
  fail()
  receive(queue)
  const { message, receiveCount } = receiveOne(dead)
  t.is(receiveCount, 2)
  t.like(message, {
    messageId,
    attributes,
    traceHeader: 'Root=1',
    senderId: 'AIDA',
    firstReceivedAtMs,
    deadLetterSourceArn: queue.arn,
  })
})

test('the handle of the source says that the message is gone, and is none of the dead-letter queue', (t) => {
  const { queue, dead, clock } = start()
  send(queue, 'm')
  const { receiptHandle } = receiveOne(queue, 1)
  clock.advance(1000)
  receive(queue)
  t.is(queue.delete(receiptHandle), 'gone')
  t.is(dead.delete(receiptHandle), 'invalid')
  t.is(dead.counts().visible, 1)
})

test('a receive goes on behind what it moves', (t) => {
  const { queue, dead, fail } = start()
  send(queue, 'a', 'b')
  fail()
  send(queue, 'c', 'd')
  t.deepEqual(receiveBodies(queue, 2), ['c', 'd'])
  t.deepEqual(receiveBodies(dead), ['a', 'b'])
})

test('a standard message keeps its enqueue time for retention', (t) => {
  const { queue, dead, fail, clock } = start('standard', 1, { retentionSeconds: 600 })
  const sentAtMs = clock.nowMs()
  send(queue, 'm')
  clock.advance(500_000)
  fail()
  receive(queue)
  t.is([...dead.desk.messages()][0]?.sentAtMs, sentAtMs)
  clock.advance(99_000)
  t.is(dead.counts().visible, 0)
})

test('a FIFO message counts its retention anew', (t) => {
  const { queue, dead, fail, clock } = start('fifo', 1, { retentionSeconds: 600 })
  sendFifo(queue, 'g-m')
  clock.advance(500_000)
  fail()
  receive(queue)
  const movedAtMs = clock.nowMs()
  t.is([...dead.desk.messages()][0]?.sentAtMs, movedAtMs)
  clock.advance(599_999)
  t.is(dead.counts().visible, 1)
})

test('the move frees the FIFO group: the same receive gives what is behind [I localstack#3013 #3319 #10107]', (t) => {
  const { queue, dead, fail } = start('fifo')
  sendFifo(queue, 'g-m1')
  fail()
  sendFifo(queue, 'g-m2')
  t.deepEqual(receiveBodies(queue), ['g-m2'])
  t.deepEqual(receiveBodies(dead), ['g-m1'])
})

test('group and deduplication id are kept, and an id that the target knows is no duplicate [S test_dead_letter_queue_with_fifo_and_content_based_deduplication]', (t) => {
  const { queue, dead, fail } = start('fifo')
  const draft = { body: 'm', senderId: 'AIDA', groupId: 'g', deduplicationId: 'd' }
  dead.send({ ...draft, body: 'already there' })
  queue.send(draft)
  fail()
  receive(queue)
  const delivered = receive(dead)
  t.deepEqual(
    delivered.map(({ message }) => [message.body, message.groupId, message.deduplicationId]),
    [
      ['already there', 'g', 'd'],
      ['m', 'g', 'd'],
    ],
  )
  const [first, second] = delivered.map(({ message }) => message.sequenceNumber as string)
  t.true((second as string) > (first as string))
})

test('the source still knows the id: a resend within five minutes is a duplicate', (t) => {
  const { queue, fail } = start('fifo')
  const draft = { body: 'm', senderId: 'AIDA', groupId: 'g', deduplicationId: 'd' }
  const sent = queue.send(draft)
  fail()
  receive(queue)
  t.deepEqual(queue.send(draft), sent)
  t.is(queue.counts().visible, 0)
})

test('without its dead-letter queue a message stays and is delivered [I fakecloud#1675]', (t) => {
  const { queue, dead, fail, engine, standard } = start()
  send(queue, 'm')
  fail()
  engine.remove(dead)
  t.deepEqual(receiveBodies(queue, 10, 0), ['m'])
  const again = standard('dead')
  t.deepEqual(receiveBodies(queue), [])
  t.deepEqual(receiveBodies(again), ['m'])
})

test('a queue that is its own target, or one of another kind, takes nothing', (t) => {
  const { standard, fifo, clock } = lab()
  const other = fifo('other.fifo')
  for (const name of ['self', 'mixed']) {
    const queue = standard(name)
    queue.configure({ ...queue.settings, ...to(name === 'self' ? queue : other) })
    send(queue, 'm')
    for (const count of [1, 2, 3]) {
      const { message, receiveCount } = receiveOne(queue, 1)
      t.is(receiveCount, count)
      t.is(message.deadLetterSourceArn, undefined)
      clock.advance(1000)
    }
  }
  t.is(other.counts().visible, 0)
})

test('a maximum that is made smaller acts on messages that were received more often', (t) => {
  const { queue, dead, fail } = start('standard', 5)
  send(queue, 'm')
  for (let i = 0; i < 3; i++) fail()
  queue.configure({ ...queue.settings, ...to(dead, 2) })
  t.deepEqual(receiveBodies(queue), [])
  t.deepEqual(receiveBodies(dead), ['m'])
})

test('in a chain the count of receives begins anew in each queue, though the number goes on', (t) => {
  const { queue, dead, fail, standard } = start('standard', 2)
  const last = standard('last')
  dead.configure({ ...dead.settings, ...to(last, 2) })
  send(queue, 'm')
  for (const of of [queue, queue, queue, dead, dead, dead]) fail(of)
  const { receiveCount, message } = receiveOne(last)
  t.is(receiveCount, 5)
  t.is(message.deadLetterSourceArn, dead.arn)
})

test('two queues that are the target of each other pass a message to and fro, one move for each receive', (t) => {
  const { queue, dead, fail } = start()
  dead.configure({ ...dead.settings, ...to(queue) })
  send(queue, 'm')
  fail(queue)
  t.deepEqual(receiveBodies(queue), [])
  t.is(receiveOne(dead, 1).receiveCount, 2)
  t.is(queue.counts().visible, 0)
})

test('long polls on a circle of queues are answered once each', (t) => {
  const world = start()
  const { queue, dead, clock } = world
  dead.configure({ ...dead.settings, ...to(queue) })
  send(queue, 'm')
  send(dead, 'n')
  receive(queue, 1, 5)
  receive(dead, 1, 5)
  const polls = [poll(world, queue, 20), poll(world, dead, 20)]
  clock.advance(5000)
  t.deepEqual(
    polls.map(({ answers }) => answers),
    [[['n']], [['m']]],
  )
})

test('a receive that only moves messages lets long polls of the source wait on', (t) => {
  const world = start()
  send(world.queue, 'm')
  receive(world.queue, 1, 5)
  const { answers } = poll(world, world.queue, 20)
  world.clock.advance(5000)
  t.deepEqual(answers, [])
  t.is(world.dead.counts().visible, 1)
  send(world.queue, 'next')
  t.deepEqual(answers, [['next']])
})

test('any history of queues that redrive to each other is delivered as the naive models say', (t) => {
  fc.assert(
    fc.property(deadLetters(false), (history) => {
      t.deepEqual(play(history, new EnginePlayer(history)), play(history, new ModelPlayer(history)))
    }),
    { numRuns: 300 },
  )
})

test('with long polls on such queues no message is lost and none is there twice', (t) => {
  fc.assert(
    fc.property(deadLetters(true), (random) => {
      const history = {
        ...random,
        steps: random.steps.filter((step) => step.do !== 'purge' && step.do !== 'retention'),
      }
      const player = new EnginePlayer(history)
      // Retention is ten minutes in these histories: let nothing grow old.
      for (const queue of player.queues) queue.configure({ ...queue.settings, retentionSeconds: 1_209_600 })
      const answers = play(history, player)
      const gone = answers.flatMap((answer) => /^(b\d+): delete deleted$/.exec(answer)?.[1] ?? [])
      const left = player.queues.flatMap((queue) => [...queue.desk.messages()].map(({ body }) => body))
      const sent = answers.filter((answer) => /^b\d+$/.test(answer))
      t.is(new Set(left).size, left.length)
      t.deepEqual([...new Set([...left, ...gone])].toSorted(), [...new Set(sent)].toSorted())
    }),
    { numRuns: 300 },
  )
})
