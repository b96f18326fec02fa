import test from 'ava'
import { seededRandom } from '../../../src/core/random.ts'
import type { ChangeResult, DeleteResult } from '../../../src/sqs/engine/queue-calls.ts'
import { QueueReceipts } from '../../../src/sqs/engine/queue-receipts.ts'
import { ReceiptHandles } from '../../../src/sqs/engine/receipt-handle.ts'
import { lab, messageAt, receive, receiveOne, send, sendFifo } from './lab.ts'

const handles = new ReceiptHandles(seededRandom(1))
const orders = 'arn:aws:sqs:us-east-1:000000000000:orders'

test('a handle leads back to the message, the receive and its time', (t) => {
  const receipts = new QueueReceipts(handles, orders, 1)
  const message = messageAt(12)
  message.receiveCount = 3
  const receipt = receipts.read(receipts.issue(message, 5000))
  t.like(receipt, { offset: 12, receiveCount: 3, issuedAtMs: 5000 })
})

test("another queue's handle is invalid, also that of the same name elsewhere", (t) => {
  const handle = new QueueReceipts(handles, orders, 1).issue(messageAt(1), 0)
  for (const arn of [
    `${orders}2`,
    orders.replace('us-east-1', 'eu-west-1'),
    orders.replace('000000000000', '1'.repeat(12)),
  ])
    t.is(new QueueReceipts(handles, arn, 1).read(handle), 'invalid')
})

test('a handle of the queue that was deleted and created again is of a message that is gone', (t) => {
  const handle = new QueueReceipts(handles, orders, 1).issue(messageAt(1), 0)
  t.is(new QueueReceipts(handles, orders, 2).read(handle), 'gone')
})

test('garbage is invalid', (t) => {
  t.is(new QueueReceipts(handles, orders, 1).read('garbage'), 'invalid')
})

/** §7 of the design, row by row: what happens, then what delete and change answer, on a standard and on a FIFO queue. */
type Answers = readonly [deleted: DeleteResult, changed: ChangeResult]

interface Row {
  readonly title: string
  /** Answers the handle to ask with. */
  readonly arrange: (world: World) => string
  readonly standard: Answers
  readonly fifo: Answers
  /** How many messages are left after the delete. */
  readonly left: readonly [standard: number, fifo: number]
}

function world(kind: 'standard' | 'fifo', retentionSeconds = 345_600) {
  const { clock, engine, standard, fifo } = lab()
  const create = kind === 'fifo' ? fifo : standard
  const queue = create('orders', { retentionSeconds })
  const put = kind === 'fifo' ? sendFifo : send
  put(queue, 'g-m1')
  return { clock, engine, queue, create, put, first: receiveOne(queue).receiptHandle }
}

type World = ReturnType<typeof world>

const TABLE: readonly Row[] = [
  {
    title: 'the current handle of a message in flight',
    arrange: ({ first }) => first,
    standard: ['deleted', 'changed'],
    fifo: ['deleted', 'changed'],
    left: [0, 0],
  },
  {
    title:
      'visibility expired, not received again [S test_delete_after_visibility_timeout, test_fifo_delete_after_visibility_timeout, test_change_message_visibility_after_visibility_timeout_expiration]',
    arrange: ({ clock, first }) => {
      clock.advance(30_000)
      return first
    },
    standard: ['deleted', 'changed'],
    fifo: ['expired', 'expired'],
    left: [0, 1],
  },
  {
    title: 'expired and received again, the old handle [S test_terminate_visibility_timeout_after_receive]',
    arrange: ({ clock, queue, first }) => {
      clock.advance(30_000)
      receive(queue)
      return first
    },
    standard: ['deleted', 'changed'],
    fifo: ['expired', 'expired'],
    left: [1, 1],
  },
  {
    title:
      'the message is deleted [S test_delete_message_with_deleted_receipt_handle, test_change_visibility_on_deleted_message_raises_invalid_parameter_value]',
    arrange: ({ queue, first }) => {
      queue.delete(first)
      return first
    },
    standard: ['gone', 'gone'],
    fifo: ['gone', 'gone'],
    left: [0, 0],
  },
  {
    title: 'the message is past retention [S test_message_retention_with_inflight]',
    arrange: ({ clock, queue, first }) => {
      queue.changeVisibility(first, 43_200)
      queue.configure({ ...queue.settings, retentionSeconds: 60 })
      clock.advance(60_000)
      return first
    },
    standard: ['gone', 'gone'],
    fifo: ['gone', 'gone'],
    left: [0, 0],
  },
  {
    title: 'the queue was purged',
    arrange: ({ queue, put, first }) => {
      queue.purge()
      put(queue, 'g-m2')
      return first
    },
    standard: ['gone', 'gone'],
    fifo: ['gone', 'gone'],
    left: [1, 1],
  },
  {
    title:
      'garbage [S test_delete_message_with_illegal_receipt_handle, test_invalid_receipt_handle_should_return_error_message]',
    arrange: () => 'garbage',
    standard: ['invalid', 'invalid'],
    fifo: ['invalid', 'invalid'],
    left: [1, 1],
  },
  {
    title: 'a handle of another queue',
    arrange: ({ create, put }) => {
      const other = create('other')
      put(other, 'g-m1')
      return receiveOne(other).receiptHandle
    },
    standard: ['invalid', 'invalid'],
    fifo: ['invalid', 'invalid'],
    left: [1, 1],
  },
  {
    title: 'older than twelve hours [I boto3#2898]',
    arrange: ({ clock, first }) => {
      clock.advance(43_200_001)
      return first
    },
    standard: ['expired', 'expired'],
    fifo: ['expired', 'expired'],
    left: [1, 1],
  },
]

for (const { title, arrange, left, ...answers } of TABLE)
  for (const [at, kind] of (['standard', 'fifo'] as const).entries())
    test(`${kind}: ${title}`, (t) => {
      const forChange = world(kind)
      t.is(forChange.queue.changeVisibility(arrange(forChange), 10), answers[kind][1])
      const forDelete = world(kind)
      t.is(forDelete.queue.delete(arrange(forDelete)), answers[kind][0])
      const { visible, inFlight } = forDelete.queue.counts()
      t.is(visible + inFlight, left[at] as number)
    })

test('an extended FIFO handle is good until the new end [S test_fifo_delete_after_visibility_timeout_extended]', (t) => {
  const { queue, clock, first } = world('fifo')
  clock.advance(29_000)
  queue.changeVisibility(first, 60)
  clock.advance(59_999)
  t.is(queue.delete(first), 'deleted')
})

test('a change counts from now and is not remembered for the next receive [S test_change_message_visibility_not_permanent]', (t) => {
  const { queue, clock, first } = world('standard')
  clock.advance(10_000)
  queue.changeVisibility(first, 5)
  clock.advance(4999)
  t.is(queue.counts().inFlight, 1)
  clock.advance(1)
  receiveOne(queue)
  clock.advance(29_999)
  t.is(queue.counts().inFlight, 1)
  clock.advance(1)
  t.is(queue.counts().visible, 1)
})

for (const kind of ['standard', 'fifo'] as const)
  test(`${kind}: no message is invisible for more than twelve hours after its receive`, (t) => {
    const { queue, clock, first } = world(kind)
    t.is(queue.changeVisibility(first, 43_200), 'changed')
    clock.advance(1000)
    t.is(queue.changeVisibility(first, 43_200), 'beyond-limit')
    t.is(queue.changeVisibility(first, 43_199), 'changed')
    clock.advance(43_198_999)
    t.is(queue.counts().inFlight, 1)
    clock.advance(1)
    t.is(queue.counts().visible, 1)
  })
