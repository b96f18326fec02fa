import test from 'ava'
import { type SqsClient, sqsClient } from '../sqs-client.ts'

const FIFO = { FifoQueue: 'true', ContentBasedDeduplication: 'true' }

function received(name = 'orders'): { sqs: SqsClient; QueueUrl: string; ReceiptHandle: string } {
  const sqs = sqsClient()
  const isFifo = name.endsWith('.fifo')
  const QueueUrl = sqs.queue(name, { VisibilityTimeout: '10', ...(isFifo && FIFO) })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x', ...(isFifo && { MessageGroupId: 'g' }) })
  return { sqs, QueueUrl, ReceiptHandle: sqs.ok('ReceiveMessage', { QueueUrl }).Messages[0].ReceiptHandle }
}

function isVisible({ sqs, QueueUrl }: ReturnType<typeof received>): boolean {
  return 'Messages' in sqs.ok('ReceiveMessage', { QueueUrl })
}

for (const name of ['orders', 'orders.fifo']) {
  test(`${name}: a message in flight becomes visible when it is told to, counted from now`, (t) => {
    const world = received(name)
    world.sqs.clock.advance(9000)
    t.deepEqual(world.sqs.ok('ChangeMessageVisibility', { ...world, VisibilityTimeout: 5 }), {})
    world.sqs.clock.advance(4999)
    t.false(isVisible(world))
    world.sqs.clock.advance(1)
    t.true(isVisible(world))
  })

  test(`${name}: 0 gives it back at once, and the next receive has the queue's timeout again`, (t) => {
    const world = received(name)
    world.sqs.ok('ChangeMessageVisibility', { ...world, VisibilityTimeout: 0 })
    t.true(isVisible(world))
    world.sqs.clock.advance(9999)
    t.false(isVisible(world))
    world.sqs.clock.advance(1)
    t.true(isVisible(world))
  })

  for (const [how, end] of [
    ['deleted', (world: ReturnType<typeof received>) => world.sqs.ok('DeleteMessage', world)],
    ['purged', (world: ReturnType<typeof received>) => world.sqs.ok('PurgeQueue', world)],
    ['past its retention', (world: ReturnType<typeof received>) => world.sqs.clock.advance(345_600_000)],
  ] as const) {
    test(`${name}: a message that is ${how} cannot be changed`, (t) => {
      const world = received(name)
      end(world)
      const error = world.sqs.error('ChangeMessageVisibility', { ...world, VisibilityTimeout: 5 })
      t.is(error.code, 'InvalidParameterValue')
      t.is(
        error.message,
        `Value ${world.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      )
    })
  }

  test(`${name}: garbage and the handles of other queues are invalid`, (t) => {
    const world = received(name)
    const change = { QueueUrl: world.QueueUrl, VisibilityTimeout: 5, ReceiptHandle: 'garbage' }
    t.is(world.sqs.error('ChangeMessageVisibility', change).code, 'ReceiptHandleIsInvalid')
    const other = { ...world, VisibilityTimeout: 5, QueueUrl: world.sqs.queue('other') }
    t.is(world.sqs.error('ChangeMessageVisibility', other).code, 'ReceiptHandleIsInvalid')
  })
}

test('standard: an expired handle still hides the message', (t) => {
  const world = received()
  world.sqs.clock.advance(10_000)
  world.sqs.ok('ChangeMessageVisibility', { ...world, VisibilityTimeout: 5 })
  t.false(isVisible(world))
})

test('standard: the handle of an earlier receive stays usable', (t) => {
  const world = received()
  world.sqs.clock.advance(10_000)
  t.true(isVisible(world))
  world.sqs.ok('ChangeMessageVisibility', { ...world, VisibilityTimeout: 0 })
  t.true(isVisible(world))
})

test('FIFO: an expired handle is the error that a delete has', (t) => {
  const world = received('orders.fifo')
  world.sqs.clock.advance(10_000)
  const error = world.sqs.error('ChangeMessageVisibility', { ...world, VisibilityTimeout: 5 })
  t.is(error.code, 'InvalidParameterValue')
  t.regex(error.message, /Reason: The receipt handle has expired\.$/)
})

for (const VisibilityTimeout of [-1, 43_201]) {
  test(`a timeout of ${VisibilityTimeout} is out of range`, (t) => {
    const error = received().sqs.error('ChangeMessageVisibility', {
      QueueUrl: 'orders',
      ReceiptHandle: 'x',
      VisibilityTimeout,
    })
    t.is(error.code, 'InvalidParameterValue')
    t.regex(error.message, new RegExp(`^Value ${VisibilityTimeout} for parameter VisibilityTimeout`))
  })
}

test('twelve hours since the receive are the limit', (t) => {
  const world = received()
  world.sqs.clock.advance(1000)
  t.is(
    world.sqs.error('ChangeMessageVisibility', { ...world, VisibilityTimeout: 43_200 }).message,
    'Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]',
  )
  t.notThrows(() => world.sqs.ok('ChangeMessageVisibility', { ...world, VisibilityTimeout: 43_199 }))
})

test('a long poll is woken by a message that is given back', async (t) => {
  const world = received()
  const poll = world.sqs.start('ReceiveMessage', { QueueUrl: world.QueueUrl, WaitTimeSeconds: 20 })
  world.sqs.ok('ChangeMessageVisibility', { ...world, VisibilityTimeout: 0 })
  t.like(await poll, { output: { Messages: [{ Body: 'x' }] } })
})

test("a batch answers for each entry; without a timeout the queue's is meant", (t) => {
  const world = received()
  const { QueueUrl, ReceiptHandle } = world
  const { Successful, Failed } = world.sqs.ok('ChangeMessageVisibilityBatch', {
    QueueUrl,
    Entries: [
      { Id: 'a', ReceiptHandle, VisibilityTimeout: 0 },
      { Id: 'b', ReceiptHandle: 'garbage', VisibilityTimeout: 0 },
      { Id: 'c', ReceiptHandle, VisibilityTimeout: 43_201 },
      { Id: 'd', ReceiptHandle },
    ],
  })
  t.deepEqual(Successful, [{ Id: 'a' }, { Id: 'd' }])
  t.deepEqual(
    Failed.map(({ Id, Code }) => [Id, Code]),
    [
      ['b', 'ReceiptHandleIsInvalid'],
      ['c', 'InvalidParameterValue'],
    ],
  )
  t.false(isVisible(world))
  world.sqs.clock.advance(10_000)
  t.true(isVisible(world))
})
