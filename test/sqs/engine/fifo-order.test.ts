import test from 'ava'
import fc from 'fast-check'
import { FifoOrder, FifoPlace } from '../../../src/sqs/engine/fifo-order.ts'
import type { Message } from '../../../src/sqs/engine/message.ts'
import { EnginePlayer } from './engine-player.ts'
import { play, singleQueue } from './history.ts'
import { handleOf, lab, messageAt, poll, receive, receiveBodies, receiveOne, sendFifo } from './lab.ts'
import { ModelPlayer } from './model-player.ts'

const start = (settings = {}) => {
  const world = lab()
  return { ...world, queue: world.fifo('orders.fifo', settings) }
}

test('a receive is filled from one group before the next [S test_fifo_receive_message_group_id_ordering]', (t) => {
  const { queue } = start()
  sendFifo(queue, 'g1-m1', 'g2-m1', 'g1-m2', 'g2-m2', 'g1-m3')
  t.deepEqual(receiveBodies(queue, 4), ['g1-m1', 'g1-m2', 'g1-m3', 'g2-m1'])
})

test('a group in flight gives nothing, also what is sent to it meanwhile [S test_fifo_message_group_visibility]', (t) => {
  const { queue, clock } = start()
  sendFifo(queue, 'g1-m1')
  receive(queue)
  sendFifo(queue, 'g1-m2')
  t.deepEqual(receiveBodies(queue), [])
  clock.advance(30_000)
  t.deepEqual(receiveBodies(queue), ['g1-m1', 'g1-m2'])
})

test('deleting all that is in flight frees the group [S test_fifo_message_group_visibility_after_delete]', (t) => {
  const { queue } = start()
  sendFifo(queue, 'g1-m1', 'g1-m2', 'g1-m3')
  for (const { receiptHandle } of receive(queue, 2)) t.is(queue.delete(receiptHandle), 'deleted')
  t.deepEqual(receiveBodies(queue), ['g1-m3'])
})

test('the rotation goes on after a delete: the group that was delivered from is the last [S test_fifo_message_group_visibility_after_delete]', (t) => {
  const { queue } = start()
  sendFifo(queue, 'g1-m1', 'g1-m2', 'g2-m1', 'g3-m1')
  queue.delete(receiveOne(queue).receiptHandle)
  t.deepEqual(receiveBodies(queue), ['g2-m1', 'g3-m1', 'g1-m2'])
})

test('deleting a part keeps the group locked [S test_fifo_message_group_visibility_after_partial_delete]', (t) => {
  const { queue } = start()
  sendFifo(queue, 'g1-m1', 'g1-m2', 'g1-m3', 'g2-m1')
  const delivered = receive(queue, 2)
  queue.delete(handleOf(delivered, 'g1-m1'))
  t.deepEqual(receiveBodies(queue), ['g2-m1'])
  queue.delete(handleOf(delivered, 'g1-m2'))
  t.deepEqual(receiveBodies(queue), ['g1-m3'])
})

test('visibility 0 on the first of two gives only the first, behind other groups [S test_fifo_message_group_visibility_after_terminate_visibility_timeout, _after_change_message_visibility]', (t) => {
  const { queue } = start()
  sendFifo(queue, 'g1-m1', 'g1-m2', 'g1-m3', 'g2-m1')
  const delivered = receive(queue, 2)
  t.is(queue.changeVisibility(handleOf(delivered, 'g1-m1'), 0), 'changed')
  t.deepEqual(receiveBodies(queue, 3), ['g2-m1', 'g1-m1'])
  t.deepEqual(receiveBodies(queue), [])
})

for (const [extended, back] of [
  [0, []],
  [1, ['g1-m0']],
  [2, ['g1-m0', 'g1-m1']],
] as const)
  test(`extending message ${extended} hides it and all later ones, earlier ones come back [S test_fifo_group_visibility_extends_with_change_message_visibility ${extended}]`, (t) => {
    const { queue, clock } = start()
    sendFifo(queue, 'g1-m0', 'g1-m1', 'g1-m2', 'g1-m3')
    const delivered = receive(queue, 3, 5)
    queue.changeVisibility(handleOf(delivered, `g1-m${extended}`), 60)
    clock.advance(5000)
    t.deepEqual(receiveBodies(queue), back)
  })

test('after a timeout the order is the one of sending again [S test_fifo_messages_in_order_after_timeout]', (t) => {
  const { queue, clock } = start()
  sendFifo(queue, 'g1-m1', 'g1-m2', 'g1-m3')
  const delivered = receive(queue, 3, 10)
  queue.changeVisibility(handleOf(delivered, 'g1-m1'), 12)
  clock.advance(12_000)
  t.deepEqual(receiveBodies(queue), ['g1-m1', 'g1-m2', 'g1-m3'])
})

test('a receive with visibility 0 rotates the groups [S test_fifo_receive_message_with_zero_visibility_timeout]', (t) => {
  const { queue } = start()
  sendFifo(queue, 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2', 'g3-m1')
  t.deepEqual(receiveBodies(queue, 4, 0), ['g1-m1', 'g1-m2', 'g2-m1', 'g2-m2'])
  t.deepEqual(receiveBodies(queue, 10, 0), ['g3-m1', 'g1-m1', 'g1-m2', 'g2-m1', 'g2-m2'])
})

test('a group that was emptied comes back like a new one [S test_fifo_empty_message_groups_added_back_to_queue]', (t) => {
  const { queue } = start()
  sendFifo(queue, 'g1-m1', 'g2-m1')
  queue.delete(receiveOne(queue).receiptHandle)
  sendFifo(queue, 'g1-m2', 'g3-m1')
  t.deepEqual(receiveBodies(queue), ['g2-m1', 'g1-m2', 'g3-m1'])
})

test('messages of a locked group that nobody received count as visible [S test_fifo_approximate_number_of_messages_not_visible, test_fifo_approx_number_of_messages]', (t) => {
  const { queue } = start()
  sendFifo(queue, 'g1-m1', 'g1-m2', 'g1-m3', 'g1-m4')
  receive(queue, 1)
  t.deepEqual(queue.counts(), { visible: 3, inFlight: 1, delayed: 0 })
})

test('a delayed message of one group holds up no other [I floci#2104]', (t) => {
  const { queue, clock } = start({ delaySeconds: 10 })
  sendFifo(queue, 'g1-m1')
  clock.advance(5000)
  sendFifo(queue, 'g2-m1', 'g1-m2')
  clock.advance(5000)
  t.deepEqual(receiveBodies(queue), ['g1-m1'])
  clock.advance(5000)
  t.deepEqual(receiveBodies(queue), ['g2-m1'])
})

test('a head that retention takes frees its group', (t) => {
  const { queue, clock } = start({ retentionSeconds: 60 })
  sendFifo(queue, 'g1-m1')
  clock.advance(30_000)
  sendFifo(queue, 'g1-m2')
  receive(queue, 1, 600)
  clock.advance(29_999)
  t.deepEqual(receiveBodies(queue), [])
  clock.advance(1)
  t.deepEqual(receiveBodies(queue), ['g1-m2'])
})

test('a delete that frees a group wakes who waits for it', (t) => {
  const world = start()
  sendFifo(world.queue, 'g1-m1', 'g1-m2')
  const { receiptHandle } = receiveOne(world.queue)
  const { answers } = poll(world, world.queue, 20)
  t.deepEqual(answers, [])
  world.queue.delete(receiptHandle)
  t.deepEqual(answers, [['g1-m2']])
})

test('groups with something in flight are counted', (t) => {
  const { queue, clock } = start()
  sendFifo(queue, 'g1-m1', 'g1-m2', 'g2-m1', 'g3-m1')
  t.is(queue.groupsInFlight, 0)
  const delivered = receive(queue, 3, 10)
  t.is(queue.groupsInFlight, 2)
  queue.delete(handleOf(delivered, 'g2-m1'))
  queue.changeVisibility(handleOf(delivered, 'g1-m1'), 0)
  t.is(queue.groupsInFlight, 1)
  clock.advance(10_000)
  t.is(queue.groupsInFlight, 0)
})

test('a standard queue has no groups in flight', (t) => {
  t.is(lab().standard('orders').groupsInFlight, 0)
})

function place(offset: number, groupId: string): Message {
  const message = messageAt(offset, { groupId })
  message.fifo = new FifoPlace(message, `d${offset}`, offset)
  return message
}

test('what is ahead is what a receive would give, and looking changes nothing', (t) => {
  const order = new FifoOrder()
  const messages = [place(0, 'g1'), place(1, 'g2'), place(2, 'g1'), place(3, 'g2'), place(4, 'g3')]
  for (const message of messages) order.enter(message)
  const take = (message: Message): void => {
    message.state = 'taken'
    order.hide(message)
  }
  take(messages[4] as Message)
  take(messages[3] as Message)
  const offsets = (): number[] => Array.from(order.ahead(), ({ offset }) => offset)
  t.deepEqual(offsets(), [0, 2, 1])
  const given: number[] = []
  for (let next = order.next(); next !== undefined; next = order.next()) {
    given.push(next.offset)
    take(next)
  }
  t.deepEqual(given, [0, 2, 1])
  order.finish()
  t.deepEqual(offsets(), [])
})

test('a message that is reached is taken out of order; its group goes to the back, and is locked no more than before', (t) => {
  const order = new FifoOrder()
  const messages = [place(0, 'g1'), place(1, 'g1'), place(2, 'g1'), place(3, 'g2')]
  for (const message of messages) order.enter(message)
  for (const at of [2, 1]) {
    const message = messages[at] as Message
    order.reach(message)
    message.state = 'taken'
    order.hide(message)
  }
  order.finish()
  t.deepEqual(
    Array.from(order.ahead(), ({ offset }) => offset),
    [3, 0],
  )
})

test('groups without messages are forgotten', (t) => {
  const order = new FifoOrder()
  const messages = [place(0, 'g1'), place(1, 'g2'), place(2, 'g1')]
  for (const message of messages) order.enter(message)
  t.is(order.groups, 2)
  for (const message of messages) order.leave(message, 'visible')
  t.is(order.groups, 0)
  t.is(order.next(), undefined)
})

test('a message without its place in a group is a bug, not a message at the end', (t) => {
  t.throws(() => new FifoOrder().enter(messageAt(0)), { message: 'a message of a FIFO queue has its place' })
})

test('any history is delivered as the naive rule says', (t) => {
  fc.assert(
    fc.property(singleQueue('fifo'), (history) => {
      t.deepEqual(play(history, new EnginePlayer(history)), play(history, new ModelPlayer(history)))
    }),
    { numRuns: 300 },
  )
})
