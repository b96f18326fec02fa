import test from 'ava'
import type { MoveTask } from '../../../src/sqs/engine/move-tasks.ts'
import type { Queue } from '../../../src/sqs/engine/queue.ts'
import { lab, poll, receive, receiveBodies, receiveOne, send, sendFifo } from './lab.ts'

function start() {
  const world = lab()
  const dead = world.standard('dead')
  const redrive = { targetArn: dead.arn, maxReceiveCount: 1 }
  const orders = world.standard('orders', { redrive })
  const invoices = world.standard('invoices', { redrive })
  const elsewhere = world.standard('elsewhere')
  /** Messages that failed once in this queue and have moved to the dead-letter queue. */
  const fail = (queue: Queue, ...bodies: string[]): void => {
    send(queue, ...bodies)
    for (let left = bodies.length; left > 0; left -= 10) receive(queue, 10, 1)
    world.clock.advance(1000)
    receive(queue)
  }
  const begin = (destination?: Queue, maxPerSecond?: number): MoveTask => {
    const task = world.engine.moveTasks.start({ source: dead, destination, maxPerSecond })
    if (typeof task === 'string') throw new Error(task)
    return task
  }
  return { ...world, tasks: world.engine.moveTasks, dead, orders, invoices, elsewhere, fail, begin }
}

const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `m${i}`)

test('messages move to the destination that is asked for, and the task is completed [MV test_basic_move_task_workflow]', (t) => {
  const { clock, dead, orders, elsewhere, fail, begin, tasks } = start()
  fail(orders, 'a', 'b')
  const startedAtMs = clock.nowMs()
  const task = begin(elsewhere)
  t.like(task, {
    status: 'running',
    moved: 0,
    toMove: 2,
    startedAtMs,
    sourceArn: dead.arn,
    destinationArn: elsewhere.arn,
  })
  clock.advance(1000)
  t.like(tasks.list(dead.arn), [{ taskId: task.taskId, status: 'completed', moved: 2, toMove: 2, failure: undefined }])
  t.deepEqual(receiveBodies(elsewhere), ['a', 'b'])
  t.is(dead.counts().visible, 0)
})

test('without a destination every message goes back to its own source [MV test_move_task_workflow_with_multiple_sources_as_default_destination]', (t) => {
  const { clock, orders, invoices, fail, begin } = start()
  fail(orders, 'o1', 'o2')
  fail(invoices, 'i1', 'i2')
  const task = begin()
  clock.advance(1000)
  t.like(task, { status: 'completed', moved: 4, destinationArn: undefined })
  t.deepEqual(receiveBodies(orders), ['o1', 'o2'])
  t.deepEqual(receiveBodies(invoices), ['i1', 'i2'])
})

test('a moved message is a new one: another id, time and count, and its retention begins anew', (t) => {
  const { clock, dead, orders, begin } = start()
  const attributes = { a: { dataType: 'String', stringValue: 'x' } }
  const { messageId } = orders.send({ body: 'm', senderId: 'AIDA', attributes, traceHeader: 'Root=1' })
  receive(orders, 1, 1)
  clock.advance(1000)
  receive(orders)
  t.is(dead.counts().visible, 1)
  clock.advance(300_000_000)
  begin()
  clock.advance(20)
  const movedAtMs = clock.nowMs()
  clock.advance(300_000_000)
  const { message, receiveCount } = receiveOne(orders)
  t.not(message.messageId, messageId)
  t.is(receiveCount, 1)
  t.like(message, { body: 'm', attributes, traceHeader: 'Root=1', senderId: 'AIDA', sentAtMs: movedAtMs })
  t.is(message.deadLetterSourceArn, undefined)
})

test('a message that was sent to the dead-letter queue itself has no source: the task fails there', (t) => {
  const { clock, dead, orders, fail, begin } = start()
  fail(orders, 'a')
  send(dead, 'direct')
  const task = begin()
  clock.advance(1000)
  t.like(task, { status: 'failed', failure: 'no-source', moved: 1, toMove: 2 })
  t.deepEqual(receiveBodies(dead), ['direct'])
  t.deepEqual(receiveBodies(orders), ['a'])
})

test('the rate is kept, and long polls are woken one message at a time', (t) => {
  const world = start()
  world.fail(world.orders, ...many(4))
  const polls = [1, 2, 3].map(() => poll(world, world.elsewhere, 20))
  const task = world.begin(world.elsewhere, 2)
  t.is(task.maxPerSecond, 2)
  const progress = [499, 1, 499, 1, 500, 500].map((ms) => {
    world.clock.advance(ms)
    return [task.moved, polls.filter(({ answers }) => answers.length === 1).length, task.status]
  })
  t.deepEqual(progress, [
    [0, 0, 'running'],
    [1, 1, 'running'],
    [1, 1, 'running'],
    [2, 2, 'running'],
    [3, 3, 'running'],
    [4, 3, 'completed'],
  ])
})

for (const rate of [1, 3, 7, 60, 499, 500])
  test(`${rate} per second are never more, and no less in the end`, (t) => {
    const { clock, orders, elsewhere, fail, begin } = start()
    const count = Math.min(rate * 3, 600)
    fail(orders, ...many(Math.ceil(count / 10) * 10).slice(0, count))
    receive(orders)
    const task = begin(elsewhere, rate)
    for (let ms = 0; task.status === 'running' && ms < 10_000; ms += 50) {
      clock.advance(50)
      t.true(task.moved <= ((ms + 50) * rate) / 1000)
    }
    const idealMs = (task.toMove * 1000) / rate
    const tookMs = clock.nowMs() - task.startedAtMs
    t.is(task.status, 'completed')
    t.true(tookMs <= idealMs + 100, `${tookMs} ms instead of ${idealMs}`)
  })

test('without a rate a great many move in turns, and the task runs until the last', (t) => {
  const { clock, dead, elsewhere, begin } = start()
  send(dead, ...many(5000))
  const task = begin(elsewhere)
  const seen = [0, 20, 20, 20].map((ms) => {
    clock.advance(ms)
    return [task.moved, task.status]
  })
  t.deepEqual(seen, [
    [0, 'running'],
    [1000, 'running'],
    [2000, 'running'],
    [3000, 'running'],
  ])
  clock.advance(1000)
  t.like(task, { moved: 5000, status: 'completed' })
  t.is(elsewhere.counts().visible, 5000)
})

test('what is in flight or comes later stays', (t) => {
  const { clock, dead, elsewhere, begin } = start()
  send(dead, 'taken', 'a', 'b')
  receive(dead, 1, 1)
  const task = begin(elsewhere)
  t.is(task.toMove, 2)
  send(dead, 'later')
  clock.advance(5000)
  t.like(task, { moved: 2, status: 'completed' })
  t.deepEqual(receiveBodies(elsewhere), ['a', 'b'])
  t.deepEqual(receiveBodies(dead), ['later', 'taken'])
})

test('a task whose messages somebody else receives is completed with fewer', (t) => {
  const { clock, dead, elsewhere, begin } = start()
  send(dead, 'a', 'b', 'c')
  const task = begin(elsewhere)
  receive(dead, 2)
  clock.advance(1000)
  t.like(task, { moved: 1, toMove: 3, status: 'completed' })
})

test('a task on an empty queue is completed', (t) => {
  const { clock, elsewhere, begin } = start()
  const task = begin(elsewhere, 1)
  clock.advance(1000)
  t.like(task, { moved: 0, toMove: 0, status: 'completed' })
})

test('a queue whose messages fail again at once is not moved in circles', (t) => {
  const { clock, dead, orders, fail, begin } = start()
  fail(orders, 'a', 'b')
  const task = begin(undefined, 1)
  clock.advance(1000)
  receive(orders, 10, 1)
  clock.advance(1000)
  receive(orders, 10, 1)
  clock.advance(60_000)
  t.like(task, { moved: 2, status: 'completed' })
  t.is(dead.counts().visible, 1)
})

test('one task at a time for each source [MV test_start_multiple_move_tasks]', (t) => {
  const { clock, dead, elsewhere, begin, tasks } = start()
  send(dead, 'a', 'b')
  begin(elsewhere, 1)
  t.is(tasks.start({ source: dead, destination: elsewhere }), 'already-running')
  clock.advance(2000)
  t.not(tasks.start({ source: dead, destination: elsewhere }), 'already-running')
})

test('a hundred tasks run in one account and region, others are on their own', (t) => {
  const { engine, standard, tasks, elsewhere } = start()
  const results = Array.from({ length: 101 }, (_, i) => {
    const source = standard(`dead${i}`)
    send(source, 'm')
    return tasks.start({ source, destination: elsewhere, maxPerSecond: 1 })
  })
  t.true(results.slice(0, 100).every((task) => typeof task !== 'string'))
  t.is(results[100], 'too-many')
  const source = engine.create({ ...elsewhere.key, region: 'eu-west-1' }, elsewhere.settings)
  t.not(tasks.start({ source, destination: elsewhere }), 'too-many')
  tasks.cancel((results[0] as MoveTask).sourceArn, (results[0] as MoveTask).taskId)
  t.not(tasks.start({ source: elsewhere, destination: source }), 'too-many')
})

test('cancelled, a task moves nothing more, and what has moved stays [MV test_move_task_cancel]', (t) => {
  const { clock, dead, elsewhere, begin, tasks } = start()
  send(dead, ...many(10))
  const { taskId } = begin(elsewhere, 1)
  clock.advance(2000)
  t.like(tasks.cancel(dead.arn, taskId), { status: 'cancelled', moved: 2, toMove: 10 })
  clock.advance(60_000)
  t.like(tasks.list(dead.arn), [{ taskId, status: 'cancelled', moved: 2 }])
  t.is(dead.counts().visible, 8)
  t.is(elsewhere.counts().visible, 2)
})

test('a task that is unknown, or of another source, cannot be cancelled; one that has ended stays as it is', (t) => {
  const { clock, dead, elsewhere, begin, tasks } = start()
  const { taskId } = begin(elsewhere)
  t.is(tasks.cancel(dead.arn, 'no such id'), undefined)
  t.is(tasks.cancel(elsewhere.arn, taskId), undefined)
  clock.advance(1000)
  t.is(tasks.cancel(dead.arn, taskId)?.status, 'completed')
})

test('a destination that is deleted fails the task', (t) => {
  const { clock, engine, dead, elsewhere, begin } = start()
  send(dead, 'a', 'b', 'c')
  const task = begin(elsewhere, 1)
  clock.advance(1000)
  engine.remove(elsewhere)
  clock.advance(1000)
  t.like(task, { status: 'failed', failure: 'destination-gone', moved: 1, toMove: 3 })
  t.is(dead.counts().visible, 2)
})

test('a message whose own source is deleted fails the task', (t) => {
  const { clock, engine, dead, orders, fail, begin } = start()
  fail(orders, 'a')
  engine.remove(orders)
  const task = begin()
  clock.advance(1000)
  t.like(task, { status: 'failed', failure: 'destination-gone', moved: 0 })
  t.is(dead.counts().visible, 1)
})

test('a source that is deleted takes its tasks with it', (t) => {
  const { clock, engine, standard, dead, elsewhere, begin, tasks } = start()
  send(dead, 'a', 'b')
  const task = begin(elsewhere, 1)
  engine.remove(dead)
  t.deepEqual(tasks.list(dead.arn), [])
  const again = standard('dead')
  send(again, 'c')
  clock.advance(60_000)
  t.is(task.moved, 0)
  t.is(again.counts().visible, 1)
})

test('a task is over after 36 hours', (t) => {
  const { clock, dead, elsewhere, begin, tasks } = start()
  dead.configure({ ...dead.settings, retentionSeconds: 1_209_600 })
  send(dead, ...many(129_601))
  const task = begin(elsewhere, 1)
  clock.advance(36 * 3_600_000 - 1)
  t.is(task.status, 'running')
  clock.advance(1)
  t.like(tasks.list(dead.arn), [{ status: 'failed', failure: 'too-long', moved: 129_599 }])
})

test('tasks are listed newest first, the running one and the last ten', (t) => {
  const { clock, dead, elsewhere, begin, tasks } = start()
  const ended = Array.from({ length: 12 }, () => {
    const { taskId } = begin(elsewhere)
    clock.advance(1000)
    return taskId
  }).toReversed()
  t.deepEqual(
    tasks.list(dead.arn).map(({ taskId }) => taskId),
    ended.slice(0, 10),
  )
  t.is(tasks.cancel(dead.arn, ended[11] as string), undefined)
  send(dead, 'a')
  const { taskId } = begin(elsewhere, 1)
  t.deepEqual(
    tasks.list(dead.arn).map((task) => task.taskId),
    [taskId, ...ended.slice(0, 10)],
  )
  t.deepEqual(tasks.list(elsewhere.arn), [])
  t.is(new Set(ended).size, 12)
})

test('FIFO messages keep order, group and deduplication id, are no duplicates, and wake who waits', (t) => {
  const world = lab()
  const dead = world.fifo('dead.fifo')
  const queue = world.fifo('orders.fifo', { redrive: { targetArn: dead.arn, maxReceiveCount: 1 } })
  const draft = { body: 'g-m0', senderId: 'AIDA', groupId: 'g', deduplicationId: 'd' }
  const { sequenceNumber } = queue.send(draft)
  sendFifo(queue, 'g-m1', 'g-m2')
  receive(queue, 10, 1)
  world.clock.advance(1000)
  const { answers } = poll(world, queue, 20, 2)
  world.engine.moveTasks.start({ source: dead })
  world.clock.advance(1000)
  t.deepEqual(answers, [['g-m0', 'g-m1']])
  world.clock.advance(30_000)
  world.engine.remove(dead)
  const delivered = receive(queue)
  t.deepEqual(
    delivered.map(({ message }) => message.body),
    ['g-m0', 'g-m1', 'g-m2'],
  )
  t.like(delivered[0]?.message, { groupId: 'g', deduplicationId: 'd' })
  t.true((delivered[0]?.message.sequenceNumber ?? '') > (sequenceNumber ?? ''))
})

test('between queues of different kinds nothing moves: that is a bug of the caller', (t) => {
  const { dead, fifo, tasks } = start()
  t.throws(() => tasks.start({ source: dead, destination: fifo('q.fifo') }), {
    message: 'messages move between queues of the same kind',
  })
})

test('a queue can be moved to itself: every message once', (t) => {
  const { clock, dead, begin } = start()
  send(dead, 'a', 'b')
  const task = begin(dead)
  clock.advance(1000)
  t.like(task, { moved: 2, status: 'completed' })
  t.deepEqual(receiveBodies(dead), ['a', 'b'])
})

test('closing the engine ends its tasks', (t) => {
  const { clock, engine, dead, elsewhere, begin } = start()
  send(dead, 'a')
  const task = begin(elsewhere)
  engine.close()
  clock.advance(1000)
  t.like(task, { status: 'cancelled', moved: 0 })
})

test('whoever started a task is told once that it has ended, however it did', (t) => {
  const { clock, dead, orders, fail, tasks } = start()
  let ends = 0
  const begin = () => tasks.start({ source: dead, onEnd: () => ends++ }) as MoveTask
  fail(orders, 'a')
  begin()
  clock.advance(1000)
  t.is(ends, 1)
  const { taskId } = begin()
  tasks.cancel(dead.arn, taskId)
  tasks.cancel(dead.arn, taskId)
  t.is(ends, 2)
  begin()
  tasks.clear()
  t.is(ends, 3)
  t.deepEqual(tasks.list(dead.arn), [])
})
