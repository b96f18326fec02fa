import { messages, queueArn, scenario } from './scenario.ts'
import type { Answer } from './send.ts'

scenario('test_set_empty_redrive_policy', async ({ sqs, queue, t }) => {
  const QueueUrl = await queue()
  // A bare name is as good as a URL.
  const byName = QueueUrl.split('/').at(-1) as string
  const set = (target: string, RedrivePolicy: string) =>
    sqs.must('SetQueueAttributes', { QueueUrl: target, Attributes: { RedrivePolicy } })
  const get = async () => (await sqs.must('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }))['Attributes']

  await set(byName, '')
  t.false('RedrivePolicy' in ((await get()) as Answer))
  const policy = { deadLetterTargetArn: await queueArn(sqs, await queue()), maxReceiveCount: '42' }
  await set(QueueUrl, JSON.stringify(policy))
  const kept = JSON.parse(
    ((await get()) as Readonly<Record<string, string>>)['RedrivePolicy'] as string,
  ) as typeof policy
  t.is(kept.deadLetterTargetArn, policy.deadLetterTargetArn)
  await set(QueueUrl, '')
  t.false('RedrivePolicy' in ((await get()) as Answer))
})

scenario('test_dead_letter_queue_with_fifo_and_content_based_deduplication', async ({ sqs, queue, t, pass }) => {
  const fifo = { FifoQueue: 'true', ContentBasedDeduplication: 'true' }
  const dead = await queue({ ...fifo, MessageRetentionPeriod: '1209600' })
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: await queueArn(sqs, dead), maxReceiveCount: 2 })
  const QueueUrl = await queue({ ...fifo, VisibilityTimeout: '60', RedrivePolicy })
  const sent = await sqs.must('SendMessage', { QueueUrl, MessageBody: 'foobar', MessageGroupId: '1' })
  const receive = () => sqs.must('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 1, VisibilityTimeout: 0 })
  t.is(messages(await receive()).length, 1)
  t.is(messages(await receive()).length, 1)
  const third = receive()
  await pass(1)
  t.deepEqual(messages(await third), [], 'the third receive moves it')
  const moved = messages(await sqs.must('ReceiveMessage', { QueueUrl: dead, WaitTimeSeconds: 10 }))
  t.is(moved.length, 1)
  t.like(moved[0], { MessageId: sent['MessageId'] as string, Body: 'foobar' })
})
