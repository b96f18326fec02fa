import { firstHandle, messages, scenario, type Story } from './scenario.ts'

const FIFO = { FifoQueue: 'true' }
const BY_CONTENT = { FifoQueue: 'true', ContentBasedDeduplication: 'true' }
const HIGH_THROUGHPUT = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' }

scenario('test_set_unsupported_attribute_fifo', async ({ sqs, queue, recorded }) => {
  const set = (QueueUrl: string, FifoQueue: string) =>
    sqs.ask('SetQueueAttributes', { QueueUrl, Attributes: { FifoQueue } })
  recorded('invalid-attr-name-1', await set(await queue(), 'true'))
  const fifo = await queue(FIFO)
  await sqs.must('SetQueueAttributes', { QueueUrl: fifo, Attributes: { FifoQueue: 'true' } })
  recorded('invalid-attr-name-2', await set(fifo, 'false'))
})

scenario('test_fifo_set_content_based_deduplication_strategy', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue({ ...BY_CONTENT, SqsManagedSseEnabled: 'true' })
  const all = () => sqs.ask('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] })
  recorded('before-update', await all())
  await sqs.must('SetQueueAttributes', { QueueUrl, Attributes: { ContentBasedDeduplication: 'false' } })
  recorded('after-update', await all())
})

scenario('test_fifo_message_attributes', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue({ ...BY_CONTENT, ...HIGH_THROUGHPUT, VisibilityTimeout: '0' })
  const sent = await sqs.ask('SendMessage', {
    QueueUrl,
    MessageBody: 'message-body-1',
    MessageGroupId: 'group-1',
    MessageDeduplicationId: 'dedup-1',
  })
  recorded('send_message', sent)
  const receive = () => sqs.ask('ReceiveMessage', { QueueUrl, AttributeNames: ['All'], WaitTimeSeconds: 10 })
  recorded('receive_message_0', await receive())
  recorded('receive_message_1', await receive())
})

scenario('test_posting_to_fifo_requires_deduplicationid_group_id', async ({ sqs, json, queue, recorded }) => {
  const QueueUrl = await queue(FIFO)
  const noDeduplication = { QueueUrl, MessageBody: 'test', MessageGroupId: 'fifo_group' }
  const noGroup = { QueueUrl, MessageBody: 'test', MessageDeduplicationId: 'fifo_dedup' }
  recorded('invalid-parameter-value', await sqs.ask('SendMessage', noDeduplication))
  recorded('missing-parameter', await sqs.ask('SendMessage', noGroup))
  // Called -query, but spoken in JSON: QueryErrorCode is in the answers.
  recorded('invalid-parameter-value-query', await json.ask('SendMessage', noDeduplication))
  recorded('missing-parameter-query', await json.ask('SendMessage', noGroup))
})

scenario('test_send_batch_missing_message_group_id_for_fifo_queue', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue({ ...FIFO, ContentBasedDeduplication: 'false' })
  const Entries = [
    { Id: 'message-1', MessageBody: 'messageBody', MessageGroupId: 'test-group', MessageDeduplicationId: 'dedup-1' },
    { Id: 'message-2', MessageBody: 'messageBody', MessageDeduplicationId: 'dedup-2' },
  ]
  const answer = await sqs.ask('SendMessageBatch', { QueueUrl, Entries })
  recorded('test_missing_message_group_id_for_fifo_queue', answer)
})

scenario('test_fifo_delete_after_visibility_timeout', async ({ sqs, queue, recorded, pass }) => {
  const QueueUrl = await queue({ FifoQueue: 'True', ContentBasedDeduplication: 'True', VisibilityTimeout: '1' })
  await sqs.must('SendMessage', { QueueUrl, MessageBody: 'foobar', MessageGroupId: '1' })
  const received = await sqs.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5 })
  recorded('received_sqs_message', received)
  await pass(1)
  const deleted = await sqs.ask('DeleteMessage', { QueueUrl, ReceiptHandle: firstHandle(received) })
  recorded('delete_after_timeout_fifo', deleted)
})

scenario('test_fifo_delete_after_visibility_timeout_extended', async ({ sqs, queue, recorded, pass }) => {
  const QueueUrl = await queue({ FifoQueue: 'True', ContentBasedDeduplication: 'True', VisibilityTimeout: '1' })
  await sqs.must('SendMessage', { QueueUrl, MessageBody: 'foobar', MessageGroupId: '1' })
  const received = await sqs.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5 })
  recorded('received_sqs_message', received)
  const ReceiptHandle = firstHandle(received)
  await sqs.must('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 5 })
  await pass(1.5)
  await sqs.must('DeleteMessage', { QueueUrl, ReceiptHandle })
  recorded('delete_after_timeout_fifo_extended', await sqs.ask('ReceiveMessage', { QueueUrl }))
})

scenario(
  'test_fifo_group_visibility_extends_with_change_message_visibility',
  async ({ sqs, queue, recorded, pass, parameter }) => {
    const positions: Readonly<Record<string, number>> = {
      '0-visible': 0,
      'all-invisible': 0,
      '1-visible': 1,
      '1-invisible': 1,
      '2-visible': 2,
      'no-invisible': 2,
    }
    const QueueUrl = await queue({ ...FIFO, VisibilityTimeout: '1' })
    for (const body of ['foo', 'bar', 'baz'])
      await sqs.must('SendMessage', { QueueUrl, MessageBody: body, MessageGroupId: '1', MessageDeduplicationId: body })
    const received = await sqs.ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 5 })
    recorded('receive_all_messages', received)
    const ReceiptHandle = messages(received)[positions[parameter] as number]?.ReceiptHandle
    await sqs.must('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 4 })
    await pass(2.5)
    recorded('some-messages-invisible', await sqs.ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 5 }))
  },
  { parameters: ['0-visible', '1-visible', '2-visible', 'all-invisible', '1-invisible', 'no-invisible'] },
)

/** `True`: by content; `False`: by an id. */
const deduplication = (parameter: string) =>
  parameter === 'True'
    ? { attributes: BY_CONTENT, id: {} }
    : { attributes: FIFO, id: { MessageDeduplicationId: 'dedup1' } }

scenario(
  'test_fifo_deduplication_arrives_once_after_delete',
  async ({ sqs, queue, recorded, pass, parameter }) => {
    const { attributes, id } = deduplication(parameter)
    const QueueUrl = await queue(attributes)
    const message = { QueueUrl, MessageBody: '{"foo": "bar"}', MessageGroupId: 'group-1', ...id }
    await sqs.must('SendMessage', message)
    const received = await sqs.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 3 })
    recorded('get-messages', received)
    await sqs.must('DeleteMessage', { QueueUrl, ReceiptHandle: firstHandle(received) })
    await sqs.must('SendMessage', message)
    const duplicate = sqs.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 1 })
    await pass(1)
    recorded('get-messages-duplicate', await duplicate)
  },
  { parameters: ['True', 'False'] },
)

scenario(
  'test_fifo_deduplication_not_on_message_group_id',
  async ({ sqs, queue, recorded, pass, parameter }) => {
    const { attributes, id } = deduplication(parameter)
    const QueueUrl = await queue(attributes)
    const message = { QueueUrl, MessageBody: '{"foo": "bar"}', ...id }
    await sqs.must('SendMessage', { ...message, MessageGroupId: 'group-1' })
    await sqs.must('SendMessage', { ...message, MessageGroupId: 'group-2' })
    recorded('get-messages', await sqs.ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: 2 }))
    const duplicate = sqs.ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: 1 })
    await pass(1)
    recorded('get-dedup-messages', await duplicate)
  },
  { parameters: ['True', 'False'] },
)

scenario('test_sqs_fifo_same_dedup_id_different_message_groups', async (story) => {
  const { sqs, queue, recorded } = story
  const QueueUrl = await queue({ FifoQueue: 'True', ContentBasedDeduplication: 'False' })
  const send = sender(story, QueueUrl)
  await send('Test', 'group1', 'same-dedup')
  recorded('same-dedup-different-grp-1', await receiveAndDelete(story, QueueUrl))
  await send('Test', 'group2', 'same-dedup')
  recorded('same-dedup-different-grp-2', await sqs.ask('ReceiveMessage', { QueueUrl }))
})

scenario('test_sqs_fifo_message_group_scope_no_throughput_setting', async (story) => {
  const { sqs, queue, recorded } = story
  const QueueUrl = await queue({ ...BY_CONTENT, DeduplicationScope: 'messageGroup' })
  await sqs.must('SendMessage', { QueueUrl, MessageBody: 'Test', MessageGroupId: 'group1' })
  recorded('same-dedup-different-grp-1', await receiveAndDelete(story, QueueUrl))
  await sqs.must('SendMessage', { QueueUrl, MessageBody: 'Test', MessageGroupId: 'group2' })
  recorded('same-dedup-different-grp-2', await sqs.ask('ReceiveMessage', { QueueUrl }))
})

scenario('test_fifo_high_throughput_ordering', async (story) => {
  const { sqs, queue, recorded } = story
  const QueueUrl = await queue({ FifoQueue: 'True', ContentBasedDeduplication: 'False', ...HIGH_THROUGHPUT })
  const send = sender(story, QueueUrl)
  await send('Test1', 'group1', 'same-dedup')
  recorded('same-dedup-different-grp-1', await receiveAndDelete(story, QueueUrl))
  await send('Test2', 'group2', 'same-dedup')
  recorded('same-dedup-different-grp-2', await sqs.ask('ReceiveMessage', { QueueUrl }))
})

scenario('test_fifo_change_to_high_throughput_after_creation', async (story) => {
  const { sqs, queue, recorded } = story
  const QueueUrl = await queue({ FifoQueue: 'True', ContentBasedDeduplication: 'False', DeduplicationScope: 'queue' })
  const send = sender(story, QueueUrl)
  const receive = (more = {}) => sqs.ask('ReceiveMessage', { QueueUrl, ...more })
  await send('Test1', 'group1', 'same-dedup')
  recorded('same-dedup-different-grp-1', await receiveAndDelete(story, QueueUrl))
  await send('Test2', 'group2', 'same-dedup')
  recorded('same-dedup-different-grp-2', await receive({ VisibilityTimeout: 0 }))

  await sqs.must('SetQueueAttributes', { QueueUrl, Attributes: HIGH_THROUGHPUT })
  recorded('set-to-high-throughput', await sqs.ask('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }))
  recorded('same-dedup-different-grp-high-throughput', await receive())
  await send('Test3', 'group3', 'same-dedup')
  recorded('same-dedup-different-grp-high-throughput-2', await receive())
  await send('Test4', 'group4', 'dedup_2')
  recorded('new-dedup2-high-throughput', await receiveAndDelete(story, QueueUrl))
  await send('Test5', 'group5', 'dedup_2')
  recorded('same-dedup2-high-throughput', await receive())
})

scenario('test_fifo_change_to_regular_throughput_after_creation', async (story) => {
  const { sqs, queue, recorded } = story
  const QueueUrl = await queue({ FifoQueue: 'True', ContentBasedDeduplication: 'False', ...HIGH_THROUGHPUT })
  const send = sender(story, QueueUrl)
  await send('Test1', 'group1', 'same-dedup')
  recorded('same-dedup-different-grp-1', await receiveAndDelete(story, QueueUrl))
  await send('Test2', 'group2', 'same-dedup')
  recorded('same-dedup-different-grp-2', await receiveAndDelete(story, QueueUrl))

  const regular = { DeduplicationScope: 'queue', FifoThroughputLimit: 'perQueue' }
  await sqs.must('SetQueueAttributes', { QueueUrl, Attributes: regular })
  recorded('set-to-regular-throughput', await sqs.ask('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }))
  await send('Test3', 'group3', 'same-dedup')
  recorded('same-dedup-different-grp-regular-throughput', await sqs.ask('ReceiveMessage', { QueueUrl }))
})

function sender({ sqs }: Story, QueueUrl: string) {
  return (MessageBody: string, MessageGroupId: string, MessageDeduplicationId: string) =>
    sqs.must('SendMessage', { QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId })
}

async function receiveAndDelete({ sqs }: Story, QueueUrl: string) {
  const received = await sqs.ask('ReceiveMessage', { QueueUrl })
  await sqs.must('DeleteMessage', { QueueUrl, ReceiptHandle: firstHandle(received) })
  return received
}
