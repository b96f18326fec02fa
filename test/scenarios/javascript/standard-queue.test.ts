import test, { type ExecutionContext } from 'ava'
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SQSClient,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs'
import { type GatewayProcess, startGateway } from '../gateway-process.ts'

let gateway: GatewayProcess
let sqs: SQSClient
test.before(async () => {
  gateway = await startGateway()
  sqs = new SQSClient({
    endpoint: `${gateway.url}/sqs/`,
    region: 'moon-base-alpha',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  })
})
test.after.always(async (t) => {
  t.is((await gateway.stop()).code, 0, gateway.output())
})

test('a message goes there and back, its attributes checked by the SDK', async (t) => {
  const QueueUrl = await createQueue(t)
  const MessageAttributes = {
    text: { DataType: 'String', StringValue: 'ü' },
    number: { DataType: 'Number', StringValue: '42' },
    bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 1, 255) },
  }
  const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one\r\ntwo 🔧', MessageAttributes }))
  const [message] = await receive(QueueUrl, { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] })
  t.is(message?.MessageId, sent.MessageId)
  t.is(message?.Body, 'one\r\ntwo 🔧')
  t.is(message?.Attributes?.ApproximateReceiveCount, '1')
  t.like(message?.MessageAttributes, { text: MessageAttributes.text, number: MessageAttributes.number })
  t.deepEqual([...(message?.MessageAttributes?.bytes?.BinaryValue ?? [])], [0, 1, 255])
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }))
  t.deepEqual(await counts(QueueUrl), { visible: 0, inFlight: 0 })
})

test('a batch is sent, received whole and deleted', async (t) => {
  const QueueUrl = await createQueue(t)
  const bodies = Array.from({ length: 10 }, (_, n) => `message ${n}`)
  const Entries = bodies.map((MessageBody, n) => ({ Id: `id-${n}`, MessageBody }))
  const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
  t.is(sent.Successful?.length, 10)
  t.is(sent.Failed, undefined)
  const messages = await receive(QueueUrl, { MaxNumberOfMessages: 10 })
  t.deepEqual(
    messages.map(({ Body }) => Body),
    bodies,
  )
  const handles = messages.map(({ ReceiptHandle }, n) => ({ Id: String(n), ReceiptHandle }))
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: handles }))
  t.deepEqual(await counts(QueueUrl), { visible: 0, inFlight: 0 })
})

test('a long poll is woken by a message', async (t) => {
  const QueueUrl = await createQueue(t)
  const poll = receive(QueueUrl, { WaitTimeSeconds: 20 })
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'wake' }))
  t.deepEqual(
    (await poll).map(({ Body }) => Body),
    ['wake'],
  )
})

test('a long poll that its client gave up takes no message with it', async (t) => {
  const QueueUrl = await createQueue(t)
  const abort = new AbortController()
  const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), { abortSignal: abort.signal })
  const gaveUp = t.throwsAsync(poll, { name: 'AbortError' })
  // Nothing tells from outside that a poll waits: the first is ahead of the second, then the gateway sees it leave.
  await aMoment()
  const second = receive(QueueUrl, { WaitTimeSeconds: 20 })
  await aMoment()
  abort.abort()
  await gaveUp
  await aMoment()
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'for who is still there' }))
  t.deepEqual(
    (await second).map(({ Body }) => Body),
    ['for who is still there'],
  )
})

test('a message whose visibility is ended is received again, and counts it', async (t) => {
  const QueueUrl = await createQueue(t)
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'again' }))
  const [first] = await receive(QueueUrl)
  t.deepEqual(await counts(QueueUrl), { visible: 0, inFlight: 1 })
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }),
  )
  const [second] = await receive(QueueUrl, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] })
  t.is(second?.MessageId, first?.MessageId)
  t.is(second?.Attributes?.ApproximateReceiveCount, '2')
})

test('attributes set on a queue hold for the next receive', async (t) => {
  const QueueUrl = await createQueue(t)
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '0' } }))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'never hidden' }))
  for (let n = 0; n < 3; n++) t.is((await receive(QueueUrl)).length, 1)
})

test("a missing queue is the SDK's own typed error", async (t) => {
  const QueueUrl = await createQueue(t)
  await sqs.send(new DeleteQueueCommand({ QueueUrl }))
  const error = await t.throwsAsync(sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late' })), {
    instanceOf: QueueDoesNotExist,
  })
  t.is(error?.$metadata.httpStatusCode, 400)
  t.truthy(error?.$metadata.requestId)
})

test('many clients at a time lose nothing and get nothing twice', async (t) => {
  const QueueUrl = await createQueue(t)
  const bodies = Array.from({ length: 200 }, (_, n) => String(n))
  const received: string[] = []
  const consumer = async (): Promise<void> => {
    for (;;) {
      const messages = await receive(QueueUrl, { MaxNumberOfMessages: 10, WaitTimeSeconds: 1 })
      if (messages.length === 0) return
      for (const { Body, ReceiptHandle } of messages) {
        received.push(Body ?? '')
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }))
      }
    }
  }
  const consumers = Array.from({ length: 4 }, consumer)
  await Promise.all(bodies.map((MessageBody) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))))
  await Promise.all(consumers)
  t.deepEqual(received.toSorted(), bodies.toSorted())
})

const aMoment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200))

let created = 0
async function createQueue(t: ExecutionContext): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: `queue-${++created}` }))
  t.truthy(QueueUrl)
  return QueueUrl ?? ''
}

async function receive(QueueUrl: string, options: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
  return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...options }))).Messages ?? []
}

async function counts(QueueUrl: string): Promise<{ visible: number; inFlight: number }> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  return {
    visible: Number(Attributes?.ApproximateNumberOfMessages),
    inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible),
  }
}
