import test from 'ava'
import type { Clock } from '../../../src/core/clock.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { Engine } from '../../../src/sqs/engine/engine.ts'
import { DAY_MS, handleOf, lab, poll, receive, receiveBodies, receiveOne, send, sendFifo } from './lab.ts'

test('a message is sent, received, and deleted', (t) => {
  const { standard } = lab()
  const queue = standard('orders')
  const attributes = { colour: { dataType: 'String', stringValue: 'red' } }
  const { messageId } = queue.send({ body: 'hello', senderId: 'AIDA', attributes, traceHeader: 'Root=1', groupId: 'g' })
  const { message, receiveCount, receiptHandle } = receiveOne(queue)
  t.like(message, { messageId, body: 'hello', senderId: 'AIDA', attributes, traceHeader: 'Root=1', groupId: 'g' })
  t.is(receiveCount, 1)
  t.is(queue.delete(receiptHandle), 'deleted')
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 0, delayed: 0 })
  t.deepEqual(receiveBodies(queue), [])
})

test('a receive gives at most as many as asked for', (t) => {
  const queue = lab().standard('q')
  send(queue, 'a', 'b', 'c')
  t.deepEqual(receiveBodies(queue, 2), ['a', 'b'])
})

test('each receive counts and has a handle of its own; the first receive keeps its time', (t) => {
  const { standard, clock } = lab()
  const queue = standard('q')
  send(queue, 'a')
  const startMs = clock.nowMs()
  clock.advance(1000)
  const first = receiveOne(queue, 10)
  clock.advance(10_000)
  const second = receiveOne(queue, 10)
  t.is(first.receiveCount, 1)
  t.is(second.receiveCount, 2)
  t.not(first.receiptHandle, second.receiptHandle)
  t.is(second.message.sentAtMs, startMs)
  t.is(second.message.firstReceivedAtMs, startMs + 1000)
})

test('visibility 0 is a value: the message is given, counted, and still there [S test_receive_message_with_visibility_timeout_updates_timeout]', (t) => {
  const queue = lab().standard('q')
  send(queue, 'a', 'b')
  t.deepEqual(receiveBodies(queue, 10, 0), ['a', 'b'])
  t.deepEqual(queue.counts(), { visible: 2, inFlight: 0, delayed: 0 })
  const [again] = receive(queue, 1, 0)
  t.is(again?.receiveCount, 2)
  t.is(queue.delete(again?.receiptHandle as string), 'deleted')
})

test('states are counted: delayed, visible, in flight', (t) => {
  const { standard, clock } = lab()
  const queue = standard('q', { delaySeconds: 5 })
  send(queue, 'a', 'b')
  queue.send({ body: 'now', senderId: 'AIDA', delaySeconds: 0 })
  t.deepEqual(queue.counts(), { visible: 1, inFlight: 0, delayed: 2 })
  receive(queue, 1)
  clock.advance(5000)
  t.deepEqual(queue.counts(), { visible: 2, inFlight: 1, delayed: 0 })
})

test("a message's own delay beats the queue's, longer and shorter", (t) => {
  const { standard, clock } = lab()
  const queue = standard('q', { delaySeconds: 5 })
  queue.send({ body: 'none', senderId: 'AIDA', delaySeconds: 0 })
  queue.send({ body: 'long', senderId: 'AIDA', delaySeconds: 900 })
  t.deepEqual(receiveBodies(queue), ['none'])
  clock.advance(899_999)
  t.is(queue.counts().delayed, 1)
  clock.advance(1)
  t.deepEqual(receiveBodies(queue, 1), ['none'])
  t.deepEqual(receiveBodies(queue, 1), ['long'])
})

test('another delay of a standard queue does not change what is delayed already', (t) => {
  const { standard, clock } = lab()
  const queue = standard('q', { delaySeconds: 10 })
  send(queue, 'a')
  queue.configure({ ...queue.settings, delaySeconds: 0 })
  clock.advance(9999)
  t.deepEqual(receiveBodies(queue), [])
  clock.advance(1)
  t.deepEqual(receiveBodies(queue), ['a'])
})

for (const [to, visibleAfterMs] of [
  [0, 4000],
  [5, 5000],
  [60, 60_000],
] as const)
  test(`another delay of a FIFO queue is retroactive: from 10 to ${to} seconds after 4`, (t) => {
    const { fifo, clock } = lab()
    const queue = fifo('q.fifo', { delaySeconds: 10 })
    sendFifo(queue, 'g-m1')
    clock.advance(4000)
    queue.configure({ ...queue.settings, delaySeconds: to })
    if (visibleAfterMs > 4000) {
      clock.advance(visibleAfterMs - 4001)
      t.deepEqual(receiveBodies(queue), [])
      clock.advance(1)
    }
    t.deepEqual(receiveBodies(queue), ['g-m1'])
  })

for (const kind of ['standard', 'fifo'] as const)
  test(`${kind}: retention counts from the sending, also in flight and delayed [S test_message_retention, _fifo, _with_inflight]`, (t) => {
    const world = lab()
    const queue = world[kind]('q', { retentionSeconds: 14 * 86_400, ...(kind === 'fifo' ? { delaySeconds: 900 } : {}) })
    const put = kind === 'fifo' ? sendFifo : send
    put(queue, 'a-1', 'b-1')
    world.clock.advance(14 * DAY_MS - 100_000)
    receive(queue, 1, 43_200)
    put(queue, 'c-1')
    world.clock.advance(99_999)
    t.is([...queue.desk.messages()].length, 3)
    world.clock.advance(1)
    t.deepEqual(
      [...queue.desk.messages()].map(({ body }) => body),
      ['c-1'],
    )
  })

test('a retention made shorter acts on what is there, one made longer brings nothing back', (t) => {
  const { standard, clock } = lab()
  const queue = standard('q', { retentionSeconds: 600 })
  send(queue, 'old')
  clock.advance(90_000)
  send(queue, 'young')
  queue.configure({ ...queue.settings, retentionSeconds: 60 })
  queue.configure({ ...queue.settings, retentionSeconds: 600 })
  t.deepEqual(receiveBodies(queue), ['young'])
})

test('a purge takes visible, delayed and in-flight messages [S test_purge_queue]', (t) => {
  const { standard, clock } = lab()
  const queue = standard('q')
  t.is(queue.purgedAtMs, undefined)
  send(queue, 'a', 'b')
  receive(queue, 1)
  queue.send({ body: 'c', senderId: 'AIDA', delaySeconds: 60 })
  queue.purge()
  t.is(queue.purgedAtMs, clock.nowMs())
  clock.advance(120_000)
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 0, delayed: 0 })
  send(queue, 'd')
  t.deepEqual(receiveBodies(queue), ['d'])
})

test('a purge forgets messages, a reset also that there was one and how often the queue was called', (t) => {
  const queue = lab().standard('q')
  const law = {}
  const take = (): boolean => queue.rates.take(law, 'SendMessage', 1, 0)
  t.true(take())
  queue.purge()
  t.false(take())
  t.not(queue.purgedAtMs, undefined)
  queue.clear()
  t.true(take())
  t.is(queue.purgedAtMs, undefined)
})

test('looking at the messages changes nothing', (t) => {
  const queue = lab().standard('q')
  send(queue, 'a', 'b')
  receive(queue, 1)
  t.deepEqual(
    [...queue.desk.messages()].map(({ body, state }) => [body, state]),
    [
      ['a', 'taken'],
      ['b', 'visible'],
    ],
  )
  t.deepEqual(queue.counts(), { visible: 1, inFlight: 1, delayed: 0 })
})

test('a standard queue says when too many are in flight, and gives what there is room for', (t) => {
  const queue = lab({ inFlightStandard: 3 }).standard('q')
  send(queue, 'a', 'b', 'c', 'd')
  receive(queue, 2)
  const [third] = receive(queue, 10)
  t.is(third?.message.body, 'c')
  t.is(queue.receive({ max: 1, visibilityTimeoutSeconds: 30 }), 'over-limit')
  queue.delete(third?.receiptHandle as string)
  t.deepEqual(receiveBodies(queue), ['d'])
})

test('a FIFO queue with too many in flight has just nothing to give', (t) => {
  const queue = lab({ inFlightFifo: 2 }).fifo('q.fifo')
  sendFifo(queue, 'a-1', 'b-1', 'c-1')
  const delivered = receive(queue, 10)
  t.is(delivered.length, 2)
  t.deepEqual(receiveBodies(queue), [])
  queue.delete(handleOf(delivered, 'a-1'))
  t.deepEqual(receiveBodies(queue), ['c-1'])
})

test('a long poll over the limit waits for room', (t) => {
  const world = lab({ inFlightStandard: 1 })
  const queue = world.standard('q')
  send(queue, 'a', 'b')
  receive(queue, 1, 8)
  const { answers } = poll(world, queue, 20)
  world.clock.advance(7999)
  t.deepEqual(answers, [])
  world.clock.advance(1)
  t.deepEqual(answers, [['b']])
})

test('a message of a FIFO queue without group or deduplication id is a bug of the caller', (t) => {
  t.throws(() => lab().fifo('q.fifo').send({ body: 'a', senderId: 'AIDA', groupId: 'g' }), {
    message: 'a message of a FIFO queue has a group and a deduplication id',
  })
})

// What costs more the more messages there are would take minutes here.
test('a hundred thousand messages are delayed, taken, come back together, are taken again and deleted', (t) => {
  const count = 100_000
  const { standard, clock } = lab({ inFlightStandard: count })
  const queue = standard('q')
  for (let i = 0; i < count; i++) queue.send({ body: String(i), senderId: 'AIDA', delaySeconds: i % 3 })
  clock.advance(3000)
  for (let i = 0; i < count; i += 10) receive(queue, 10, 30)
  t.deepEqual(queue.counts(), { visible: 0, inFlight: count, delayed: 0 })
  clock.advance(30_000)
  const seen = new Set<string>()
  for (let i = 0; i < count; i += 10)
    for (const { message, receiptHandle } of receive(queue, 10, 30)) {
      seen.add(message.body)
      queue.delete(receiptHandle)
    }
  t.is(seen.size, count)
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 0, delayed: 0 })
})

test('fifty thousand messages in a thousand locked groups come in order, once, and then expire together', (t) => {
  const count = 50_000
  const { fifo, clock } = lab()
  const queue = fifo('q.fifo', { retentionSeconds: 3600 })
  for (let i = 0; i < count; i++)
    queue.send({ body: String(i), senderId: 'AIDA', groupId: `g${i % 1000}`, deduplicationId: String(i) })
  const last = new Map<string, number>()
  for (let taken = 0; taken < count / 2;) {
    const delivered = receive(queue, 10, 43_200)
    for (const { message } of delivered) {
      const group = message.groupId as string
      if ((last.get(group) ?? -1) >= Number(message.body)) t.fail(`${message.body} of ${group} came too late`)
      last.set(group, Number(message.body))
    }
    for (const { receiptHandle } of delivered) queue.delete(receiptHandle)
    taken += delivered.length
  }
  t.is(queue.counts().visible, count / 2)
  clock.advance(3_600_000)
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 0, delayed: 0 })
})

/** A clock that says how much is scheduled on it, and that rings as late as a busy process. */
class BusyClock implements Clock {
  readonly tasks = new Set<{ readonly atMs: number; readonly task: () => void }>()
  ms = 0

  nowMs(): number {
    return this.ms
  }

  schedule(atMs: number, task: () => void): () => void {
    const entry = { atMs, task }
    this.tasks.add(entry)
    return () => this.tasks.delete(entry)
  }

  ring(): void {
    const due = [...this.tasks].filter(({ atMs }) => atMs <= this.ms)
    for (const entry of due) if (this.tasks.delete(entry)) entry.task()
  }
}

function busy() {
  const clock = new BusyClock()
  const engine = new Engine({ clock, random: seededRandom(1) })
  const queue = engine.create(
    { account: '0', region: 'r', name: 'q' },
    { visibilityTimeoutSeconds: 30, delaySeconds: 0, retentionSeconds: 345_600 },
  )
  return { clock, engine, queue }
}

test('an engine where nobody waits has nothing scheduled', (t) => {
  const { clock, engine, queue } = busy()
  queue.send({ body: 'a', senderId: 'AIDA', delaySeconds: 5 })
  send(queue, 'b', 'c')
  receive(queue, 1)
  queue.delete(receiveOne(queue).receiptHandle)
  t.is(clock.tasks.size, 0)
  const giveUp = queue.poll({ max: 10, visibilityTimeoutSeconds: 30 }, 20_000, () => t.fail())
  t.is(clock.tasks.size, 2)
  giveUp()
  t.is(clock.tasks.size, 0)
  queue.poll({ max: 10, visibilityTimeoutSeconds: 30 }, 20_000, () => t.pass())
  engine.remove(queue)
  t.is(clock.tasks.size, 0)
})

test('who waits comes before a newcomer, even when the clock rings late', (t) => {
  const { clock, queue } = busy()
  queue.send({ body: 'a', senderId: 'AIDA', delaySeconds: 5 })
  queue.send({ body: 'b', senderId: 'AIDA', delaySeconds: 5 })
  const answers: string[] = []
  queue.poll({ max: 1, visibilityTimeoutSeconds: 30 }, 20_000, ([first]) => answers.push(first?.message.body ?? ''))
  clock.ms = 5003
  t.deepEqual(receiveBodies(queue), ['b'])
  t.deepEqual(answers, ['a'])
})

test('a late ring after somebody has looked finds everybody served', (t) => {
  const { clock, queue } = busy()
  queue.send({ body: 'a', senderId: 'AIDA', delaySeconds: 5 })
  const answers: string[] = []
  const wait = (): (() => void) =>
    queue.poll({ max: 1, visibilityTimeoutSeconds: 30 }, 20_000, ([first]) =>
      answers.push(first?.message.body ?? 'none'),
    )
  wait()
  const giveUp = wait()
  clock.ms = 5003
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 1, delayed: 0 })
  giveUp()
  clock.ring()
  t.deepEqual(answers, ['a'])
})

test('what retention has ended does not come back when retention is made longer', (t) => {
  const { standard, clock } = lab()
  const queue = standard('q', { retentionSeconds: 60 })
  send(queue, 'a')
  clock.advance(61_000)
  queue.configure({ ...queue.settings, retentionSeconds: 600 })
  t.deepEqual(receiveBodies(queue), [])
})
