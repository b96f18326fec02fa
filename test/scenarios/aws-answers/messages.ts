import { firstHandle, messages, ONCE, scenario } from './scenario.ts'

scenario('test_receive_empty_queue', async ({ sqs, queue, recorded, pass }) => {
  const QueueUrl = await queue()
  const short = await sqs.ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: 0 })
  recorded('empty_short_poll_resp', short)
  const long = sqs.ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: 1 })
  await pass(1)
  recorded('empty_long_poll_resp', await long)
  recorded('empty_short_poll_resp_no_param', await sqs.ask('ReceiveMessage', { QueueUrl }))
})

scenario('test_send_receive_wait_time_seconds', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue()
  await sqs.must('SendMessage', { QueueUrl, MessageBody: 'message' })
  await sqs.must('SendMessage', { QueueUrl, MessageBody: 'message' })
  recorded('recieve_message_error_too_large', await sqs.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 21 }))
  recorded('recieve_message_error_too_small', await sqs.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: -1 }))
  const byDefault = await sqs.ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1 })
  recorded('empty_short_poll_by_default_resp', byDefault)
  const explicit = await sqs.ask('ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 1, WaitTimeSeconds: 0 })
  recorded('empty_short_poll_explicit_resp', explicit)
})

scenario('test_change_message_visibility_after_visibility_timeout_expiration', async (story) => {
  const { sqs, queue, recorded, pass } = story
  const QueueUrl = await queue({ VisibilityTimeout: '1' })
  await sqs.must('SendMessage', { QueueUrl, MessageBody: 'test' })
  const ReceiptHandle = firstHandle(await sqs.must('ReceiveMessage', { QueueUrl }))
  await pass(2)
  const changed = await sqs.ask('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 2 })
  recorded('visibility_timeout_expired', changed)
  story.t.deepEqual(messages(await sqs.must('ReceiveMessage', { QueueUrl })), [], 'the change took effect')
})

scenario('test_send_empty_message', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue()
  recorded('send_empty_message', await sqs.ask('SendMessage', { QueueUrl, MessageBody: '' }))
})

scenario('test_send_message_with_updated_maximum_message_size', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue()
  await sqs.must('SetQueueAttributes', { QueueUrl, Attributes: { MaximumMessageSize: '1024' } })
  await sqs.must('SendMessage', { QueueUrl, MessageBody: 'a'.repeat(1024) })
  // Name, type and value of the attribute count: 8 bytes, one more than is left.
  const MessageAttributes = { k: { DataType: 'String', StringValue: 'x' } }
  const tooLong = await sqs.ask('SendMessage', { QueueUrl, MessageBody: 'a'.repeat(1017), MessageAttributes })
  recorded('send_oversized_message', tooLong)
  await sqs.must('SendMessage', { QueueUrl, MessageBody: 'a'.repeat(1016), MessageAttributes })
})

scenario('test_send_message_with_empty_string_attribute', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue()
  const MessageAttributes = { ErrorDetails: { DataType: 'String', StringValue: '' } }
  recorded('empty-string-attr', await sqs.ask('SendMessage', { QueueUrl, MessageBody: 'test', MessageAttributes }))
})

scenario('test_send_message_with_binary_attributes', async ({ sqs, queue, recorded, t }) => {
  const QueueUrl = await queue()
  const BinaryValue = Buffer.from('traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01')
  const MessageAttributes = { attr1: { DataType: 'Binary', BinaryValue } }
  const sent = await sqs.must('SendMessage', { QueueUrl, MessageBody: 'test', MessageAttributes })
  const received = await sqs.must('ReceiveMessage', { QueueUrl, MessageAttributeNames: ['All'] })
  recorded('binary-attrs-msg', received)
  t.like(messages(received)[0], {
    MessageId: sent['MessageId'] as string,
    MD5OfMessageAttributes: sent['MD5OfMessageAttributes'] as string,
  })
})

scenario(
  'test_send_message_to_standard_queue_with_invalid_message_group_id',
  async ({ sqs, queue, recorded, parameter }) => {
    const groups: Readonly<Record<string, string>> = { empty: '', too_long: 'a'.repeat(129), spaces: 'group 123' }
    const QueueUrl = await queue()
    const MessageGroupId = groups[parameter]
    recorded('error-response', await sqs.ask('SendMessage', { QueueUrl, MessageBody: 'message', MessageGroupId }))
  },
  { ...ONCE, parameters: ['empty', 'too_long', 'spaces'] },
)

scenario('test_fair_queue_with_message_group_id', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue()
  const sent = await sqs.ask('SendMessage', { QueueUrl, MessageBody: 'message', MessageGroupId: 'test' })
  recorded('send_message', sent)
  const received = await sqs.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5, AttributeNames: ['All'] })
  recorded('get-message-with-deduplication-id', received)
})

scenario('test_receive_message_message_attribute_names_filters', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue({ VisibilityTimeout: '0' })
  const sent = await sqs.ask('SendMessage', {
    QueueUrl,
    MessageBody: 'msg',
    MessageAttributes: {
      'Help.Me': { DataType: 'String', StringValue: 'Me' },
      Hello: { DataType: 'String', StringValue: 'There' },
      General: { DataType: 'String', StringValue: 'Kenobi' },
    },
  })
  recorded('send_message_response', sent)
  const receive = (...MessageAttributeNames: readonly string[]) =>
    sqs.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames })
  recorded('empty_filter', await receive())
  recorded('all_name', await receive('All'))
  recorded('all_wildcard_asterisk', messages(await receive('*'))[0])
  recorded('all_wildcard', messages(await receive('.*'))[0])
  recorded('only_non_existing_names', messages(await receive('Foo', 'Help'))[0])
  recorded('only_existing', messages(await receive('Hello', 'General'))[0])
  recorded('existing_and_non_existing', messages(await receive('Foo', 'Hello'))[0])
  recorded('prefix_filter', messages(await receive('Hel.*'))[0])
  recorded('illegal_name_1', await receive('AWS.'))
  recorded('illegal_name_2', await receive('..foo'))
})

for (const [name, member] of [
  ['test_receive_message_attribute_names_filters', 'AttributeNames'],
  ['test_receive_message_message_system_attribute_names_filters', 'MessageSystemAttributeNames'],
] as const)
  scenario(name, async ({ sqs, queue, recorded }) => {
    const QueueUrl = await queue({ VisibilityTimeout: '0' })
    const MessageAttributes = { Foo: { DataType: 'String', StringValue: 'Bar' } }
    await sqs.must('SendMessage', { QueueUrl, MessageBody: 'msg', MessageAttributes })
    const receive = (names: readonly string[], MessageAttributeNames: readonly string[] = []) =>
      sqs.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 5, [member]: names, MessageAttributeNames })
    recorded('all_attributes', await receive(['All']))
    recorded('all_system_and_message_attributes', await receive(['All'], ['All']))
    recorded('single_attribute', await receive(['SenderId']))
    recorded('multiple_attributes', await receive(['SenderId', 'SequenceNumber']))
  })
