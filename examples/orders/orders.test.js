// Runs in a container of its own beside the app: docker compose --profile test up … --exit-code-from tests
import assert from 'node:assert/strict'
import test from 'node:test'
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'

const sqs = new SQSClient()
const urlOf = async (QueueName) => (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl
const [orders, emails, orphans] = [await urlOf('orders'), await urlOf('emails'), await urlOf('orders-dlq')]

const send = (body) => sqs.send(new SendMessageCommand({ QueueUrl: orders, MessageBody: JSON.stringify(body) }))
const receive = async (QueueUrl) => {
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }))
  return Messages?.map(({ Body }) => JSON.parse(Body)) ?? []
}

test('an order is answered with a mail', async () => {
  await send({ id: 1, items: 2 })
  assert.deepEqual(await receive(emails), [{ subject: process.env.EXPECTED_SUBJECT ?? 'Order 1: 2 on the way' }])
})

test('an order that nobody can handle ends in the dead-letter queue', async () => {
  await send({ id: 2, items: 0 })
  assert.deepEqual(await receive(orphans), [{ id: 2, items: 0 }])
})

test('the queue URL names the host that this container uses', async () => {
  assert.match(orders, new RegExp(`^${new URL(process.env.AWS_ENDPOINT_URL_SQS).origin}/`))
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: orders, AttributeNames: ['VisibilityTimeout'] }),
  )
  assert.equal(Attributes.VisibilityTimeout, '1')
})
