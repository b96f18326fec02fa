import test from 'ava'
import { lab, poll, receive, receiveBodies, receiveOne, send } from './lab.ts'

const SETTINGS = { visibilityTimeoutSeconds: 30, delaySeconds: 0, retentionSeconds: 345_600 }
const KEY = { account: '000000000000', region: 'us-east-1', name: 'orders' }

test('a queue is found by its key and by its ARN', (t) => {
  const { engine } = lab()
  const queue = engine.create(KEY, SETTINGS)
  t.is(engine.find({ ...KEY }), queue)
  t.is(engine.findByArn('arn:aws:sqs:us-east-1:000000000000:orders'), queue)
  t.is(engine.find({ ...KEY, name: 'Orders' }), undefined)
})

test('the same name in another region or account is another queue', (t) => {
  const { engine } = lab()
  const keys = [KEY, { ...KEY, region: 'eu-west-1' }, { ...KEY, account: '111111111111' }]
  const queues = keys.map((key) => engine.create(key, SETTINGS))
  send(queues[0] as never, 'a')
  t.deepEqual(
    queues.map((queue) => queue.counts().visible),
    [1, 0, 0],
  )
  t.deepEqual(
    keys.map((key) => engine.find(key)),
    queues,
  )
})

test('creating what exists is a bug of the caller', (t) => {
  const { engine } = lab()
  engine.create(KEY, SETTINGS)
  t.throws(() => engine.create(KEY, SETTINGS), { message: 'arn:aws:sqs:us-east-1:000000000000:orders exists' })
})

test('the queues of an account and region come by name, all of them in order of creation', (t) => {
  const { engine, standard } = lab()
  for (const name of ['b', 'a', 'B']) standard(name)
  engine.create({ ...KEY, region: 'eu-west-1', name: 'c' }, SETTINGS)
  const names = (region: string): string[] => [...engine.queues(KEY.account, region)].map(({ key }) => key.name)
  t.deepEqual(names('us-east-1'), ['B', 'a', 'b'])
  t.deepEqual(names('nowhere'), [])
  const passing = standard('aa')
  t.deepEqual(names('us-east-1'), ['B', 'a', 'aa', 'b'])
  engine.remove(passing)
  t.deepEqual(names('us-east-1'), ['B', 'a', 'b'])
  standard('ab')
  t.deepEqual(names('us-east-1'), ['B', 'a', 'ab', 'b'])
  t.deepEqual(
    [...engine.all()].map(({ key }) => key.name),
    ['b', 'a', 'B', 'c', 'ab'],
  )
})

test('a queue that was removed is not found, and its name is free', (t) => {
  const { engine, standard } = lab()
  const queue = standard('orders')
  send(queue, 'a')
  engine.remove(queue)
  t.is(engine.find(KEY), undefined)
  t.is(engine.findByArn(queue.arn), undefined)
  t.is(standard('orders').counts().visible, 0)
})

test('removing a queue a second time does not touch the new one of its name', (t) => {
  const { engine, standard } = lab()
  const former = standard('orders')
  engine.remove(former)
  const queue = standard('orders')
  engine.remove(former)
  t.is(engine.find(KEY), queue)
})

test('a handle of the former life of a queue is of a message that is gone', (t) => {
  const { engine, standard } = lab()
  const former = standard('orders')
  send(former, 'a')
  const { receiptHandle } = receiveOne(former)
  engine.remove(former)
  const queue = standard('orders')
  send(queue, 'b')
  receive(queue)
  t.is(queue.delete(receiptHandle), 'gone')
  t.is(queue.counts().inFlight, 1)
})

test('a deletion is remembered for a minute', (t) => {
  const { engine, clock, standard } = lab()
  t.is(engine.deletedAtMs(KEY), undefined)
  const atMs = clock.nowMs()
  engine.remove(standard('orders'))
  clock.advance(59_999)
  t.is(engine.deletedAtMs(KEY), atMs)
  t.is(engine.deletedAtMs({ ...KEY, region: 'eu-west-1' }), undefined)
  clock.advance(1)
  t.is(engine.deletedAtMs(KEY), undefined)
})

test("a removed queue's long polls end empty at once", (t) => {
  const world = lab()
  const queue = world.standard('orders')
  const polls = [poll(world, queue, 20), poll(world, queue, 20)]
  world.engine.remove(queue)
  t.deepEqual(
    polls.map(({ answers }) => answers),
    [[[]], [[]]],
  )
  world.clock.advance(60_000)
  t.deepEqual(polls[0]?.answers, [[]])
})

test('closing the engine ends every long poll', (t) => {
  const world = lab()
  const polls = ['a', 'b'].map((name) => poll(world, world.standard(name), 20))
  world.engine.close()
  t.deepEqual(
    polls.map(({ answers }) => answers),
    [[[]], [[]]],
  )
})

test('the in-flight limits are those of AWS unless others are given', (t) => {
  t.is(lab().engine.inFlightLimit(false), 120_000)
  t.is(lab().engine.inFlightLimit(true), 120_000)
  t.is(lab({ inFlightFifo: 20_000 }).engine.inFlightLimit(true), 20_000)
})

test('message ids are of their own across queues', (t) => {
  const { standard } = lab()
  const queues = [standard('a'), standard('b')]
  const ids = Array.from({ length: 100 }, (_, i) => queues[i % 2]?.send({ body: 'x', senderId: 'AIDA' }).messageId)
  t.is(new Set(ids).size, 100)
})

test('cleared, the queues are there and remember nothing', (t) => {
  const one = lab()
  const { engine, clock } = one
  const dead = one.standard('dead')
  const queue = one.standard('q', { redrive: { targetArn: dead.arn, maxReceiveCount: 1 } })
  const fifo = one.fifo('q.fifo')
  const draft = { body: 'x', senderId: 'AIDA', groupId: 'g', deduplicationId: 'd' }
  const first = fifo.send(draft)
  receive(fifo, 1, 30, { attemptId: 'a' })
  send(queue, 'a', 'b')
  receive(queue, 1)
  dead.purge()
  send(dead, 'c')
  engine.moveTasks.start({ source: dead })
  const { answers } = poll(one, one.standard('waiting'), 20)

  engine.clear()
  for (const each of engine.all()) t.deepEqual(each.counts(), { visible: 0, inFlight: 0, delayed: 0 }, each.arn)
  t.is(dead.purgedAtMs, undefined)
  t.deepEqual(engine.moveTasks.list(dead.arn), [])
  t.not(fifo.send(draft).messageId, first.messageId)
  t.deepEqual(receiveBodies(fifo), ['x'])
  send(dead, 'new')
  clock.advance(1000)
  t.deepEqual(receiveBodies(dead), ['new'])
  t.deepEqual(answers, [], 'a long poll goes on')
})
