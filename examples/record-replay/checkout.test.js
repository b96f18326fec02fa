// The same suite, whether it is recorded or replayed: ids and times are new in every run.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import test from 'node:test'
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'

const sqs = new SQSClient()
const urlOf = async (QueueName) => (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl
const [orders, emails] = [await urlOf('orders'), await urlOf('emails')]

test('an order is answered with a mail', async () => {
  const order = { id: randomUUID(), at: new Date().toISOString(), items: 2 }
  await sqs.send(new SendMessageCommand({ QueueUrl: orders, MessageBody: JSON.stringify(order) }))
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: emails, WaitTimeSeconds: 10 }))
  const [{ Body, ReceiptHandle }] = Messages
  assert.deepEqual(JSON.parse(Body), { subject: `Order ${order.id}: 2 on the way` })
  await sqs.send(new DeleteMessageCommand({ QueueUrl: emails, ReceiptHandle }))
})

test('and is done with', async () => {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible']
  const left = async () => {
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: orders, AttributeNames }))
    return Object.values(Attributes).some((count) => count !== '0')
  }
  while (await left()) await new Promise((resolve) => setTimeout(resolve, 100))
})

test('what was recorded has been asked, all of it, and nothing else', async () => {
  const { origin } = new URL(process.env.AWS_ENDPOINT_URL_SQS)
  const verdict = await fetch(`${origin}/_pipit/replay/verify`, { method: 'POST' })
  assert.equal(verdict.status, 200, (await verdict.json()).error)
})
