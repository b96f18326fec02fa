import test from 'ava'
import { VirtualClock } from '../../../src/core/clock.ts'
import type { Delivered, ReceiveRequest } from '../../../src/sqs/engine/queue-calls.ts'
import { Waiters } from '../../../src/sqs/engine/waiters.ts'
import { lab, messageAt, poll, receive, receiveBodies, receiveOne, send, sendFifo } from './lab.ts'

const REQUEST: ReceiveRequest = { max: 1, visibilityTimeoutSeconds: 30 }

function start() {
  const clock = new VirtualClock(0)
  const waiters = new Waiters(clock)
  const log: string[] = []
  const wait = (name: string, untilMs: number): (() => void) =>
    waiters.add(REQUEST, untilMs, (delivered) =>
      log.push(`${name}:${delivered.map(({ message }) => message.body).join()}`),
    )
  const give = (...offsets: number[]): (() => readonly Delivered[]) => {
    const left = offsets.map((offset) => ({ message: messageAt(offset), receiptHandle: '', receiveCount: 1 }))
    return () => left.splice(0, 1)
  }
  return { clock, waiters, log, wait, give }
}

test('they are served in the order in which they came, one message each', (t) => {
  const { waiters, log, wait, give } = start()
  for (const name of ['a', 'b', 'c']) wait(name, 100)
  waiters.serve(give(1, 2))
  t.deepEqual(log, ['a:m1', 'b:m2'])
  t.is(waiters.size, 1)
})

test('who gets nothing keeps its place and its deadline', (t) => {
  const { clock, waiters, log, wait, give } = start()
  wait('a', 100)
  wait('b', 200)
  waiters.serve(give())
  t.deepEqual(log, [])
  clock.advance(100)
  t.deepEqual(log, ['a:'])
  waiters.serve(give(1))
  t.deepEqual(log, ['a:', 'b:m1'])
  clock.advance(1000)
  t.is(log.length, 2)
})

test('what a policy keeps from one is there for the others', (t) => {
  const { waiters, log, wait, give } = start()
  waiters.add({ ...REQUEST, policies: [{}] }, 100, () => log.push('never'))
  for (const name of ['a', 'b', 'c']) wait(name, 100)
  const rest = give(1, 2)
  waiters.serve(({ policies }) => (policies === undefined ? rest() : []))
  t.deepEqual(log, ['a:m1', 'b:m2'])
  t.is(waiters.size, 2)
})

test('who gives up is not served and not answered', (t) => {
  const { clock, waiters, log, wait, give } = start()
  const giveUp = wait('a', 100)
  wait('b', 100)
  giveUp()
  giveUp()
  waiters.serve(give(1))
  clock.advance(1000)
  t.deepEqual(log, ['b:m1'])
})

test('giving up after the answer changes nothing', (t) => {
  const { waiters, log, wait, give } = start()
  const giveUp = wait('a', 100)
  waiters.serve(give(1))
  giveUp()
  wait('b', 100)
  t.is(waiters.size, 1)
  t.deepEqual(log, ['a:m1'])
})

test('all of them can be ended at once, empty', (t) => {
  const { clock, waiters, log, wait } = start()
  wait('a', 100)
  wait('b', 100)
  waiters.endAll()
  clock.advance(1000)
  t.deepEqual(log, ['a:', 'b:'])
  t.is(waiters.size, 0)
})

test('serving that leads back to the same waiters answers each of them once', (t) => {
  const { waiters, log, wait } = start()
  wait('a', 100)
  wait('b', 100)
  let asked = 0
  const give = (): readonly Delivered[] => {
    const at = asked++
    if (at < 2) waiters.serve(give)
    return at < 2 ? [{ message: messageAt(at), receiptHandle: '', receiveCount: 1 }] : []
  }
  waiters.serve(give)
  t.deepEqual(log, ['a:m0', 'b:m1'])
})

test('a wake-up that comes while they are served is not lost', (t) => {
  const { waiters, log, wait } = start()
  wait('a', 100)
  const visible: number[] = []
  let asked = 0
  const give = (): readonly Delivered[] => {
    if (asked++ === 0) {
      visible.push(5)
      waiters.serve(give)
      return []
    }
    return visible.splice(0, 1).map((offset) => ({ message: messageAt(offset), receiptHandle: '', receiveCount: 1 }))
  }
  waiters.serve(give)
  t.deepEqual(log, ['a:m5'])
})

test('a waiter that comes while another is answered is served too', (t) => {
  const clock = new VirtualClock(0)
  const waiters = new Waiters(clock)
  const log: string[] = []
  waiters.add(REQUEST, 100, () => {
    log.push('a')
    waiters.add(REQUEST, 100, () => log.push('b'))
  })
  waiters.serve(start().give(1, 2))
  t.deepEqual(log, ['a', 'b'])
})

/** §6.1: what wakes a long poll. Each arranges, waits, and then does or awaits the one thing. */
const WAKES: Readonly<Record<string, (world: ReturnType<typeof lab>) => { answers: string[][]; atMs: number }>> = {
  'a send': (world) => {
    const queue = world.standard('q')
    const { answers } = poll(world, queue, 20)
    world.clock.advance(3000)
    send(queue, 'm')
    return { answers, atMs: 3000 }
  },
  'a delay that ends': (world) => {
    const queue = world.standard('q')
    queue.send({ body: 'm', senderId: 'AIDA', delaySeconds: 7 })
    return { answers: poll(world, queue, 20).answers, atMs: 7000 }
  },
  'a delay that ends, of a message sent while it waits': (world) => {
    const queue = world.standard('q')
    const { answers } = poll(world, queue, 20)
    queue.send({ body: 'm', senderId: 'AIDA', delaySeconds: 7 })
    return { answers, atMs: 7000 }
  },
  'a visibility timeout that ends': (world) => {
    const queue = world.standard('q')
    send(queue, 'm')
    receive(queue, 1, 9)
    return { answers: poll(world, queue, 20).answers, atMs: 9000 }
  },
  'a change of visibility to 0': (world) => {
    const queue = world.standard('q')
    send(queue, 'm')
    const { receiptHandle } = receiveOne(queue)
    const { answers } = poll(world, queue, 20)
    world.clock.advance(2000)
    queue.changeVisibility(receiptHandle, 0)
    return { answers, atMs: 2000 }
  },
  'a change of visibility to less': (world) => {
    const queue = world.standard('q')
    send(queue, 'm')
    const { receiptHandle } = receiveOne(queue)
    const { answers } = poll(world, queue, 20)
    queue.changeVisibility(receiptHandle, 4)
    return { answers, atMs: 4000 }
  },
  'a delete that frees a FIFO group': (world) => {
    const queue = world.fifo('q.fifo')
    sendFifo(queue, 'm-head')
    const { receiptHandle } = receiveOne(queue)
    sendFifo(queue, 'm')
    const { answers } = poll(world, queue, 20)
    world.clock.advance(1000)
    queue.delete(receiptHandle)
    return { answers, atMs: 1000 }
  },
  'a dead letter that arrives': (world) => {
    const dead = world.standard('dead')
    const queue = world.standard('q', { redrive: { targetArn: dead.arn, maxReceiveCount: 1 } })
    send(queue, 'm')
    receive(queue, 1, 5)
    const { answers } = poll(world, dead, 20)
    world.clock.advance(5000)
    receive(queue, 1, 5)
    return { answers, atMs: 5000 }
  },
  'a move task': (world) => {
    const dead = world.standard('dead')
    const queue = world.standard('q')
    send(dead, 'm')
    world.engine.moveTasks.start({ source: dead, destination: queue })
    return { answers: poll(world, queue, 20).answers, atMs: 20 }
  },
  'a FIFO delay that is made shorter': (world) => {
    const queue = world.fifo('q.fifo', { delaySeconds: 60 })
    sendFifo(queue, 'm')
    const { answers } = poll(world, queue, 20)
    queue.configure({ ...queue.settings, delaySeconds: 6 })
    return { answers, atMs: 6000 }
  },
  'room below the in-flight limit': () => {
    const world = lab({ inFlightStandard: 1 })
    const queue = world.standard('q')
    send(queue, 'x', 'm')
    const { receiptHandle } = receiveOne(queue)
    const { answers } = poll(world, queue, 20)
    queue.delete(receiptHandle)
    return { answers, atMs: 0 }
  },
}

for (const [what, arrange] of Object.entries(WAKES))
  test(`a long poll is woken by ${what}`, (t) => {
    const world = lab()
    const startMs = world.clock.nowMs()
    const { answers, atMs } = arrange(world)
    const aheadMs = atMs - (world.clock.nowMs() - startMs)
    if (aheadMs > 0) {
      world.clock.advance(aheadMs - 1)
      t.deepEqual(answers, [], 'too early')
      world.clock.advance(1)
    }
    t.deepEqual(answers, [['m']])
    world.clock.advance(60_000)
    t.is(answers.length, 1)
  })

test('one message wakes one of three, the others wait to their own end', (t) => {
  const world = lab()
  const queue = world.standard('q')
  const polls = [poll(world, queue, 5), poll(world, queue, 10), poll(world, queue, 20)]
  world.clock.advance(1200)
  send(queue, 'm')
  const answers = () => polls.map((each) => each.answers)
  t.deepEqual(answers(), [[['m']], [], []])
  world.clock.advance(8800)
  t.deepEqual(answers(), [[['m']], [[]], []])
  queue.send({ body: 'late', senderId: 'AIDA' })
  t.deepEqual(answers(), [[['m']], [[]], [['late']]])
})

test('a long poll takes what is there and does not wait to be full [S test_receive_message_wait_time_seconds_and_max_number_of_messages_does_not_block]', (t) => {
  const world = lab()
  const queue = world.standard('q')
  send(queue, 'a', 'b')
  t.deepEqual(poll(world, queue, 20, 10).answers, [['a', 'b']])
})

test('who has given up swallows no message', (t) => {
  const world = lab()
  const queue = world.standard('q')
  const { answers, giveUp } = poll(world, queue, 20)
  giveUp()
  send(queue, 'm')
  t.deepEqual(receiveBodies(queue), ['m'])
  world.clock.advance(60_000)
  t.deepEqual(answers, [])
  t.is(queue.waiting, 0)
})
