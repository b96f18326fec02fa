import test from 'ava'
import { type Input, type SqsClient, sqsClient } from '../sqs-client.ts'

const DLQ = arn('dlq')
const OTHER = arn('other')

function arn(name: string): string {
  return `arn:aws:sqs:eu-west-1:000000000000:${name}`
}

/** Queues that each have so many messages in the one dead-letter queue, and one queue beside them. */
function deadLetters(count: number, ...sources: string[]): SqsClient {
  const sqs = sqsClient()
  sqs.queue('dlq')
  sqs.queue('other')
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: DLQ, maxReceiveCount: 1 })
  for (const QueueUrl of sources) {
    sqs.queue(QueueUrl, { RedrivePolicy, VisibilityTimeout: '0' })
    for (let i = 0; i < count; i++) sqs.ok('SendMessage', { QueueUrl, MessageBody: `${QueueUrl} ${i}` })
    for (let i = 0; i < 2; i++) sqs.ok('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })
  }
  return sqs
}

function bodies(sqs: SqsClient, QueueUrl: string): string[] {
  const { Messages } = sqs.ok('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })
  return [...(Messages ?? [])].map(({ Body }) => Body)
}

test('dead letters are moved to where they are wanted', (t) => {
  const sqs = deadLetters(2, 'orders')
  const { TaskHandle } = sqs.ok('StartMessageMoveTask', { SourceArn: DLQ, DestinationArn: OTHER })
  const startedAtMs = sqs.clock.nowMs()
  t.like(JSON.parse(Buffer.from(TaskHandle, 'base64').toString()), { sourceArn: DLQ })
  sqs.clock.advance(1000)
  t.deepEqual(bodies(sqs, 'other'), ['orders 0', 'orders 1'])
  t.deepEqual(bodies(sqs, 'dlq'), [])
  t.deepEqual(sqs.ok('ListMessageMoveTasks', { SourceArn: DLQ }), {
    Results: [
      {
        Status: 'COMPLETED',
        SourceArn: DLQ,
        DestinationArn: OTHER,
        ApproximateNumberOfMessagesMoved: 2,
        ApproximateNumberOfMessagesToMove: 2,
        StartedTimestamp: startedAtMs,
      },
    ],
  } as object)
})

test('without a destination each goes home, also where there are several', (t) => {
  const sqs = deadLetters(2, 'a', 'b')
  sqs.ok('StartMessageMoveTask', { SourceArn: DLQ })
  sqs.clock.advance(1000)
  t.deepEqual(bodies(sqs, 'a'), ['a 0', 'a 1'])
  t.deepEqual(bodies(sqs, 'b'), ['b 0', 'b 1'])
  const [task] = sqs.ok('ListMessageMoveTasks', { SourceArn: DLQ }).Results
  t.like(task, { Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 4 })
  t.false('DestinationArn' in task)
})

test('a task runs at its rate, shows its handle while it does, and can be cancelled', (t) => {
  const sqs = deadLetters(10, 'orders')
  const start = { SourceArn: DLQ, DestinationArn: OTHER, MaxNumberOfMessagesPerSecond: 1 }
  const { TaskHandle } = sqs.ok('StartMessageMoveTask', start)
  sqs.clock.advance(2500)
  const [running] = sqs.ok('ListMessageMoveTasks', { SourceArn: DLQ }).Results
  t.like(running, { Status: 'RUNNING', TaskHandle, MaxNumberOfMessagesPerSecond: 1 })
  t.is(running.ApproximateNumberOfMessagesMoved, 2)

  const again = sqs.error('StartMessageMoveTask', start)
  t.is(again.code, 'InvalidParameterValue')
  t.is(
    again.message,
    'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
  )

  t.deepEqual(sqs.ok('CancelMessageMoveTask', { TaskHandle }), { ApproximateNumberOfMessagesMoved: 2 } as object)
  sqs.clock.advance(60_000)
  t.is(bodies(sqs, 'other').length, 2)
  const [cancelled] = sqs.ok('ListMessageMoveTasks', { SourceArn: DLQ }).Results
  t.is(cancelled.Status, 'CANCELLED')
  t.false('TaskHandle' in cancelled)
  t.is(sqs.error('CancelMessageMoveTask', { TaskHandle }).code, 'InvalidParameterValue')
})

test('the newest task is listed, more for the asking', (t) => {
  const sqs = deadLetters(1, 'orders')
  for (const DestinationArn of [OTHER, arn('orders')]) {
    sqs.ok('StartMessageMoveTask', { SourceArn: DLQ, DestinationArn })
    sqs.clock.advance(1000)
  }
  const list = (input: Input): unknown[] =>
    sqs.ok('ListMessageMoveTasks', { SourceArn: DLQ, ...input }).Results.map(({ DestinationArn }) => DestinationArn)
  t.deepEqual(list({}), [arn('orders')])
  t.deepEqual(list({ MaxResults: 10 }), [arn('orders'), OTHER])
  t.deepEqual(sqs.ok('ListMessageMoveTasks', { SourceArn: OTHER }), { Results: [] } as object)
})

test('a task fails when its destination goes, or when a message has no home', (t) => {
  const gone = deadLetters(5, 'orders')
  gone.ok('StartMessageMoveTask', { SourceArn: DLQ, DestinationArn: OTHER, MaxNumberOfMessagesPerSecond: 1 })
  gone.ok('DeleteQueue', { QueueUrl: 'other' })
  gone.clock.advance(2000)
  t.like(gone.ok('ListMessageMoveTasks', { SourceArn: DLQ }).Results[0], {
    Status: 'FAILED',
    FailureReason: 'AWS.SimpleQueueService.NonExistentQueue',
  })
  const homeless = deadLetters(0, 'orders')
  homeless.ok('SendMessage', { QueueUrl: 'dlq', MessageBody: 'x' })
  homeless.ok('StartMessageMoveTask', { SourceArn: DLQ })
  homeless.clock.advance(2000)
  t.like(homeless.ok('ListMessageMoveTasks', { SourceArn: DLQ }).Results[0], {
    Status: 'FAILED',
    FailureReason: 'CouldNotDetermineMessageSource',
  })
})

const FORMAT = 'arn:<partition>:<service>:<region>:<account-id>:<resource-id>'
const handle = (taskId: string, sourceArn: string): string =>
  Buffer.from(JSON.stringify({ taskId, sourceArn })).toString('base64')

const REFUSED: ReadonlyArray<
  readonly [title: string, operation: string, input: Input, code: string, message: string | RegExp]
> = [
  [
    'a source that is no dead-letter queue',
    'StartMessageMoveTask',
    { SourceArn: OTHER },
    'InvalidParameterValue',
    'Source queue must be configured as a Dead Letter Queue.',
  ],
  [
    'a source that is not there',
    'StartMessageMoveTask',
    { SourceArn: arn('nowhere') },
    'ResourceNotFoundException',
    "The resource that you specified for the SourceArn parameter doesn't exist.",
  ],
  [
    'a source of another region',
    'StartMessageMoveTask',
    { SourceArn: DLQ.replace('eu-west-1', 'us-east-1') },
    'ResourceNotFoundException',
    "The resource that you specified for the SourceArn parameter doesn't exist.",
  ],
  [
    'a destination that is not there',
    'StartMessageMoveTask',
    { SourceArn: DLQ, DestinationArn: arn('nowhere') },
    'ResourceNotFoundException',
    "The resource that you specified for the DestinationArn parameter doesn't exist.",
  ],
  [
    'a source that is no ARN',
    'StartMessageMoveTask',
    { SourceArn: 'dlq' },
    'InvalidParameterValue',
    `You must use this format to specify the SourceArn: ${FORMAT}`,
  ],
  [
    'a destination that is no ARN',
    'StartMessageMoveTask',
    { SourceArn: DLQ, DestinationArn: 'other' },
    'InvalidParameterValue',
    `You must use this format to specify the DestinationArn: ${FORMAT}`,
  ],
  [
    'itself as destination',
    'StartMessageMoveTask',
    { SourceArn: DLQ, DestinationArn: DLQ },
    'InvalidParameterValue',
    /different queues/,
  ],
  [
    'a destination of another kind',
    'StartMessageMoveTask',
    { SourceArn: DLQ, DestinationArn: arn('other.fifo') },
    'InvalidParameterValue',
    /same type/,
  ],
  ...[0, 501].map(
    (MaxNumberOfMessagesPerSecond) =>
      [
        `a rate of ${MaxNumberOfMessagesPerSecond}`,
        'StartMessageMoveTask',
        { SourceArn: DLQ, MaxNumberOfMessagesPerSecond },
        'InvalidParameterValue',
        /^Value \d+ for parameter MaxNumberOfMessagesPerSecond/,
      ] as const,
  ),
  ...[0, 11].map(
    (MaxResults) =>
      [
        `${MaxResults} results`,
        'ListMessageMoveTasks',
        { SourceArn: DLQ, MaxResults },
        'InvalidParameterValue',
        /^Value \d+ for parameter MaxResults/,
      ] as const,
  ),
  [
    'the tasks of a queue that is not there',
    'ListMessageMoveTasks',
    { SourceArn: arn('nowhere') },
    'ResourceNotFoundException',
    "The resource that you specified for the SourceArn parameter doesn't exist.",
  ],
  ...['foobared', handle('x', 'nowhere'), Buffer.from('{"taskId":1}').toString('base64')].map(
    (TaskHandle) =>
      [
        `the handle ${TaskHandle}`,
        'CancelMessageMoveTask',
        { TaskHandle },
        'InvalidParameterValue',
        'Value for parameter TaskHandle is invalid.',
      ] as const,
  ),
  [
    'a handle of a queue that is not there',
    'CancelMessageMoveTask',
    { TaskHandle: handle('10f57157-fc38-4da9-a113-4de7e12d05dd', arn('nowhere')) },
    'ResourceNotFoundException',
    "The resource that you specified for the SourceArn parameter doesn't exist.",
  ],
  [
    'a handle of no task',
    'CancelMessageMoveTask',
    { TaskHandle: handle('10f57157-fc38-4da9-a113-4de7e12d05aa', DLQ) },
    'ResourceNotFoundException',
    'Task does not exist.',
  ],
]

for (const [title, operation, input, code, message] of REFUSED) {
  test(`${operation} refuses ${title}`, (t) => {
    const sqs = deadLetters(1, 'orders')
    sqs.queue('other.fifo', { FifoQueue: 'true' })
    const error = sqs.error(operation, input)
    t.is(error.code, code)
    t.is(error.status, code === 'ResourceNotFoundException' ? 404 : 400)
    if (typeof message === 'string') t.is(error.message, message)
    else t.regex(error.message, message)
  })
}

test('a hundred tasks run in an account at once', (t) => {
  const sqs = sqsClient()
  const start = (name: string): Input => ({ SourceArn: arn(`${name}-dlq`), MaxNumberOfMessagesPerSecond: 1 })
  for (let i = 0; i <= 100; i++) {
    sqs.queue(`q${i}-dlq`)
    sqs.queue(`q${i}`, {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(`q${i}-dlq`), maxReceiveCount: 1 }),
    })
    sqs.ok('SendMessage', { QueueUrl: `q${i}-dlq`, MessageBody: 'x' })
    if (i < 100) sqs.ok('StartMessageMoveTask', start(`q${i}`))
  }
  t.is(sqs.error('StartMessageMoveTask', start('q100')).code, 'OverLimit')
})
