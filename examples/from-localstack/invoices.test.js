import assert from 'node:assert/strict'
import test from 'node:test'
import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const endpoint = process.env.AWS_ENDPOINT_URL
const sqs = new SQSClient()
const urlOf = async (QueueName) => (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl
const receive = async (QueueUrl) => {
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 }))
  return Messages?.map(({ Body }) => Body) ?? []
}

test('the init scripts have made queues and sent a message, and its dead-letter queue works', async () => {
  const invoices = await urlOf('invoices')
  assert.deepEqual(await receive(invoices), ['from an init script'])
  // Nobody deletes it: after its visibility timeout, one receive was enough.
  assert.deepEqual(await receive(invoices), [])
  assert.deepEqual(await receive(await urlOf('invoices-dlq')), ['from an init script'])
})

test('a FIFO queue from an init script removes duplicates by content', async () => {
  const QueueUrl = await urlOf('events.fifo')
  for (const MessageBody of ['a', 'a', 'b'])
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'g' }))
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
  assert.deepEqual(
    Messages.map(({ Body }) => Body),
    ['a', 'b'],
  )
})

test("LocalStack's own addresses answer", async () => {
  const ask = async (path) => (await fetch(`${endpoint}/_localstack/${path}`)).json()
  assert.ok(['running', 'available'].includes((await ask('health')).services.sqs))
  const { completed, scripts } = await ask('init/ready')
  assert.equal(completed, true)
  assert.deepEqual(
    scripts.map(({ name, state }) => `${name} ${state}`),
    ['01-queues.sh SUCCESSFUL', '02-messages.sh SUCCESSFUL'],
  )
})
