import { messages, ONCE, queueArn, scenario, type Story } from './scenario.ts'
import type { Answer } from './send.ts'

scenario(
  'test_cancel_with_invalid_task_handle',
  async ({ sqs, recorded }) => {
    recorded('error', await sqs.ask('CancelMessageMoveTask', { TaskHandle: 'foobared' }))
  },
  ONCE,
)

scenario(
  'test_cancel_with_invalid_source_arn_in_task_handle',
  async ({ sqs, recorded }) => {
    const sourceArn = 'arn:aws:sqs:us-east-1:878966065785:test-queue-doesnt-exist-123456'
    const TaskHandle = taskHandle('10f57157-fc38-4da9-a113-4de7e12d05dd', sourceArn)
    recorded('error', await sqs.ask('CancelMessageMoveTask', { TaskHandle }))
  },
  ONCE,
)

scenario(
  'test_cancel_with_invalid_task_id_in_task_handle',
  async ({ sqs, queue, recorded }) => {
    const sourceArn = await queueArn(sqs, await queue())
    const TaskHandle = taskHandle('10f57157-fc38-4da9-a113-4de7e12d05aa', sourceArn)
    recorded('error', await sqs.ask('CancelMessageMoveTask', { TaskHandle }))
  },
  ONCE,
)

scenario(
  'test_basic_move_task_workflow',
  async (story) => {
    const { sqs, queue, recorded, t } = story
    const dead = await queue()
    const SourceArn = await queueArn(sqs, dead)
    await sendToDeadLetters(story, SourceArn, 2)
    const destination = await queue()
    const DestinationArn = await queueArn(sqs, destination)
    const started = await sqs.ask('StartMessageMoveTask', { SourceArn, DestinationArn })
    recorded('start-message-move-task-response', started)
    const handle = JSON.parse(Buffer.from(started['TaskHandle'] as string, 'base64').toString()) as Answer
    t.is(handle['sourceArn'], SourceArn)
    t.regex(handle['taskId'] as string, /^[0-9a-f-]{36}$/)
    t.deepEqual((await collect(story, destination, 2)).toSorted(), ['message-0', 'message-1'])
    recorded('list-message-move-task-response', await listWhen(story, SourceArn, { Status: 'COMPLETED' }))
    t.deepEqual(messages(await sqs.must('ReceiveMessage', { QueueUrl: dead })), [])
  },
  ONCE,
)

scenario(
  'test_move_task_workflow_with_default_destination',
  async (story) => {
    const { sqs, queue, recorded, t } = story
    const dead = await queue()
    const SourceArn = await queueArn(sqs, dead)
    const source = await sendToDeadLetters(story, SourceArn, 2)
    recorded('source-arn', SourceArn)
    recorded('original-source', await queueArn(sqs, source))
    recorded('start-message-move-task-response', await sqs.ask('StartMessageMoveTask', { SourceArn }))
    t.deepEqual((await collect(story, source, 2)).toSorted(), ['message-0', 'message-1'])
    recorded('list-message-move-task-response', await listWhen(story, SourceArn, { Status: 'COMPLETED' }))
  },
  ONCE,
)

scenario(
  'test_move_task_workflow_with_multiple_sources_as_default_destination',
  async (story) => {
    const { sqs, queue, recorded, t } = story
    const dead = await queue()
    const SourceArn = await queueArn(sqs, dead)
    const sources = [
      await sendToDeadLetters(story, SourceArn, 2, 'a'),
      await sendToDeadLetters(story, SourceArn, 2, 'b'),
    ]
    recorded('source-arn', SourceArn)
    recorded('original-source-1', await queueArn(sqs, sources[0] as string))
    recorded('original-source-2', await queueArn(sqs, sources[1] as string))
    recorded('start-message-move-task-response', await sqs.ask('StartMessageMoveTask', { SourceArn }))
    t.deepEqual((await collect(story, sources[0] as string, 2)).toSorted(), ['a-0', 'a-1'])
    t.deepEqual((await collect(story, sources[1] as string, 2)).toSorted(), ['b-0', 'b-1'])
    recorded('list-message-move-task-response', await listWhen(story, SourceArn, { Status: 'COMPLETED' }))
  },
  ONCE,
)

scenario(
  'test_move_task_cancel',
  async (story) => {
    const { sqs, queue, recorded, t } = story
    const dead = await queue()
    const SourceArn = await queueArn(sqs, dead)
    await sendToDeadLetters(story, SourceArn, 10)
    const destination = await queue()
    const task = { SourceArn, DestinationArn: await queueArn(sqs, destination), MaxNumberOfMessagesPerSecond: 1 }
    const { TaskHandle } = await sqs.must('StartMessageMoveTask', task)
    await collect(story, destination, 2)
    recorded('list-while', await sqs.ask('ListMessageMoveTasks', { SourceArn }))
    recorded('cancel', await sqs.ask('CancelMessageMoveTask', { TaskHandle }))
    const list = await listWhen(story, SourceArn, { Status: 'CANCELLED' })
    recorded('list-after', list, {
      'Results.0.ApproximateNumberOfMessagesMoved':
        'the real service had moved six more by the time it stopped; how many is a matter of its own haste',
    })
    const moved = (list['Results'] as readonly Answer[])[0]?.['ApproximateNumberOfMessagesMoved'] as number
    t.true(moved >= 2 && moved < 10, `${moved} were moved`)
    t.is(messages(await sqs.must('ReceiveMessage', { QueueUrl: dead })).length, 1, 'some are left')
  },
  ONCE,
)

scenario(
  'test_start_multiple_move_tasks',
  async (story) => {
    const { sqs, queue, recorded } = story
    const SourceArn = await queueArn(sqs, await queue())
    await sendToDeadLetters(story, SourceArn, 10)
    const DestinationArn = await queueArn(sqs, await queue())
    const task = { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: 1 }
    await sqs.must('StartMessageMoveTask', task)
    recorded('error', await sqs.ask('StartMessageMoveTask', task))
  },
  ONCE,
)

function taskHandle(taskId: string, sourceArn: string): string {
  return Buffer.from(JSON.stringify({ taskId, sourceArn })).toString('base64')
}

/** A new queue, from which `count` messages went to the dead letters; its URL. */
async function sendToDeadLetters(
  { sqs, queue, pass }: Story,
  deadLetterTargetArn: string,
  count: number,
  word = 'message',
): Promise<string> {
  const QueueUrl = await queue({ RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }) })
  for (let index = 0; index < count; index++)
    await sqs.must('SendMessage', { QueueUrl, MessageBody: `${word}-${index}` })
  // Each is received once; the second time it is moved instead.
  for (let time = 0; time < count * 2; time++) await sqs.must('ReceiveMessage', { QueueUrl, VisibilityTimeout: 0 })
  await pass(1)
  return QueueUrl
}

/** Receives and deletes until so many bodies came. */
async function collect({ sqs, pass }: Story, QueueUrl: string, count: number): Promise<string[]> {
  const bodies: string[] = []
  for (let attempt = 0; attempt < 60 && bodies.length < count; attempt++) {
    const received = messages(await sqs.must('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1 }))
    for (const { Body, ReceiptHandle } of received) {
      bodies.push(Body)
      await sqs.must('DeleteMessage', { QueueUrl, ReceiptHandle })
    }
    if (received.length === 0) await pass(1)
  }
  if (bodies.length !== count) throw new Error(`${bodies.length} of ${count} messages came`)
  return bodies
}

async function listWhen({ sqs, pass }: Story, SourceArn: string, wanted: { readonly Status: string }): Promise<Answer> {
  for (let attempt = 0; attempt < 30; attempt++) {
    const list = await sqs.ask('ListMessageMoveTasks', { SourceArn })
    if ((list['Results'] as readonly Answer[])[0]?.['Status'] === wanted.Status) return list
    await pass(1)
  }
  throw new Error(`the task never was ${wanted.Status}`)
}
