// Of "the forty details that mocks get wrong", those of FIFO queues and dead letters. Each test is named after its row.
import { hash } from 'node:crypto'
import test from 'ava'
import { sqsClient, type Output, type ReceivedMessage, type SqsClient } from '../../sqs/sqs-client.ts'

class Fifo {
  readonly sqs: SqsClient = sqsClient()
  readonly QueueUrl: string

  constructor(attributes: Record<string, string> = {}) {
    this.QueueUrl = this.sqs.queue('orders.fifo', { FifoQueue: 'true', ...attributes })
  }

  /** `a1` to group `a`, with itself as deduplication id. */
  send(...bodies: string[]): void {
    for (const body of bodies) this.sendOne(body, body[0] ?? '', body)
  }

  sendOne(MessageBody: string, MessageGroupId: string, MessageDeduplicationId?: string): Output {
    const deduplication = MessageDeduplicationId === undefined ? {} : { MessageDeduplicationId }
    return this.sqs.ok('SendMessage', { QueueUrl: this.QueueUrl, MessageBody, MessageGroupId, ...deduplication })
  }

  receive(max = 10, more: object = {}): readonly ReceivedMessage[] {
    const input = { QueueUrl: this.QueueUrl, MaxNumberOfMessages: max, ...more }
    const messages: readonly ReceivedMessage[] | undefined = this.sqs.ok('ReceiveMessage', input).Messages
    return messages ?? []
  }

  bodies(max = 10): string[] {
    return this.receive(max).map(({ Body }) => Body)
  }

  delete({ ReceiptHandle }: ReceivedMessage | undefined = { ReceiptHandle: '' } as ReceivedMessage): void {
    this.sqs.ok('DeleteMessage', { QueueUrl: this.QueueUrl, ReceiptHandle })
  }

  hide({ ReceiptHandle }: ReceivedMessage, VisibilityTimeout: number): void {
    this.sqs.ok('ChangeMessageVisibility', { QueueUrl: this.QueueUrl, ReceiptHandle, VisibilityTimeout })
  }
}

test('15: deleting after the visibility timeout is an error of its own', (t) => {
  const fifo = new Fifo()
  fifo.send('a1')
  const [message] = fifo.receive()
  fifo.sqs.clock.advance(31_000)
  const error = fifo.sqs.error('DeleteMessage', { QueueUrl: fifo.QueueUrl, ReceiptHandle: message?.ReceiptHandle })
  t.is(error.code, 'InvalidParameterValue')
  t.is(
    error.message,
    `Value ${message?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  )
})

test('23: a receive is filled from one group, several messages of it, then from the next', (t) => {
  const fifo = new Fifo()
  fifo.send('a1', 'b1', 'a2', 'a3', 'b2')
  t.deepEqual(fifo.bodies(4), ['a1', 'a2', 'a3', 'b1'])
})

test('24: a group stays locked until all of it in flight is gone; new messages do not unlock it', (t) => {
  const fifo = new Fifo()
  fifo.send('a1', 'a2', 'a3')
  const [first, second] = fifo.receive(2)
  fifo.send('a4')
  t.deepEqual(fifo.bodies(), [])
  fifo.delete(first)
  t.deepEqual(fifo.bodies(), [])
  fifo.delete(second)
  t.deepEqual(fifo.bodies(), ['a3', 'a4'])
})

test('25: after a timeout the order is what it was', (t) => {
  const fifo = new Fifo()
  fifo.send('a1', 'a2', 'a3')
  fifo.receive()
  fifo.sqs.clock.advance(31_000)
  t.deepEqual(fifo.bodies(), ['a1', 'a2', 'a3'])
})

test('26: extending message k hides k and the later ones only', (t) => {
  const fifo = new Fifo()
  fifo.send('a1', 'a2', 'a3')
  const [, second] = fifo.receive()
  if (second === undefined) return t.fail()
  fifo.hide(second, 100)
  fifo.sqs.clock.advance(31_000)
  t.deepEqual(fifo.bodies(), ['a1'])
})

test('27: a move to the dead-letter queue releases the group', (t) => {
  const { fifo } = withDeadLetters(1)
  fifo.send('a1', 'a2')
  fifo.receive(1)
  fifo.sqs.clock.advance(31_000)
  t.deepEqual(fifo.bodies(), ['a2'])
})

test('28: a deduplication id outlives its message, for five minutes', (t) => {
  const fifo = new Fifo()
  fifo.send('a1')
  fifo.delete(fifo.receive()[0])
  fifo.sqs.clock.advance(299_000)
  fifo.send('a1')
  t.deepEqual(fifo.bodies(), [])
  fifo.sqs.clock.advance(1000)
  fifo.send('a1')
  t.deepEqual(fifo.bodies(), ['a1'])
})

test('29: a duplicate is answered with the first id, and the MD5 of its own body', (t) => {
  const fifo = new Fifo()
  const first = fifo.sendOne('one', 'g', 'same')
  const second = fifo.sendOne('two', 'g', 'same')
  t.is(second.MessageId, first.MessageId)
  t.is(second.SequenceNumber, first.SequenceNumber)
  t.is(second.MD5OfMessageBody, hash('md5', 'two'))
  t.deepEqual(fifo.bodies(), ['one'])
})

test('30: a purge clears the memory of deduplication ids', (t) => {
  const fifo = new Fifo()
  fifo.send('a1')
  fifo.sqs.ok('PurgeQueue', { QueueUrl: fifo.QueueUrl })
  fifo.send('a1')
  t.deepEqual(fifo.bodies(), ['a1'])
})

test('31: the scope messageGroup deduplicates by group; the one at creation stays in force', (t) => {
  const byGroup = new Fifo({ DeduplicationScope: 'messageGroup' })
  for (const group of ['a', 'b']) byGroup.sendOne(group, group, 'same')
  t.deepEqual(byGroup.bodies(), ['a', 'b'])
  const byQueue = new Fifo()
  byQueue.sqs.ok('SetQueueAttributes', {
    QueueUrl: byQueue.QueueUrl,
    Attributes: { DeduplicationScope: 'messageGroup' },
  })
  for (const group of ['a', 'b']) byQueue.sendOne(group, group, 'same')
  t.deepEqual(byQueue.bodies(), ['a'])
})

test('32: content-based deduplication is the SHA-256 of the body, attributes left out', (t) => {
  const fifo = new Fifo({ ContentBasedDeduplication: 'true' })
  fifo.sendOne('same', 'g')
  const MessageAttributes = { k: { DataType: 'String', StringValue: 'v' } }
  fifo.sqs.ok('SendMessage', { QueueUrl: fifo.QueueUrl, MessageBody: 'same', MessageGroupId: 'g', MessageAttributes })
  const messages = fifo.receive(10, { AttributeNames: ['All'] })
  t.is(messages.length, 1)
  t.like(messages[0], { Attributes: { MessageDeduplicationId: hash('sha256', 'same') } })
})

test('38: creating again compares the attributes that are given; FIFO names and FifoQueue go together', (t) => {
  const sqs = sqsClient()
  const url = sqs.queue('orders', { DelaySeconds: '1', VisibilityTimeout: '7' })
  t.is(sqs.queue('orders'), url)
  t.is(sqs.queue('orders', { VisibilityTimeout: '7' }), url)
  const error = sqs.error('CreateQueue', { QueueName: 'orders', Attributes: { DelaySeconds: '2' } })
  t.is(error.code, 'QueueAlreadyExists')
  t.is(error.message, 'A queue already exists with the same name and a different value for attribute DelaySeconds')
  t.is(sqs.error('CreateQueue', { QueueName: 'x.fifo' }).code, 'InvalidParameterValue')
  t.is(sqs.error('CreateQueue', { QueueName: 'x', Attributes: { FifoQueue: 'true' } }).code, 'InvalidParameterValue')
  t.is(sqs.error('CreateQueue', { QueueName: 'bad name!' }).code, 'InvalidParameterValue')
})

test('39: the dead-letter queue must exist, allow it, and be of the same kind', (t) => {
  const sqs = sqsClient()
  const arn = (name: string): string => `arn:aws:sqs:eu-west-1:000000000000:${name}`
  const redrive = (target: string): Record<string, string> => ({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: target, maxReceiveCount: 1 }),
  })
  const refused = (target: string): string =>
    sqs.error('CreateQueue', { QueueName: 'orders', Attributes: redrive(target) }).code
  t.is(refused(arn('nowhere')), 'InvalidParameterValue')
  sqs.queue('closed', { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' })
  t.is(refused(arn('closed')), 'InvalidParameterValue')
  sqs.queue('kind.fifo', { FifoQueue: 'true' })
  t.is(refused(arn('kind.fifo')), 'InvalidParameterValue')
  const dlq = sqs.queue('dlq')
  const QueueUrl = sqs.queue('orders', redrive(arn('dlq')))
  sqs.ok('DeleteQueue', { QueueUrl: dlq })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'kept' })
  for (const round of [1, 2, 3]) {
    t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages[0].Body, 'kept', `round ${round}`)
    sqs.clock.advance(31_000)
  }
})

test('40: the receive count goes on in the dead-letter queue, which names its source', (t) => {
  const { fifo, dlq } = withDeadLetters(1)
  fifo.send('a1')
  const [original] = fifo.receive()
  fifo.sqs.clock.advance(31_000)
  t.deepEqual(fifo.bodies(), [])
  const [dead] = fifo.sqs.ok('ReceiveMessage', { QueueUrl: dlq, AttributeNames: ['All'] }).Messages
  t.is(original?.MessageId, dead.MessageId)
  t.like(dead.Attributes, {
    ApproximateReceiveCount: '2',
    DeadLetterQueueSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:orders.fifo',
    MessageDeduplicationId: 'a1',
  } as never)
})

test('runner-up: ReceiveRequestAttemptId repeats the answer that was lost', (t) => {
  const fifo = new Fifo()
  fifo.send('a1', 'a2')
  const first = fifo.receive(10, { ReceiveRequestAttemptId: 'try' })
  t.deepEqual(
    fifo.receive(10, { ReceiveRequestAttemptId: 'try' }).map(({ ReceiptHandle }) => ReceiptHandle),
    first.map(({ ReceiptHandle }) => ReceiptHandle),
  )
  fifo.delete(first[0])
  t.deepEqual(fifo.receive(10, { ReceiveRequestAttemptId: 'try' }), [])
})

test('runner-up: move tasks bring dead letters back to where they came from', (t) => {
  const { fifo, dlq } = withDeadLetters(1)
  fifo.send('a1')
  fifo.receive()
  fifo.sqs.clock.advance(31_000)
  fifo.receive()
  const SourceArn = 'arn:aws:sqs:eu-west-1:000000000000:dead.fifo'
  fifo.sqs.ok('StartMessageMoveTask', { SourceArn })
  fifo.sqs.clock.advance(1000)
  t.like(fifo.sqs.ok('ListMessageMoveTasks', { SourceArn }).Results[0], {
    Status: 'COMPLETED',
    ApproximateNumberOfMessagesMoved: 1,
  })
  t.deepEqual(fifo.bodies(), ['a1'])
  t.deepEqual(fifo.sqs.ok('ReceiveMessage', { QueueUrl: dlq }), {} as never)
})

function withDeadLetters(maxReceiveCount: number): { fifo: Fifo; dlq: string } {
  const fifo = new Fifo()
  const dlq = fifo.sqs.queue('dead.fifo', { FifoQueue: 'true' })
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:000000000000:dead.fifo',
    maxReceiveCount,
  })
  fifo.sqs.ok('SetQueueAttributes', { QueueUrl: fifo.QueueUrl, Attributes: { RedrivePolicy } })
  return { fifo, dlq }
}
