import test from 'ava'
import type { Message } from '../../../src/sqs/engine/message.ts'
import { ReceiveAttempts } from '../../../src/sqs/engine/receive-attempts.ts'
import { lab, messageAt, poll, receive, receiveOne, sendFifo } from './lab.ts'

function delivered(offset: number) {
  const message = messageAt(offset)
  message.state = 'taken'
  message.receiveCount = 1
  message.dueMs = 30_000
  return { message, receiptHandle: `handle ${offset}`, receiveCount: 1 }
}

test('the same id gives the same messages and handles', (t) => {
  const attempts = new ReceiveAttempts()
  const answer = [delivered(1), delivered(2)]
  attempts.remember('try', answer, 0)
  t.is(attempts.repeat('try', 299_999), answer)
  t.is(attempts.repeat('another', 0), undefined)
})

test('it is forgotten after five minutes', (t) => {
  const attempts = new ReceiveAttempts()
  attempts.remember('try', [delivered(1)], 0)
  t.is(attempts.repeat('try', 300_000), undefined)
})

const CHANGES: Readonly<Record<string, (message: Message) => void>> = {
  deleted: (message) => (message.state = 'gone'),
  'visible again': (message) => (message.state = 'visible'),
  'received again': (message) => message.receiveCount++,
  'given another visibility timeout': (message) => (message.dueMs = 60_000),
}

for (const [what, change] of Object.entries(CHANGES))
  test(`when one of the messages was ${what}, the id says nothing any more`, (t) => {
    const attempts = new ReceiveAttempts()
    const answer = [delivered(1), delivered(2)]
    attempts.remember('try', answer, 0)
    change(answer[1]?.message as Message)
    t.is(attempts.repeat('try', 1), undefined)
  })

test('a purge forgets it', (t) => {
  const attempts = new ReceiveAttempts()
  attempts.remember('try', [delivered(1)], 0)
  attempts.clear()
  t.is(attempts.repeat('try', 1), undefined)
})

const shown = (answer: ReturnType<typeof receive>) =>
  answer.map(({ message, receiptHandle }) => [message.body, receiptHandle])

function start() {
  const world = lab()
  const queue = world.fifo('orders.fifo')
  sendFifo(queue, 'g-m1', 'g-m2', 'h-m1')
  return { ...world, queue, first: receive(queue, 2, 30, { attemptId: 'try' }) }
}

test('a repeated receive gives the same messages and handles, and makes them invisible anew', (t) => {
  const { queue, clock, first } = start()
  clock.advance(20_000)
  const again = receive(queue, 2, 30, { attemptId: 'try' })
  t.deepEqual(shown(again), shown(first))
  t.deepEqual(
    again.map(({ receiveCount }) => receiveCount),
    [1, 1],
  )
  clock.advance(29_999)
  t.is(queue.counts().inFlight, 2)
  t.is(queue.delete(first[0]?.receiptHandle as string), 'deleted')
})

test('purged messages are not given again to who repeats the receive', (t) => {
  const { queue } = start()
  queue.purge()
  t.deepEqual(receive(queue, 2, 30, { attemptId: 'try' }), [])
})

test('another id gets other messages', (t) => {
  const { queue } = start()
  t.deepEqual(
    receive(queue, 2, 30, { attemptId: 'other' }).map(({ message }) => message.body),
    ['h-m1'],
  )
})

test('after one of them was deleted the same id is a new receive', (t) => {
  const { queue, first } = start()
  queue.delete(first[0]?.receiptHandle as string)
  t.deepEqual(
    receive(queue, 2, 30, { attemptId: 'try' }).map(({ message }) => message.body),
    ['h-m1'],
  )
})

test('after a timeout the same id is a new receive, with new handles', (t) => {
  const { queue, clock, first } = start()
  clock.advance(30_000)
  const again = receive(queue, 2, 30, { attemptId: 'try' })
  t.deepEqual(
    again.map(({ message, receiveCount }) => [message.body, receiveCount]),
    [
      ['h-m1', 1],
      ['g-m1', 2],
    ],
  )
  t.not(again[1]?.receiptHandle, first[0]?.receiptHandle)
})

test('repeated with visibility 0, the messages are there for who waits', (t) => {
  const world = start()
  receiveOne(world.queue)
  const { answers } = poll(world, world.queue, 20, 10)
  receive(world.queue, 2, 0, { attemptId: 'try' })
  t.deepEqual(answers, [['g-m1', 'g-m2']])
})
