// Of "the forty details that mocks get wrong", those of messages on standard queues. Each test is named after its row.
import test from 'ava'
import { sqsClient, type SqsClient } from '../../sqs/sqs-client.ts'

const text = (value: string): object => ({ DataType: 'String', StringValue: value })

function withQueue(attributes: Record<string, string> = {}): { sqs: SqsClient; QueueUrl: string } {
  const sqs = sqsClient()
  return { sqs, QueueUrl: sqs.queue('orders', attributes) }
}

test('7: the MD5 of attributes includes the label of a custom type', (t) => {
  const { sqs, QueueUrl } = withQueue()
  const md5 = (DataType: string): string =>
    sqs.ok('SendMessage', {
      QueueUrl,
      MessageBody: 'x',
      MessageAttributes: { timestamp: { DataType, StringValue: '1493147359900' } },
    }).MD5OfMessageAttributes
  t.is(md5('Number'), '235c5c510d26fb653d073faed50ae77c')
  t.not(md5('Number.java.lang.Long'), md5('Number'))
})

test('8: a batch answers the MD5s of body and attributes of each entry', (t) => {
  const { sqs, QueueUrl } = withQueue()
  const MessageAttributes = { k: text('x') }
  const { Successful } = sqs.ok('SendMessageBatch', {
    QueueUrl,
    Entries: [{ Id: 'a', MessageBody: 'test', MessageAttributes }],
  })
  t.like(Successful[0], {
    MD5OfMessageBody: '098f6bcd4621d373cade4e832627b4f6',
    MD5OfMessageAttributes: 'a45daa70926828a2f0a1db3418e6feb4',
  })
})

test('9: the MD5 is that of the attributes returned; Hel.* is a prefix without the dot', (t) => {
  const { sqs, QueueUrl } = withQueue({ VisibilityTimeout: '0' })
  const MessageAttributes = { General: text('Kenobi'), Hello: text('There'), 'Help.Me': text('Me') }
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x', MessageAttributes })
  const md5 = (...MessageAttributeNames: string[]): string =>
    sqs.ok('ReceiveMessage', { QueueUrl, MessageAttributeNames }).Messages[0].MD5OfMessageAttributes
  t.is(md5('All'), '4c360f3fdafd970e05fae2f149d997f5')
  t.is(md5('Hello', 'General'), 'fca026605781cb4126a1e9044df24232')
  t.is(md5('Hel.*'), '83fee93c1bcd8b9a5a923ffacdc636c7')
  t.is(md5('Nothing'), undefined as unknown as string)
})

test('10: system attributes have an MD5 of their own', (t) => {
  const { sqs, QueueUrl } = withQueue()
  const trace = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1'
  const sent = sqs.ok('SendMessage', {
    QueueUrl,
    MessageBody: 'x',
    MessageSystemAttributes: { AWSTraceHeader: text(trace) },
  })
  t.is(sent.MD5OfMessageSystemAttributes, '5ae4d5d7636402d80f4eb6d213245a88')
  t.false('MD5OfMessageAttributes' in sent)
})

test('13: on a standard queue an expired handle deletes, and deleting again is fine', (t) => {
  const { sqs, QueueUrl } = withQueue()
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  const { ReceiptHandle } = sqs.ok('ReceiveMessage', { QueueUrl }).Messages[0]
  sqs.clock.advance(31_000)
  sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
  sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {} as never)
})

test('14: a garbage handle, and one of another queue, is an error', (t) => {
  const { sqs, QueueUrl } = withQueue()
  const other = sqs.queue('other')
  sqs.ok('SendMessage', { QueueUrl: other, MessageBody: 'x' })
  const { ReceiptHandle } = sqs.ok('ReceiveMessage', { QueueUrl: other }).Messages[0]
  for (const handle of ['garbage', ReceiptHandle]) {
    const error = sqs.error('DeleteMessage', { QueueUrl, ReceiptHandle: handle })
    t.is(error.code, 'ReceiptHandleIsInvalid')
    t.is(error.status, 404)
    t.is(error.message, `The input receipt handle "${handle}" is not a valid receipt handle.`)
  }
})

test('16: the visibility of an expired or replaced handle can be changed; MessageNotInflight never comes', (t) => {
  const { sqs, QueueUrl } = withQueue()
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  const { ReceiptHandle } = sqs.ok('ReceiveMessage', { QueueUrl }).Messages[0]
  sqs.clock.advance(31_000)
  sqs.ok('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 10 })
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {} as never)
  sqs.clock.advance(10_000)
  t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages.length, 1)
  sqs.ok('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })
  t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages.length, 1)
})

test('17: changing a deleted message is InvalidParameterValue', (t) => {
  const { sqs, QueueUrl } = withQueue()
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  const { ReceiptHandle } = sqs.ok('ReceiveMessage', { QueueUrl }).Messages[0]
  sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
  const error = sqs.error('ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 10 })
  t.is(error.code, 'InvalidParameterValue')
  t.regex(error.message, /Reason: Message does not exist or is not available for visibility timeout change\.$/)
})

test('18: a receive with VisibilityTimeout 0 leaves the message there, and counts', (t) => {
  const { sqs, QueueUrl } = withQueue()
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  const handles = ['1', '2'].map((count) => {
    const [message] = sqs.ok('ReceiveMessage', { QueueUrl, VisibilityTimeout: 0, AttributeNames: ['All'] }).Messages
    t.is(message.Attributes.ApproximateReceiveCount, count)
    return message.ReceiptHandle
  })
  t.not(handles[0], handles[1])
})

test('19: a long poll wakes when a visibility timeout or a delay ends', async (t) => {
  const { sqs, QueueUrl } = withQueue({ VisibilityTimeout: '5' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'hidden' })
  sqs.ok('ReceiveMessage', { QueueUrl })
  const first = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  sqs.clock.advance(5000)
  t.like(await first, { output: { Messages: [{ Body: 'hidden' }] } })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'delayed', DelaySeconds: 2 })
  const second = sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
  sqs.clock.advance(2000)
  t.like(await second, { output: { Messages: [{ Body: 'delayed' }] } })
})

test('20: one message wakes one poll; the losers keep waiting', async (t) => {
  const { sqs, QueueUrl } = withQueue()
  const ended: string[] = []
  const polls = ['a', 'b', 'c'].map(async (name) => {
    const result = await sqs.start('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })
    ended.push(name)
    return result.kind === 'output' && 'Messages' in result.output
  })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  await polls[0]
  t.deepEqual(ended, ['a'])
  sqs.clock.advance(20_000)
  t.deepEqual(await Promise.all(polls), [true, false, false])
})

test('33: 1 MiB in UTF-8 bytes with attributes; a batch has that limit whatever its queue says', (t) => {
  const { sqs, QueueUrl } = withQueue()
  const MiB = 1_048_576
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'ü'.repeat(MiB / 2) })
  t.is(sqs.error('SendMessage', { QueueUrl, MessageBody: `${'ü'.repeat(MiB / 2)}x` }).code, 'InvalidParameterValue')
  const MessageAttributes = { k: text('x') }
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x'.repeat(MiB - 8), MessageAttributes })
  t.is(
    sqs.error('SendMessage', { QueueUrl, MessageBody: 'x'.repeat(MiB - 7), MessageAttributes }).code,
    'InvalidParameterValue',
  )
  const small = sqs.queue('small', { MaximumMessageSize: '2048' })
  const half = (Id: string, size: number): object => ({ Id, MessageBody: 'x'.repeat(size) })
  t.is(
    sqs.ok('SendMessageBatch', { QueueUrl: small, Entries: [half('a', 2048), half('b', 2048)] }).Successful.length,
    2,
  )
  const error = sqs.error('SendMessageBatch', { QueueUrl: small, Entries: [half('a', MiB), half('b', 1)] })
  t.is(error.code, 'AWS.SimpleQueueService.BatchRequestTooLong')
  t.is(error.message, 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.')
})

test('34: one bad entry of a batch fails alone', (t) => {
  const { sqs, QueueUrl } = withQueue()
  const { Successful, Failed } = sqs.ok('SendMessageBatch', {
    QueueUrl,
    Entries: [
      { Id: 'good', MessageBody: '1' },
      { Id: 'bad', MessageBody: '\u0002' },
    ],
  })
  t.deepEqual(
    [...Successful].map(({ Id }) => Id),
    ['good'],
  )
  t.like(Failed[0], { Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true })
})

test('35: retention is enforced, in flight and delayed too', (t) => {
  const { sqs, QueueUrl } = withQueue({ MessageRetentionPeriod: '60', VisibilityTimeout: '600' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'in flight' })
  const { ReceiptHandle } = sqs.ok('ReceiveMessage', { QueueUrl }).Messages[0]
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'delayed', DelaySeconds: 900 })
  sqs.clock.advance(60_000)
  const counts = sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }).Attributes as Record<
    string,
    string
  >
  t.is(counts['ApproximateNumberOfMessagesNotVisible'], '0')
  t.is(counts['ApproximateNumberOfMessagesDelayed'], '0')
  sqs.ok('DeleteMessage', { QueueUrl, ReceiptHandle })
})

test('35: a message is kept for fourteen days, and not a moment longer', (t) => {
  const { sqs, QueueUrl } = withQueue({ MessageRetentionPeriod: '1209600', VisibilityTimeout: '0' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'old' })
  sqs.clock.advance(1_209_600_000 - 1)
  t.is(sqs.ok('ReceiveMessage', { QueueUrl }).Messages.length, 1)
  sqs.clock.advance(1)
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl }), {} as never)
})

test('36: at most ten message attributes, with legal names, types and numbers', (t) => {
  const { sqs, QueueUrl } = withQueue()
  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`a${i}`, text('x')]))
  const wrong = [
    eleven,
    { 'AWS.x': text('x') },
    { 'amazon.x': text('x') },
    { '.x': text('x') },
    { 'x y': text('x') },
    { x: { DataType: 'Text', StringValue: 'x' } },
    { x: { DataType: 'Number', StringValue: 'many' } },
    { x: text('') },
  ]
  for (const MessageAttributes of wrong)
    t.is(sqs.error('SendMessage', { QueueUrl, MessageBody: 'x', MessageAttributes }).code, 'InvalidParameterValue')
  sqs.ok('SendMessage', {
    QueueUrl,
    MessageBody: 'x',
    MessageAttributes: Object.fromEntries(Object.entries(eleven).slice(1)),
  })
})

test('37: defaults and rarely used attributes are there', (t) => {
  const { sqs, QueueUrl } = withQueue({
    KmsMasterKeyId: 'alias/x',
    RedriveAllowPolicy: '{"redrivePermission":"denyAll"}',
  })
  const attributes = (url: string): Record<string, string> =>
    sqs.ok('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] }).Attributes
  t.like(attributes(QueueUrl), { KmsMasterKeyId: 'alias/x', SqsManagedSseEnabled: 'false' })
  t.like(attributes(sqs.queue('plain')), {
    SqsManagedSseEnabled: 'true',
    MaximumMessageSize: '1048576',
    MessageRetentionPeriod: '345600',
    VisibilityTimeout: '30',
  })
})

test('runner-up: both lists of system attribute names: JSON takes the new one, query the old one', (t) => {
  const { sqs, QueueUrl } = withQueue({ VisibilityTimeout: '0' })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  const input = { QueueUrl, AttributeNames: ['SenderId'], MessageSystemAttributeNames: ['ApproximateReceiveCount'] }
  const names = (protocol: 'awsJson1_0' | 'awsQuery'): string[] =>
    Object.keys(sqs.ok('ReceiveMessage', input, { protocol }).Messages[0].Attributes)
  t.deepEqual(names('awsJson1_0'), ['ApproximateReceiveCount'])
  t.deepEqual(names('awsQuery'), ['SenderId'])
})

test('runner-up: paging gives a NextToken only to who asks for pages', (t) => {
  const sqs = sqsClient()
  for (const name of ['a', 'b', 'c']) sqs.queue(name)
  t.false('NextToken' in sqs.ok('ListQueues'))
  const { QueueUrls, NextToken } = sqs.ok('ListQueues', { MaxResults: 2 })
  t.is(QueueUrls.length, 2)
  t.is(sqs.ok('ListQueues', { MaxResults: 2, NextToken }).QueueUrls.length, 1)
})

test('runner-up: the in-flight limit is OverLimit on a standard queue, and nothing on a FIFO queue', (t) => {
  const sqs = sqsClient({ limits: { inFlightStandard: 1, inFlightFifo: 1 } })
  const QueueUrl = sqs.queue('orders')
  for (const MessageBody of ['1', '2']) sqs.ok('SendMessage', { QueueUrl, MessageBody })
  sqs.ok('ReceiveMessage', { QueueUrl })
  const error = sqs.error('ReceiveMessage', { QueueUrl })
  t.is(error.code, 'OverLimit')
  t.is(error.status, 403)
  const fifo = sqs.queue('orders.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' })
  for (const g of ['1', '2']) sqs.ok('SendMessage', { QueueUrl: fifo, MessageBody: g, MessageGroupId: g })
  sqs.ok('ReceiveMessage', { QueueUrl: fifo })
  t.deepEqual(sqs.ok('ReceiveMessage', { QueueUrl: fifo }), {} as never)
})

test('runner-up: the 60-second rules of purge and re-creation, where they are switched on', (t) => {
  const sqs = sqsClient({ strict: { recreateDelay: true, purgeDelay: true } })
  const QueueUrl = sqs.queue('orders')
  sqs.ok('PurgeQueue', { QueueUrl })
  t.is(sqs.error('PurgeQueue', { QueueUrl }).code, 'AWS.SimpleQueueService.PurgeQueueInProgress')
  sqs.ok('DeleteQueue', { QueueUrl })
  t.is(sqs.error('CreateQueue', { QueueName: 'orders' }).code, 'AWS.SimpleQueueService.QueueDeletedRecently')
  sqs.clock.advance(60_000)
  sqs.queue('orders')
})

test('runner-up: a group id on a standard queue is fair queueing, without a sequence number', (t) => {
  const { sqs, QueueUrl } = withQueue()
  t.false('SequenceNumber' in sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x', MessageGroupId: 'tenant' }))
  const [message] = sqs.ok('ReceiveMessage', { QueueUrl, AttributeNames: ['All'] }).Messages
  t.is((message.Attributes as Record<string, string>)['MessageGroupId'], 'tenant')
})

test('runner-up: SenderId is an id of IAM, not an account', (t) => {
  const { sqs, QueueUrl } = withQueue()
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' })
  t.regex(
    sqs.ok('ReceiveMessage', { QueueUrl, AttributeNames: ['SenderId'] }).Messages[0].Attributes.SenderId,
    /^AIDA[A-Z0-9]+$/,
  )
})
