import { randomUUID } from 'node:crypto'
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'

/** A client as an app has it, with fake keys. */
export function clientOf(endpoint: string): SQSClient {
  return new SQSClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'fake', secretAccessKey: 'fake' },
    useQueueUrlAsEndpoint: false,
  })
}

export interface Variation {
  /** How many messages a receive asks for at most. */
  readonly max?: number
  /** Seconds of a long poll. */
  readonly waits?: number
  /** Workers on one queue. */
  readonly workers?: number
  /** Receives before anything is sent. */
  readonly vainPolls?: number
  /** The order in which orders are sent. */
  readonly isReversed?: boolean
}

/** A suite: what it asserts, it throws. */
export type Suite = (client: SQSClient, variation?: Variation) => Promise<void>

/** An order is sent, comes once in vain, and is done; the customer gets a mail. */
export const checkout: Suite = async (client, { max = 10, waits = 1, vainPolls = 0 } = {}) => {
  const orders = await queue(client, 'orders', { VisibilityTimeout: '30' })
  const mails = await queue(client, 'mails')
  for (let i = 0; i < vainPolls; i++)
    assert((await receive(client, orders, max, 0)).length === 0, 'nothing is there yet')
  const id = randomUUID()
  const order = { id, at: new Date().toISOString(), lines: [{ sku: 'mug', count: 2 }], card: { token: randomUUID() } }
  await client.send(
    new SendMessageCommand({
      QueueUrl: orders,
      MessageBody: JSON.stringify(order),
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'checkout' } },
    }),
  )
  const first = await only(client, orders, max, waits)
  await client.send(
    new ChangeMessageVisibilityCommand({ QueueUrl: orders, ReceiptHandle: first.ReceiptHandle, VisibilityTimeout: 0 }),
  )
  const again = await only(client, orders, max, waits)
  assert(again.MessageId === first.MessageId && again.Body === JSON.stringify(order), 'it is the same order')
  assert(again.Attributes?.['ApproximateReceiveCount'] === '2', 'it comes a second time')
  assert(again.MessageAttributes?.['kind']?.StringValue === 'checkout', 'with what it was sent with')
  await client.send(
    new SendMessageCommand({ QueueUrl: mails, MessageBody: JSON.stringify({ order: id, sent: Date.now() }) }),
  )
  await client.send(new DeleteMessageCommand({ QueueUrl: orders, ReceiptHandle: again.ReceiptHandle }))
  const mail = JSON.parse((await only(client, mails, max, waits)).Body ?? '') as { order: string }
  assert(mail.order === id, 'the mail is about the order')
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: orders, AttributeNames: ['All'] }))
  assert(Attributes?.['ApproximateNumberOfMessages'] === '0', 'nothing is left')
  assert(Attributes['VisibilityTimeout'] === '30', 'the queue is as it was made')
  const missing = await client
    .send(new GetQueueUrlCommand({ QueueName: 'refunds' }))
    .catch((error: unknown) => (error as Error).name)
  assert(missing === 'QueueDoesNotExist', 'there are no refunds')
}

/** Many orders and several workers on one queue, batches, one poison message, and one group of a FIFO queue. */
export const rush: Suite = async (client, { max = 3, waits = 1, workers = 2, isReversed = false } = {}) => {
  const dead = await queue(client, 'rush-dlq')
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: dead, AttributeNames: ['QueueArn'] }),
  )
  const deadLetterTargetArn = Attributes?.['QueueArn']
  const rushed = await queue(client, 'rush', {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 2 }),
  })
  const events = await queue(client, 'rush-events.fifo', { FifoQueue: 'true', ContentBasedDeduplication: 'true' })
  const orders = Array.from({ length: 8 }, (_, n) => ({ id: randomUUID(), n, poison: n === 5 }))
  const sent = isReversed ? orders.toReversed() : orders
  const done = new Set<string>()
  const seen = new Map<string, number>()
  const work = async (): Promise<void> => {
    while (done.size < orders.length) {
      const messages = await receive(client, rushed, max, done.size < orders.length - 1 ? waits : 0)
      for (const message of messages) {
        const { id, poison } = JSON.parse(message.Body ?? '') as (typeof orders)[number]
        const times = (seen.get(id) ?? 0) + 1
        seen.set(id, times)
        if (poison) {
          const release = { QueueUrl: rushed, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 }
          await client.send(new ChangeMessageVisibilityCommand(release))
          if (times === 2) done.add(id)
          continue
        }
        await client.send(new DeleteMessageCommand({ QueueUrl: rushed, ReceiptHandle: message.ReceiptHandle }))
        done.add(id)
      }
    }
  }
  const produce = async (): Promise<void> => {
    for (const order of sent.slice(0, 3))
      await client.send(new SendMessageCommand({ QueueUrl: rushed, MessageBody: JSON.stringify(order) }))
    const Entries = sent.slice(3).map((order, index) => ({ Id: `${index}`, MessageBody: JSON.stringify(order) }))
    await client.send(new SendMessageBatchCommand({ QueueUrl: rushed, Entries }))
  }
  await Promise.all([produce(), fifo(client, events), ...Array.from({ length: workers }, work)])
  // Looking for a message that has come often enough moves it.
  await receive(client, rushed, max, 0)
  const poisoned = await only(client, dead, max, waits)
  assert((JSON.parse(poisoned.Body ?? '') as { n: number }).n === 5, 'the poison is where dead letters are')
  await client.send(new DeleteMessageCommand({ QueueUrl: dead, ReceiptHandle: poisoned.ReceiptHandle }))
  for (const QueueUrl of [rushed, dead, events]) await client.send(new DeleteQueueCommand({ QueueUrl }))
}

async function fifo(client: SQSClient, QueueUrl: string): Promise<void> {
  for (const body of ['created', 'paid', 'shipped'])
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageGroupId: 'order-1' }))
  const bodies: (string | undefined)[] = []
  while (bodies.length < 3) {
    const messages = await receive(client, QueueUrl, 10, 1)
    if (messages.length === 0) continue
    bodies.push(...messages.map(({ Body }) => Body))
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }))
    await client.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
  }
  assert(bodies.join() === 'created,paid,shipped', 'events come in their order')
}

async function queue(client: SQSClient, name: string, Attributes?: Record<string, string>): Promise<string> {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name, ...(Attributes && { Attributes }) }))
  return QueueUrl as string
}

async function receive(client: SQSClient, QueueUrl: string, max: number, waits: number): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: max,
      WaitTimeSeconds: waits,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  )
  return Messages
}

/** Polls until one comes. */
async function only(client: SQSClient, QueueUrl: string, max: number, waits: number): Promise<Message> {
  for (let polls = 0; polls < 50; polls++) {
    const [message, ...others] = await receive(client, QueueUrl, max, waits)
    assert(others.length === 0, 'one message at most')
    if (message !== undefined) return message
  }
  throw new Error('nothing has come')
}

function assert(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(what)
}
