import { newName, ONCE, scenario } from './scenario.ts'

scenario(
  'test_non_existent_queue',
  async ({ json, query, queue, recorded }) => {
    const QueueUrl = await queue()
    await json.must('DeleteQueue', { QueueUrl })
    const QueueName = QueueUrl.split('/').at(-1)
    recorded('queue-does-not-exist', await json.ask('GetQueueAttributes', { QueueUrl }))
    recorded('queue-does-not-exist-url', await json.ask('GetQueueUrl', { QueueName }))
    recorded('queue-does-not-exist-query', await query.ask('GetQueueAttributes', { QueueUrl }))
  },
  ONCE,
)

scenario(
  'test_send_message_via_queue_url_with_json_protocol',
  async ({ json, queue, recorded, pass }) => {
    const QueueUrl = await queue()
    const received = json.ask('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 1 }, new URL(QueueUrl).pathname)
    await pass(1)
    recorded('receive-json-on-queue-url', await received)
  },
  ONCE,
)

scenario('test_create_queue_with_different_attributes_raises_exception', async ({ json, sqs, queue, recorded, t }) => {
  const QueueUrl = await queue({ ReceiveMessageWaitTimeSeconds: '1', DelaySeconds: '1' })
  const QueueName = QueueUrl.split('/').at(-1)
  // Queues were created in JSON even where the rest of the scenario spoke query.
  const create = (Attributes: Readonly<Record<string, string>>) => json.ask('CreateQueue', { QueueName, Attributes })
  t.is((await create({}))['QueueUrl'], QueueUrl)
  t.is((await create({ DelaySeconds: '1' }))['QueueUrl'], QueueUrl)
  recorded('create_queue_01', await create({ ReceiveMessageWaitTimeSeconds: '1', DelaySeconds: '2' }))
  await sqs.must('SetQueueAttributes', { QueueUrl, Attributes: { DelaySeconds: '2' } })
  t.is((await create({ ReceiveMessageWaitTimeSeconds: '1', DelaySeconds: '2' }))['QueueUrl'], QueueUrl)
  recorded('create_queue_02', await create({ ReceiveMessageWaitTimeSeconds: '1', DelaySeconds: '1' }))
})

scenario('test_create_standard_queue_with_fifo_attribute_raises_error', async ({ json, recorded }) => {
  const QueueName = newName()
  const create = (Attributes: Readonly<Record<string, string>>) => json.ask('CreateQueue', { QueueName, Attributes })
  recorded('invalid-attribute-fifo-queue', await create({ FifoQueue: 'false' }))
  recorded('invalid-attribute-content-based-deduplication', await create({ ContentBasedDeduplication: 'false' }))
  recorded('invalid-attribute-deduplication-scope', await create({ DeduplicationScope: 'queue' }))
  recorded('invalid-attribute-throughput-limit', await create({ FifoThroughputLimit: 'perQueue' }))
})

scenario('test_set_unsupported_attribute_standard', async ({ sqs, queue, recorded }) => {
  const QueueUrl = await queue()
  const set = (FifoQueue: string) => sqs.ask('SetQueueAttributes', { QueueUrl, Attributes: { FifoQueue } })
  recorded('invalid-attr-name-1', await set('true'))
  recorded('invalid-attr-name-2', await set('false'))
})

scenario('test_sse_queue_attributes', async ({ sqs, queue, recorded }) => {
  const AttributeNames = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled']
  const kms = await queue()
  const keys = { KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000', SqsManagedSseEnabled: 'false' }
  await sqs.must('SetQueueAttributes', { QueueUrl: kms, Attributes: keys })
  recorded('sse_kms_attributes', await sqs.ask('GetQueueAttributes', { QueueUrl: kms, AttributeNames }))
  const managed = await queue()
  await sqs.must('SetQueueAttributes', { QueueUrl: managed, Attributes: { SqsManagedSseEnabled: 'true' } })
  recorded('sse_sqs_attributes', await sqs.ask('GetQueueAttributes', { QueueUrl: managed, AttributeNames }))
})
