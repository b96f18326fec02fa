import test from 'ava'
import fc from 'fast-check'
import { VirtualClock } from '../../../src/core/clock.ts'
import type { Message } from '../../../src/sqs/engine/message.ts'
import { StandardOrder } from '../../../src/sqs/engine/standard-order.ts'
import { EnginePlayer } from './engine-player.ts'
import { play, singleQueue } from './history.ts'
import { bodies, handleOf, lab, messageAt, receive, receiveBodies, receiveOne, send } from './lab.ts'
import { ModelPlayer } from './model-player.ts'

const start = () => {
  const world = lab()
  return { ...world, queue: world.standard('orders') }
}

const many = (count: number, name: string): string[] => Array.from({ length: count }, (_, i) => `${name}${i}`)

/** Tenant `noisy` with `inFlight` messages in flight and `waiting` more. */
function withNoisyTenant(inFlight: number, waiting: number) {
  const world = start()
  send(world.queue, ...many(inFlight + waiting, 'noisy:n'))
  for (let left = inFlight; left > 0; left -= 10) receive(world.queue, Math.min(10, left), 600)
  return world
}

test('messages come in the order in which they were sent', (t) => {
  const { queue } = start()
  send(queue, 'a', 'b', 'c')
  t.deepEqual(receiveBodies(queue, 2), ['a', 'b'])
  t.deepEqual(receiveBodies(queue, 2), ['c'])
})

test('a delayed message stands in line from when its delay ends', (t) => {
  const { queue, clock } = start()
  queue.send({ body: 'late', senderId: 'AIDA', delaySeconds: 5 })
  send(queue, 'a')
  clock.advance(5000)
  send(queue, 'b')
  t.deepEqual(receiveBodies(queue), ['a', 'late', 'b'])
})

test('a message that comes back goes to the end, so that poison does not starve the rest', (t) => {
  const { queue, clock } = start()
  send(queue, 'poison', 'a')
  receive(queue, 1, 5)
  clock.advance(5000)
  t.deepEqual(receiveBodies(queue), ['a', 'poison'])
})

test('messages that come back together keep the order in which they were taken', (t) => {
  const { queue, clock } = start()
  send(queue, 'a', 'b', 'c', 'd')
  receive(queue, 1, 10)
  clock.advance(5000)
  receive(queue, 2, 5)
  receive(queue, 1, 5)
  clock.advance(5000)
  t.deepEqual(receiveBodies(queue), ['a', 'b', 'c', 'd'])
})

test('a tenant below thirty in flight is not noisy, whatever its share', (t) => {
  const { queue } = withNoisyTenant(29, 5)
  send(queue, 'quiet:q')
  t.deepEqual(receiveBodies(queue, 1), ['n29'])
})

test('a noisy tenant stands aside for quiet ones and for messages without a group', (t) => {
  const { queue } = withNoisyTenant(30, 5)
  send(queue, 'quiet:q', 'single')
  t.deepEqual(receiveBodies(queue, 4), ['q', 'single', 'n30', 'n31'])
})

test('a noisy tenant that nobody else waits for is delivered in order', (t) => {
  const { queue } = withNoisyTenant(30, 3)
  send(queue, 'noisy:last')
  t.deepEqual(receiveBodies(queue, 10), ['n30', 'n31', 'n32', 'last'])
})

test('thirty in flight are not noisy when they are a tenth of all or less', (t) => {
  const { queue } = start()
  send(queue, ...many(300, ''))
  for (let i = 0; i < 30; i++) receive(queue, 10, 600)
  send(queue, ...many(32, 'busy:b'))
  for (let i = 0; i < 3; i++) receive(queue, 10, 600)
  send(queue, 'quiet:q')
  t.deepEqual(receiveBodies(queue, 3), ['b30', 'b31', 'q'])
})

test('of two noisy tenants the one with fewer in flight comes first', (t) => {
  const { queue } = start()
  send(queue, ...many(40, 'a:a'))
  for (let i = 0; i < 4; i++) receive(queue, 10, 600)
  send(queue, ...many(35, 'b:b'))
  for (let i = 0; i < 7; i++) receive(queue, 5, 600)
  send(queue, 'a:lastA', 'b:lastB')
  t.deepEqual(receiveBodies(queue, 2), ['lastB', 'lastA'])
})

test('a tenant is quiet again when its backlog is gone', (t) => {
  const { queue } = start()
  send(queue, ...many(30, 'noisy:n'))
  const delivered = [1, 2, 3].flatMap(() => receive(queue, 10, 600))
  for (const { receiptHandle } of delivered) queue.delete(receiptHandle)
  send(queue, 'noisy:again', 'quiet:q')
  t.deepEqual(receiveBodies(queue), ['again', 'q'])
})

test('a tenant is quiet again when it has sent nothing for five minutes, and its old messages come first', (t) => {
  const { queue, clock } = withNoisyTenant(30, 2)
  send(queue, 'quiet:q0')
  t.deepEqual(receiveBodies(queue, 1, 600), ['q0'])
  clock.advance(299_999)
  send(queue, 'quiet:q1', 'quiet:q2')
  t.deepEqual(receiveBodies(queue, 1), ['q1'])
  clock.advance(1)
  t.deepEqual(receiveBodies(queue), ['n30', 'n31', 'q2'])
})

test('each send of a noisy tenant keeps it noisy for five more minutes', (t) => {
  const { queue, clock } = withNoisyTenant(30, 2)
  send(queue, 'quiet:q0')
  receive(queue, 1, 600)
  clock.advance(200_000)
  send(queue, 'noisy:more')
  clock.advance(200_000)
  send(queue, 'quiet:q1')
  t.deepEqual(receiveBodies(queue), ['q1', 'n30', 'n31', 'more'])
})

test('one noisy tenant that goes on sending does not keep another one from being quiet again', (t) => {
  const { queue, clock } = start()
  for (const name of ['a', 'b']) {
    send(queue, ...many(40, `${name}:${name}`))
    for (let i = 0; i < 4; i++) receive(queue, 10, 600)
  }
  send(queue, 'a:lastA', 'b:lastB', 'quiet:q0')
  t.deepEqual(receiveBodies(queue, 1, 600), ['q0'])
  clock.advance(200_000)
  send(queue, 'a:moreA')
  clock.advance(100_000)
  send(queue, 'quiet:q1')
  t.deepEqual(receiveBodies(queue), ['lastB', 'q1', 'lastA', 'moreA'])
})

test('a visibility change of a held back message by its old handle works', (t) => {
  const { queue, clock } = withNoisyTenant(30, 1)
  const delivered = receive(queue, 1, 5)
  send(queue, 'quiet:q')
  clock.advance(5000)
  t.deepEqual(receiveBodies(queue, 1), ['q'])
  receiveOne(queue)
  t.is(queue.changeVisibility(handleOf(delivered, 'n30'), 0), 'changed')
  t.deepEqual(bodies(receive(queue, 1, 0)), ['n30'])
  t.is(queue.changeVisibility(handleOf(delivered, 'n30'), 60), 'changed')
  t.deepEqual(receiveBodies(queue), [])
})

test('no fairness takes a message away: whatever the tenants, all of them are delivered', (t) => {
  const tenant = fc.constantFrom('a', 'b', 'c', '')
  fc.assert(
    fc.property(
      fc.array(tenant, { minLength: 50, maxLength: 200 }),
      fc.array(fc.nat(400), { maxLength: 20 }),
      (tenants, waits) => {
        const { queue, clock } = start()
        for (const [i, each] of tenants.entries()) send(queue, each === '' ? String(i) : `${each}:${i}`)
        const seen: string[] = []
        for (let batch = receiveBodies(queue, 7, 43_200); batch.length > 0; batch = receiveBodies(queue, 7, 43_200)) {
          seen.push(...batch)
          clock.advance((waits[seen.length % 20] ?? 0) * 1000)
        }
        return new Set(seen).size === tenants.length && seen.length === tenants.length
      },
    ),
    { numRuns: 50 },
  )
  t.pass()
})

test('what is ahead is what receives would give, and looking changes nothing', (t) => {
  const { queue } = withNoisyTenant(40, 3)
  send(queue, 'a', 'noisy:last', 'b')
  const looked: string[] = []
  const look = {
    line: (line: Iterable<Message>): Iterable<Message> => {
      looked.push(...Array.from(line, ({ body }) => body))
      return []
    },
  }
  t.deepEqual(receive(queue, 10, 30, { policies: [look] }), [])
  t.deepEqual(looked, ['a', 'b', 'n40', 'n41', 'n42', 'last'])
  t.deepEqual(receiveBodies(queue), looked)
})

test('tenants without messages are forgotten', (t) => {
  const order = new StandardOrder(new VirtualClock())
  const messages = ['a', 'b', 'a'].map((groupId, i) => messageAt(i, { groupId }))
  for (const message of messages) order.enter(message)
  t.is(order.tenants, 2)
  order.hide(messages[0] as never)
  order.leave(messages[0] as never, 'taken')
  for (const message of messages.slice(1)) order.leave(message, 'visible')
  t.is(order.tenants, 0)
  t.is(order.next(), undefined)
})

test('any history is delivered as the naive model says', (t) => {
  fc.assert(
    fc.property(singleQueue('standard'), (history) => {
      t.deepEqual(play(history, new EnginePlayer(history)), play(history, new ModelPlayer(history)))
    }),
    { numRuns: 300 },
  )
})
