import { messages, ONCE, scenario, type Story } from './scenario.ts'

const NO_DETAIL = {
  'Error.Detail': 'the recorder removed it here, and only here; every other recording of the query protocol has it',
}

scenario('test_too_many_entries_in_batch_request', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue()
  const answer = await sqs.ask('SendMessageBatch', { QueueUrl, Entries: entries(20) })
  recorded('test_too_many_entries_in_batch_request', answer)
})

scenario('test_invalid_batch_id', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue()
  const Entries = [{ Id: 'message:1', MessageBody: 'messageBody-1' }]
  recorded('test_invalid_batch_id', await sqs.ask('SendMessageBatch', { QueueUrl, Entries }))
})

scenario('test_send_message_batch_with_oversized_contents', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue()
  const MessageAttributes = { k: { DataType: 'String', StringValue: 'x' } }
  const Entries = [
    { Id: '1', MessageBody: 'a'.repeat(1024 * 1024 - 8), MessageAttributes },
    { Id: '2', MessageBody: 'a' },
  ]
  recorded('send_oversized_message_batch', await sqs.ask('SendMessageBatch', { QueueUrl, Entries }))
})

scenario(
  'test_send_batch_message_size',
  async ({ sqs, queue, recorded }) => {
    const QueueUrl = await queue({ MaximumMessageSize: '1024' })
    const Entries = [
      { Id: 'a4cff0d1-1961-44bd-ae53-c6d5ed71ed08', MessageBody: 'a'.repeat(1024) },
      { Id: '35b535ed-b76a-4ebd-b749-6eb35cdb55ee', MessageBody: 'a'.repeat(1025) },
    ]
    recorded('send-message-batch-result', await sqs.ask('SendMessageBatch', { QueueUrl, Entries }))
  },
  ONCE,
)

scenario('test_change_message_visibility_batch_with_too_large_batch', async (story) => {
  const { sqs, queue, recorded } = story
  const QueueUrl = await queue()
  await sqs.must('SendMessageBatch', { QueueUrl, Entries: entries(10) })
  await sqs.must('SendMessageBatch', { QueueUrl, Entries: entries(10) })
  const handles = await receiveAll(story, QueueUrl, 20)
  const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 123 }))
  const answer = await sqs.ask('ChangeMessageVisibilityBatch', { QueueUrl, Entries })
  recorded('error_response', answer, sqs === story.query ? NO_DETAIL : {})
})

function entries(count: number): { readonly Id: string; readonly MessageBody: string }[] {
  return Array.from({ length: count }, (_, index) => ({ Id: `message-${index}`, MessageBody: `messageBody-${index}` }))
}

/** The real service hands out fewer than asked for: asks again, but not for ever. */
async function receiveAll({ sqs, pass }: Story, QueueUrl: string, count: number): Promise<string[]> {
  const handles: string[] = []
  for (let attempt = 0; attempt < 20 && handles.length < count; attempt++) {
    if (attempt > 1) await pass(0.5)
    const received = await sqs.must('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 })
    handles.push(...messages(received).map((message) => message.ReceiptHandle))
  }
  if (handles.length !== count) throw new Error(`${handles.length} of ${count} messages were received`)
  return handles
}
