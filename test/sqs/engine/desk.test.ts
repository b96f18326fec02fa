import test from 'ava'
import fc from 'fast-check'
import type { Message } from '../../../src/sqs/engine/message.ts'
import type { Queue } from '../../../src/sqs/engine/queue.ts'
import { EnginePlayer } from './engine-player.ts'
import { deadLetters, play, singleQueue, type HistorySettings } from './history.ts'
import { bodies, lab, poll, receive, receiveBodies, receiveOne, send, sendFifo } from './lab.ts'

function scan(queue: Queue, from = 0, places = 1000): { seen: string[]; next: number | undefined } {
  const seen: string[] = []
  const next = queue.desk.scan(from, places, (message) => {
    seen.push(`${message.body} ${message.state}`)
    return true
  })
  return { seen, next }
}

function idOf(queue: Queue, body: string): string {
  return ([...queue.desk.messages()].find((message) => message.body === body) as Message).messageId
}

test('a look shows every message in order of arrival, with its state and when that ends', (t) => {
  const { standard, clock } = lab()
  const queue = standard('q')
  send(queue, 'taken', 'visible')
  queue.send({ body: 'delayed', senderId: 'AIDA', delaySeconds: 5 })
  receiveOne(queue, 30)
  t.deepEqual(scan(queue), { seen: ['taken taken', 'visible visible', 'delayed delayed'], next: undefined })
  t.deepEqual(
    [...queue.desk.messages()].map(({ dueMs }) => dueMs && dueMs - clock.nowMs()),
    [30_000, undefined, 5000],
  )
  clock.advance(5000)
  t.deepEqual(scan(queue).seen, ['taken taken', 'visible visible', 'delayed visible'])
})

test('a look goes on where the last one ended, whatever has gone or come meanwhile', (t) => {
  const { standard } = lab()
  const queue = standard('q')
  send(queue, 'a', 'b', 'c')
  const first = scan(queue, 0, 2)
  t.deepEqual(first.seen, ['a visible', 'b visible'])
  queue.desk.remove(idOf(queue, 'c'))
  send(queue, 'd')
  t.deepEqual(scan(queue, first.next), { seen: ['d visible'], next: undefined })
  queue.purge()
  send(queue, 'e')
  t.deepEqual(scan(queue, first.next), { seen: ['e visible'], next: undefined })
})

test('one message is deleted by its id, in whatever state it is', (t) => {
  const { standard } = lab()
  const queue = standard('q')
  send(queue, 'taken', 'visible')
  queue.send({ body: 'delayed', senderId: 'AIDA', delaySeconds: 5 })
  receiveOne(queue)
  for (const body of ['taken', 'visible', 'delayed']) {
    const id = idOf(queue, body)
    t.true(queue.desk.remove(id), body)
    t.false(queue.desk.remove(id), body)
  }
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 0, delayed: 0 })
})

test('an id of another queue, of another message and nonsense find nothing', (t) => {
  const { standard } = lab()
  const [queue, other] = [standard('q'), standard('other')]
  send(queue, 'a')
  send(other, 'b')
  const id = idOf(other, 'b')
  for (const wrong of [id, '', 'nonsense', '00000000-0000-4000-8000-000000000000', id.replace(/.$/, 'g')]) {
    t.is(queue.desk.find(wrong), undefined, wrong)
    t.false(queue.desk.remove(wrong))
    t.is(queue.desk.show(wrong), undefined)
  }
})

test('deleting the head of a FIFO group lets whoever polls have the next one', (t) => {
  const one = lab()
  const queue = one.fifo('q.fifo')
  sendFifo(queue, 'g-1', 'g-2')
  receiveOne(queue)
  const { answers } = poll(one, queue, 20)
  queue.desk.remove(idOf(queue, 'g-1'))
  t.deepEqual(answers, [['g-2']])
})

test('a message in flight or delayed is visible when it is told to be, and whoever polls gets it', (t) => {
  const one = lab()
  const queue = one.standard('q')
  send(queue, 'taken')
  queue.send({ body: 'delayed', senderId: 'AIDA', delaySeconds: 900 })
  receiveOne(queue)
  const { answers } = poll(one, queue, 20)
  const message = queue.desk.show(idOf(queue, 'taken'))
  t.is(message?.body, 'taken')
  t.deepEqual(answers, [['taken']])
  queue.desk.show(idOf(queue, 'delayed'))
  t.deepEqual(receiveBodies(queue), ['delayed'])
  t.is(queue.desk.show(idOf(queue, 'delayed'))?.receiveCount, 1)
})

test('showing a visible message changes nothing', (t) => {
  const queue = lab().standard('q')
  send(queue, 'a', 'b')
  queue.desk.show(idOf(queue, 'a'))
  t.deepEqual(receiveBodies(queue), ['a', 'b'])
})

test('everything that is hidden is visible when it is told to be, in the order in which it would have been', (t) => {
  const { standard } = lab()
  const queue = standard('q')
  send(queue, 'slow', 'fast', 'visible')
  queue.send({ body: 'delayed', senderId: 'AIDA', delaySeconds: 15 })
  receiveOne(queue, 20)
  receiveOne(queue, 10)
  t.is(queue.desk.showAll(), 3)
  t.is(queue.desk.showAll(), 0)
  t.deepEqual(receiveBodies(queue), ['visible', 'fast', 'delayed', 'slow'])
})

test('a FIFO group that is shown keeps its order', (t) => {
  const { fifo } = lab()
  const queue = fifo('q.fifo')
  sendFifo(queue, 'g-1', 'g-2', 'g-3')
  receive(queue, 2)
  queue.desk.showAll()
  t.deepEqual(receiveBodies(queue), ['g-1', 'g-2', 'g-3'])
})

test('a watch is told what is sent, at once, and before anybody receives it', (t) => {
  const one = lab()
  const queue = one.standard('q')
  const seen: string[] = []
  queue.desk.watch({ seen: ({ body, state }) => seen.push(`${body} ${state}`), ended: () => {} })
  poll(one, queue, 20)
  send(queue, 'a')
  queue.send({ body: 'b', senderId: 'AIDA', delaySeconds: 5 })
  t.deepEqual(seen, ['a visible', 'b delayed'])
})

test('a watch is told what becomes visible when it does, though nobody calls', (t) => {
  const { standard, clock } = lab()
  const queue = standard('q')
  send(queue, 'a')
  queue.send({ body: 'b', senderId: 'AIDA', delaySeconds: 5 })
  receiveOne(queue, 10)
  const seen: string[] = []
  const start = clock.nowMs()
  const stop = queue.desk.watch({
    seen: ({ body }) => seen.push(`${body} at ${clock.nowMs() - start}`),
    ended: () => {},
  })
  clock.advance(20_000)
  t.deepEqual(seen, ['b at 5000', 'a at 10000'])
  receiveOne(queue, 10)
  stop()
  clock.advance(20_000)
  send(queue, 'c')
  t.is(seen.length, 2)
})

test('a watch of a dead-letter queue sees what comes there as it is there, redriven or moved', (t) => {
  const { standard, clock, engine } = lab()
  const dead = standard('dead')
  const queue = standard('q', { redrive: { targetArn: dead.arn, maxReceiveCount: 1 } })
  send(queue, 'poison')
  const seen: (string | number | undefined)[][] = []
  dead.desk.watch({
    seen: ({ body, receiveCount, deadLetterSourceArn }) => seen.push([body, receiveCount, deadLetterSourceArn]),
    ended: () => {},
  })
  const back: string[] = []
  queue.desk.watch({ seen: ({ body }) => back.push(body), ended: () => {} })
  receiveOne(queue, 0)
  t.deepEqual(receiveBodies(queue), [])
  t.deepEqual(seen, [['poison', 1, queue.arn]])
  back.length = 0
  engine.moveTasks.start({ source: dead })
  clock.advance(1000)
  t.deepEqual(back, ['poison'])
})

test('a duplicate that a FIFO queue swallows is no message', (t) => {
  const queue = lab().fifo('q.fifo')
  const seen: string[] = []
  queue.desk.watch({ seen: ({ body }) => seen.push(body), ended: () => {} })
  for (const body of ['first', 'again']) queue.send({ body, senderId: 'AIDA', groupId: 'g', deduplicationId: 'd' })
  t.deepEqual(seen, ['first'])
})

test('a watch is told once when the queue is deleted', (t) => {
  const { standard, engine } = lab()
  const queue = standard('q')
  let ends = 0
  const stop = queue.desk.watch({ seen: () => {}, ended: () => ends++ })
  engine.remove(queue)
  queue.close()
  stop()
  t.is(ends, 1)
})

/** Looks at everything in every way before each step. */
class LookingPlayer extends EnginePlayer {
  override send(...args: Parameters<EnginePlayer['send']>): ReturnType<EnginePlayer['send']> {
    return this.#look(() => super.send(...args))
  }

  override receive(...args: Parameters<EnginePlayer['receive']>): ReturnType<EnginePlayer['receive']> {
    return this.#look(() => super.receive(...args))
  }

  override poll(...args: Parameters<EnginePlayer['poll']>): ReturnType<EnginePlayer['poll']> {
    return this.#look(() => super.poll(...args))
  }

  override delete(...args: Parameters<EnginePlayer['delete']>): ReturnType<EnginePlayer['delete']> {
    return this.#look(() => super.delete(...args))
  }

  override change(...args: Parameters<EnginePlayer['change']>): ReturnType<EnginePlayer['change']> {
    return this.#look(() => super.change(...args))
  }

  override advance(...args: Parameters<EnginePlayer['advance']>): ReturnType<EnginePlayer['advance']> {
    return this.#look(() => super.advance(...args))
  }

  override setRetention(...args: Parameters<EnginePlayer['setRetention']>): ReturnType<EnginePlayer['setRetention']> {
    return this.#look(() => super.setRetention(...args))
  }

  override purge(...args: Parameters<EnginePlayer['purge']>): ReturnType<EnginePlayer['purge']> {
    return this.#look(() => super.purge(...args))
  }

  #look<T>(act: () => T): T {
    for (const { desk } of this.queues) {
      const messages = [...desk.messages()]
      for (let from: number | undefined = 0; from !== undefined;) from = desk.scan(from, 2, () => true)
      const last = messages.at(-1)
      if (last !== undefined) desk.find(last.messageId)
    }
    return act()
  }
}

/** And watches all the time. */
class WatchingPlayer extends LookingPlayer {
  constructor(settings: HistorySettings) {
    super(settings)
    for (const { desk } of this.queues) desk.watch({ seen: ({ body }) => body.length, ended: () => {} })
  }
}

type Histories = ReturnType<typeof singleQueue>

const looked: readonly (readonly [string, Histories])[] = [
  ['a standard queue', singleQueue('standard')],
  ['a FIFO queue', singleQueue('fifo')],
  ['queues with dead letters', deadLetters(true)],
]
// A watch sets a timer as a long poll does. Where several queues have something due in the same millisecond, and give it
// to one another, which of them comes first may differ with it; so watching is tried on one queue at a time.
const watched = looked.slice(0, 2)

for (const [verb, Player, on] of [
  ['looking at any moment of any history of', LookingPlayer, looked],
  ['watching in any history of', WatchingPlayer, watched],
] as const)
  for (const [what, histories] of on)
    test(`${verb} ${what} changes no count, no order, no visibility and no later answer`, (t) => {
      fc.assert(
        fc.property(histories, (settings) => {
          t.deepEqual(play(settings, new Player(settings)), play(settings, new EnginePlayer(settings)))
        }),
        { numRuns: 300 },
      )
    })

test('what is received after any number of looks is what was sent, with a count of one', (t) => {
  const { standard } = lab()
  const queue = standard('q')
  send(queue, 'a', 'b')
  for (let i = 0; i < 5; i++) scan(queue)
  const delivered = receive(queue)
  t.deepEqual(bodies(delivered), ['a', 'b'])
  t.deepEqual(
    delivered.map(({ receiveCount }) => receiveCount),
    [1, 1],
  )
})
