import test from 'ava'
import fc from 'fast-check'
import { VirtualClock } from '../../../src/core/clock.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { FifoOrder } from '../../../src/sqs/engine/fifo-order.ts'
import { type Message, MessageIds } from '../../../src/sqs/engine/message.ts'
import { Shelf } from '../../../src/sqs/engine/shelf.ts'
import { StandardOrder } from '../../../src/sqs/engine/standard-order.ts'

const RETENTION_MS = 1_000_000
const keep = (): boolean => false

function start(kind: 'standard' | 'fifo' = 'standard') {
  const ids = new MessageIds(seededRandom(1), 0)
  let order: FifoOrder | StandardOrder | undefined
  const shelf = new Shelf(
    ids,
    () => (order = kind === 'fifo' ? new FifoOrder() : new StandardOrder(new VirtualClock())),
  )
  const store = (nowMs = 0, delayMs = 0, groupId?: string): Message => {
    const serial = ids.next()
    return shelf.store(
      {
        serial,
        body: `m${serial}`,
        attributes: undefined,
        traceHeader: undefined,
        senderId: 'AIDA',
        groupId: groupId ?? (kind === 'fifo' ? 'g' : undefined),
        sentAtMs: nowMs,
      },
      nowMs,
      delayMs,
      kind === 'fifo' ? { deduplicationId: `d${serial}`, sequence: serial } : undefined,
    )
  }
  return { shelf, store, groupsLeft: () => (order instanceof FifoOrder ? order.groups : (order?.tenants ?? 0)) }
}

test('a message is visible, is taken, and is visible again when its time is over', (t) => {
  const { shelf, store } = start()
  const message = store()
  t.is(message.state, 'visible')
  t.deepEqual(shelf.take(1, 100, 0, keep), [message])
  t.is(message.state, 'taken')
  t.is(shelf.takenCount, 1)
  t.is(shelf.nextMs, 100)
  shelf.settle(99, RETENTION_MS)
  t.is(message.state, 'taken')
  shelf.settle(100, RETENTION_MS)
  t.is(message.state, 'visible')
  t.is(shelf.nextMs, Infinity)
})

test('what is taken may be said by somebody else than the order', (t) => {
  const { shelf, store } = start()
  const messages = [store(), store(), store()]
  const wanted = [messages[2], messages[0]]
  t.deepEqual(shelf.take(10, 100, 0, keep, { next: () => wanted.shift() }), [messages[2], messages[0]] as Message[])
  t.deepEqual(shelf.take(10, 100, 0, keep), [messages[1]] as Message[])
})

test('a delayed message cannot be taken before its delay ends', (t) => {
  const { shelf, store } = start()
  const message = store(0, 50)
  t.is(message.state, 'delayed')
  t.is(shelf.delayedCount, 1)
  t.deepEqual(shelf.take(1, 100, 49, keep), [])
  shelf.settle(50, RETENTION_MS)
  t.deepEqual(shelf.take(1, 100, 50, keep), [message])
})

test('taken for no time, messages are given once and stay visible', (t) => {
  const { shelf, store } = start()
  const messages = [store(), store()]
  t.deepEqual(shelf.take(10, 0, 0, keep), messages)
  t.is(shelf.takenCount, 0)
  t.deepEqual(
    messages.map(({ state }) => state),
    ['visible', 'visible'],
  )
})

test('what is diverted is not taken and makes room for the next', (t) => {
  const { shelf, store } = start()
  const [first, second] = [store(), store()]
  const taken = shelf.take(1, 100, 0, (message) => {
    if (message !== first) return false
    shelf.discard(message)
    return true
  })
  t.deepEqual(taken, [second])
  t.is(first.state, 'gone')
  t.is(shelf.size, 1)
})

test('offered messages go one after the other until one is refused', (t) => {
  const { shelf, store } = start()
  const messages = [store(), store(), store(), store()]
  const accept = (message: Message): boolean => {
    if (message === messages[2]) return false
    shelf.discard(message)
    return true
  }
  t.is(shelf.offer(1, accept), 1)
  t.is(shelf.offer(10, accept), 1)
  t.is(shelf.offer(10, accept), 0)
  t.deepEqual([...shelf], messages.slice(2))
})

test('an offer of a FIFO queue gives back the groups that it looked at', (t) => {
  const { shelf, store } = start('fifo')
  const message = store()
  t.is(
    shelf.offer(1, () => false),
    0,
  )
  t.deepEqual(shelf.take(1, 100, 0, keep), [message])
})

test('an offer of a FIFO queue rotates its groups as a receive does', (t) => {
  const { shelf, store } = start('fifo')
  const [first, second] = [store(0, 0, 'g1'), store(0, 0, 'g2')]
  shelf.offer(1, () => false)
  t.deepEqual(shelf.take(2, 100, 0, keep), [second, first])
})

test('hidden for longer or shorter, a message comes back then', (t) => {
  const { shelf, store } = start()
  const message = store()
  shelf.take(1, 100, 0, keep)
  shelf.hide(message, 500, 50)
  t.is(shelf.nextMs, 550)
  shelf.hide(message, 0, 60)
  t.is(message.state, 'visible')
  t.is(shelf.takenCount, 0)
  shelf.hide(message, 0, 60)
  shelf.hide(message, 40, 60)
  t.is(shelf.takenCount, 1)
  t.is(shelf.nextMs, 100)
})

test('a message can be discarded twice', (t) => {
  const { shelf, store } = start()
  const message = store()
  shelf.discard(message)
  shelf.discard(message)
  t.is(shelf.size, 0)
  t.is(shelf.find(message.offset), undefined)
})

test('retention takes visible, delayed and taken messages, at the moment and not before', (t) => {
  const { shelf, store } = start()
  const messages = [store(), store(0, 500), store()]
  shelf.take(1, 500, 0, keep)
  shelf.settle(99, 100)
  t.is(shelf.size, 3)
  shelf.settle(100, 100)
  t.is(shelf.size, 0)
  t.true(messages.every(({ state }) => state === 'gone'))
  t.is(shelf.nextMs, Infinity)
})

test('another delay counts from when a message was sent', (t) => {
  const { shelf, store } = start('fifo')
  const [first, second] = [store(0, 100), store(50, 100)]
  shelf.redelay(20)
  t.is(shelf.nextMs, 20)
  shelf.settle(60, RETENTION_MS)
  t.is(first.state, 'visible')
  t.is(second.state, 'delayed')
  shelf.redelay(500)
  t.is(first.state, 'visible')
  t.is(shelf.nextMs, 550)
})

test('the oldest message is the one sent first, though another came first', (t) => {
  const { shelf, store } = start()
  store(500)
  const old = store(100)
  t.is(shelf.oldest(), old)
})

test('cleared, nothing is left, and offsets go on', (t) => {
  const { shelf, store } = start()
  const before = [store(), store(0, 50), store()]
  shelf.take(1, 100, 0, keep)
  shelf.clear()
  t.is(shelf.size + shelf.takenCount + shelf.delayedCount, 0)
  t.is(shelf.nextMs, Infinity)
  t.true(store().offset > (before[2] as Message).offset)
})

for (const kind of ['standard', 'fifo'] as const)
  test(`after any history of a ${kind} queue, deleting all leaves nothing behind`, (t) => {
    const step = fc.record({
      what: fc.constantFrom('store', 'store', 'delay', 'take', 'hide', 'discard', 'later'),
      at: fc.nat(20),
      ms: fc.constantFrom(0, 10, 20, 50),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { shelf, store, groupsLeft } = start(kind)
        let nowMs = 0
        for (const { what, at, ms } of steps) {
          shelf.settle(nowMs, RETENTION_MS)
          const some = [...shelf][at]
          if (what === 'store') store(nowMs, 0, `g${at % 3}`)
          if (what === 'delay') store(nowMs, ms, `g${at % 3}`)
          if (what === 'take') shelf.take((at % 4) + 1, ms, nowMs, keep)
          if (what === 'hide' && some?.state === 'taken') shelf.hide(some, ms, nowMs)
          if (what === 'discard' && some !== undefined) shelf.discard(some)
          if (what === 'later') nowMs += ms
          const states = [...shelf].map(({ state }) => state)
          t.is(states.length, shelf.size)
          t.is(states.filter((state) => state === 'taken').length, shelf.takenCount)
          t.is(states.filter((state) => state === 'delayed').length, shelf.delayedCount)
        }
        const left = [...shelf]
        for (const message of left) shelf.discard(message)
        t.deepEqual(
          [shelf.size, shelf.takenCount, shelf.delayedCount, shelf.nextMs, shelf.order.lockedGroups, groupsLeft()],
          [0, 0, 0, Infinity, 0, 0],
        )
        t.is(shelf.order.next(), undefined)
      }),
      { numRuns: 100 },
    )
  })

test('a message is revealed from a delay and from having been taken, and shown once', (t) => {
  const shown: Message[] = []
  const ids = new MessageIds(seededRandom(1), 0)
  const shelf = new Shelf(
    ids,
    () => new StandardOrder(new VirtualClock()),
    (message) => shown.push(message),
  )
  const content = { attributes: undefined, traceHeader: undefined, senderId: 'AIDA', groupId: undefined, sentAtMs: 0 }
  const delayed = shelf.store({ ...content, serial: 0, body: 'delayed' }, 0, 100)
  const taken = shelf.store({ ...content, serial: 1, body: 'taken' }, 0, 0)
  shelf.take(1, 100, 0, keep)
  t.deepEqual(shown, [])
  shelf.reveal(delayed)
  shelf.reveal(taken)
  shelf.reveal(taken)
  t.deepEqual(shown, [delayed, taken])
  t.is(shelf.takenCount + shelf.delayedCount, 0)
  shelf.discard(taken)
  shelf.reveal(taken)
  t.is(taken.state, 'gone')
})

test('all is revealed in order of time, and retention does not act on the way', (t) => {
  const { shelf, store } = start()
  const [late, early] = [store(0, 200), store(0, 100)]
  shelf.revealAll()
  t.deepEqual(shelf.take(2, 10, 0, keep), [early, late])
})
