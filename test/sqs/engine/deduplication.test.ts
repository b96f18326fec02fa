import test from 'ava'
import { Deduplication } from '../../../src/sqs/engine/deduplication.ts'
import { lab, receiveBodies, receiveOne } from './lab.ts'

const draft = (groupId: string, deduplicationId: string) => ({ body: 'b', senderId: 'AIDA', groupId, deduplicationId })

test('an id is remembered for five minutes from the accepted send', (t) => {
  const memory = new Deduplication('queue')
  memory.remember(draft('g', 'd'), 7, 0)
  t.is(memory.find(draft('g', 'd'), 299_999), 7)
  t.is(memory.find(draft('g', 'd'), 300_000), undefined)
})

test('in scope queue an id is a duplicate in every group', (t) => {
  const memory = new Deduplication('queue')
  memory.remember(draft('g1', 'd'), 7, 0)
  t.is(memory.find(draft('g2', 'd'), 1), 7)
  t.is(memory.find(draft('g1', 'other'), 1), undefined)
})

test('in scope messageGroup an id is a duplicate in its own group only', (t) => {
  const memory = new Deduplication('messageGroup')
  memory.remember(draft('g1', 'd'), 7, 0)
  t.is(memory.find(draft('g1', 'd'), 1), 7)
  t.is(memory.find(draft('g2', 'd'), 1), undefined)
})

test('group and id are not run together', (t) => {
  const memory = new Deduplication('messageGroup')
  memory.remember(draft('ab', 'c'), 7, 0)
  t.is(memory.find(draft('a', 'bc'), 1), undefined)
})

test('cleared, it remembers nothing', (t) => {
  const memory = new Deduplication('queue')
  memory.remember(draft('g', 'd'), 7, 0)
  memory.clear()
  t.is(memory.find(draft('g', 'd'), 1), undefined)
})

function start(deduplicationScope: 'queue' | 'messageGroup' = 'queue') {
  const world = lab()
  return { ...world, queue: world.fifo('orders.fifo', { fifo: { deduplicationScope } }) }
}

test('a duplicate is answered with the id and the sequence number of the first, and is not stored', (t) => {
  const { queue } = start()
  const first = queue.send(draft('g', 'd'))
  t.deepEqual(queue.send({ ...draft('g', 'd'), body: 'another body' }), first)
  t.deepEqual(receiveBodies(queue), ['b'])
})

test('a duplicate is one after the message was deleted too [S test_fifo_deduplication_arrives_once_after_delete, test_deduplication_interval]', (t) => {
  const { queue, clock } = start()
  const first = queue.send(draft('g', 'd'))
  queue.delete(receiveOne(queue).receiptHandle)
  clock.advance(299_999)
  t.deepEqual(queue.send(draft('g', 'd')), first)
  t.is(queue.counts().visible, 0)
  clock.advance(1)
  t.notDeepEqual(queue.send(draft('g', 'd')), first)
  t.is(queue.counts().visible, 1)
})

test('a duplicate does not make the five minutes longer', (t) => {
  const { queue, clock } = start()
  queue.send(draft('g', 'd'))
  clock.advance(200_000)
  queue.send(draft('g', 'd'))
  clock.advance(100_000)
  queue.send(draft('g', 'd'))
  t.is(queue.counts().visible, 2)
})

test('one id in two groups is one message in scope queue [S test_sqs_fifo_same_dedup_id_different_message_groups, test_fifo_deduplication_not_on_message_group_id]', (t) => {
  const { queue } = start()
  t.deepEqual(queue.send(draft('g1', 'd')), queue.send(draft('g2', 'd')))
  t.is(queue.counts().visible, 1)
})

test('one id in two groups is two messages in scope messageGroup [S test_sqs_fifo_message_group_scope_no_throughput_setting]', (t) => {
  const { queue } = start('messageGroup')
  t.notDeepEqual(queue.send(draft('g1', 'd')), queue.send(draft('g2', 'd')))
  t.is(queue.counts().visible, 2)
})

for (const [from, to] of [
  ['queue', 'messageGroup'],
  ['messageGroup', 'queue'],
] as const)
  test(`the scope in force is the one at creation: ${from}, changed to ${to} [S test_fifo_change_to_high_throughput_after_creation, test_fifo_change_to_regular_throughput_after_creation]`, (t) => {
    const { queue } = start(from)
    queue.configure({ ...queue.settings, fifo: { deduplicationScope: to } })
    queue.send(draft('g1', 'd'))
    queue.send(draft('g2', 'd'))
    t.is(queue.counts().visible, from === 'queue' ? 1 : 2)
  })

test('a purge forgets the ids [S test_purge_queue_clears_fifo_deduplication_cache]', (t) => {
  const { queue } = start()
  const first = queue.send(draft('g', 'd'))
  queue.purge()
  t.notDeepEqual(queue.send(draft('g', 'd')), first)
  t.is(queue.counts().visible, 1)
})

test('sequence numbers grow across groups [S test_fifo_sequence_number_increases]', (t) => {
  const { queue } = start()
  const numbers = ['a', 'b', 'c'].map((id) => queue.send(draft(`g${id}`, id)).sequenceNumber as string)
  t.deepEqual(numbers.toSorted(), numbers)
  t.is(new Set(numbers).size, 3)
  t.is(receiveOne(queue).message.sequenceNumber, numbers[0])
})

test('a standard queue takes one id twice and numbers nothing', (t) => {
  const queue = lab().standard('orders')
  const sent = [1, 2].map(() => queue.send({ body: 'b', senderId: 'AIDA', deduplicationId: 'd' }))
  t.is(queue.counts().visible, 2)
  t.deepEqual(Object.keys(sent[0] ?? {}), ['messageId'])
})
