import test from 'ava'
import { Presence } from '../../../src/core/exchange.ts'
import { type Input, type Output, type ReceivedMessage, type SqsClient, sqsClient } from '../sqs-client.ts'

const EMPTY = { kind: 'output', output: {} }

function queue(attributes?: Readonly<Record<string, string>>): { sqs: SqsClient; QueueUrl: string } {
  const sqs = sqsClient()
  return { sqs, QueueUrl: sqs.queue('orders', attributes) }
}

const REFUSED: ReadonlyArray<readonly [input: Input, message: RegExp]> = [
  ...[0, -1, 11].map(
    (MaxNumberOfMessages) =>
      [
        { MaxNumberOfMessages },
        new RegExp(
          `^Value ${MaxNumberOfMessages} for parameter MaxNumberOfMessages is invalid\\. Reason: Must be between 1 and 10, if provided\\.$`,
        ),
      ] as const,
  ),
  ...[-1, 21].map(
    (WaitTimeSeconds) =>
      [
        { WaitTimeSeconds },
        new RegExp(
          `^Value ${WaitTimeSeconds} for parameter WaitTimeSeconds is invalid\\. Reason: Must be >= 0 and <= 20, if provided\\.$`,
        ),
      ] as const,
  ),
  [{ VisibilityTimeout: 43_201 }, /^Value 43201 for parameter VisibilityTimeout/],
  [{ VisibilityTimeout: -1 }, /^Value -1 for parameter VisibilityTimeout/],
  [{ ReceiveRequestAttemptId: 'a' }, /^Value a for parameter ReceiveRequestAttemptId .* queue type\.$/],
  [{ ReceiveRequestAttemptId: 'a'.repeat(129) }, /1 to 128 in length/],
]

for (const [input, message] of REFUSED) {
  test(`${JSON.stringify(input).slice(0, 60)} is refused`, (t) => {
    const { sqs, QueueUrl } = queue()
    const error = sqs.error('ReceiveMessage', { QueueUrl, ...input })
    t.is(error.code, 'InvalidParameterValue')
    t.regex(error.message, message)
  })
}

test('one message by default, ten at most, none is no list', (t) => {
  const { sqs, QueueUrl } = queue()
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {})
  for (let i = 0; i < 12; i++) sqs.ok('SendMessage', { QueueUrl, MessageBody: String(i) })
  const counts = [{}, { MaxNumberOfMessages: 10 }, { MaxNumberOfMessages: 10 }].map(
    (input) => sqs.ok('ReceiveMessage', { QueueUrl, ...input }).Messages.length,
  )
  t.deepEqual(counts, [1, 10, 1])
})

test("the request's visibility timeout beats the queue's, and 0 is a value", (t) => {
  const { sqs, QueueUrl } = queue({ VisibilityTimeout: '10' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  const receive = (input: Input = {}): ReceivedMessage | undefined => {
    const { Messages } = sqs.ok('ReceiveMessage', { QueueUrl, AttributeNames: ['ApproximateReceiveCount'], ...input })
    return Messages?.[0]
  }
  const first = receive({ VisibilityTimeout: 0 })
  const second = receive({ VisibilityTimeout: 0 })
  t.not(first?.ReceiptHandle, second?.ReceiptHandle)
  t.is(second?.Attributes.ApproximateReceiveCount, '2')
  receive({ VisibilityTimeout: 2 })
  sqs.clock.advance(2000)
  t.truthy(receive())
  sqs.clock.advance(9999)
  t.is(receive(), undefined)
  sqs.clock.advance(1)
  t.truthy(receive())
})

test('a long poll answers at once where there are messages, without a promise', (t) => {
  const { sqs, QueueUrl } = queue()
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  const { Messages } = sqs.ok('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 })
  t.is(Messages.length, 1)
})

test('a long poll is woken by a send', async (t) => {
  const { sqs, QueueUrl } = queue()
  const poll = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  t.true(poll instanceof Promise)
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  t.like(await poll, { output: { Messages: [{ Body: 'x' }] } })
})

test('a long poll is woken by the end of a delay and of a visibility timeout', async (t) => {
  const { sqs, QueueUrl } = queue({ VisibilityTimeout: '3' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x', DelaySeconds: 2 })
  const first = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  sqs.clock.advance(2000)
  t.like(await first, { output: { Messages: [{ Body: 'x' }] } })
  const second = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  sqs.clock.advance(3000)
  t.like(await second, { output: { Messages: [{ Body: 'x' }] } })
})

for (const which of ['clock', 'wall'] as const) {
  test(`a long poll ends empty when its wait is over on the ${which === 'clock' ? "session's clock" : 'wall'}`, async (t) => {
    const { sqs, QueueUrl } = queue()
    let ended = false
    const poll = Promise.resolve(sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5 })).then((result) => {
      ended = true
      return result
    })
    sqs[which].advance(4999)
    await Promise.resolve()
    t.false(ended)
    sqs[which].advance(1)
    t.deepEqual(await poll, EMPTY)
    // It is over on the other one as well: nobody waits for this message.
    sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
    t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages.length, 1)
  })
}

test("without a wait of its own a receive waits as the queue says; an explicit 0 doesn't", async (t) => {
  const { sqs, QueueUrl } = queue({ ReceiveMessageWaitTimeSeconds: '5' })
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 0 }), {})
  const poll = sqs.start('ReceiveMessage', { QueueUrl })
  t.true(poll instanceof Promise)
  sqs.clock.advance(5000)
  t.deepEqual(await poll, EMPTY)
})

test('a client that goes while it waits takes no message with it', async (t) => {
  const { sqs, QueueUrl } = queue()
  let leave = (): void => t.fail('nobody watches the client')
  const presence = new Presence((gone) => {
    leave = gone
  })
  const gone = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 }, { presence })
  const stays = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  leave()
  t.deepEqual(await gone, EMPTY)
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  t.like(await stays, { output: { Messages: [{ Body: 'x' }] } })
})

test('a client that has gone already waits for nothing', async (t) => {
  const { sqs, QueueUrl } = queue()
  const presence = new Presence((leave) => leave())
  t.deepEqual(await sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 }, { presence }), EMPTY)
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages.length, 1)
})

test('pollers are served in the order in which they came, one message each', async (t) => {
  const { sqs, QueueUrl } = queue()
  const polls = [0, 1, 2].map(() => sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 }))
  for (const MessageBody of ['a', 'b']) sqs.ok('SendMessage', { QueueUrl, MessageBody })
  t.like(await polls[0], { output: { Messages: [{ Body: 'a' }] } })
  t.like(await polls[1], { output: { Messages: [{ Body: 'b' }] } })
  sqs.clock.advance(20_000)
  t.deepEqual(await polls[2], EMPTY)
})

test('too many in flight is an error for a short poll; a long poll just waits', async (t) => {
  const sqs = sqsClient({ limits: { inFlightStandard: 1, inFlightFifo: 1 } })
  const QueueUrl = sqs.queue('orders')
  for (const MessageBody of ['a', 'b']) sqs.ok('SendMessage', { QueueUrl, MessageBody })
  const { ReceiptHandle } = sqs.ok('ReceiveMessage', { QueueUrl }).Messages[0]
  const error = sqs.error('ReceiveMessage', { QueueUrl })
  t.is(error.code, 'OverLimit')
  t.is(error.status, 403)
  const poll = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
  t.like(await poll, { output: { Messages: [{ Body: 'b' }] } })
})

test('a FIFO queue repeats a receive with the same attempt id, handles and all', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x', MessageGroupId: 'g' })
  const receive = (ReceiveRequestAttemptId: string): Output =>
    sqs.ok('ReceiveMessage', { QueueUrl, ReceiveRequestAttemptId })
  const first = receive('a')
  t.is(first.Messages.length, 1)
  t.deepEqual(receive('a'), first)
  t.deepEqual(receive('b'), {})
})
