import assert from 'node:assert/strict'
import test from 'node:test'
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'

const endpoint = process.env.AWS_ENDPOINT_URL_SQS
const sqs = new SQSClient()

test('the queues of the conf are there, with their attributes', async () => {
  const { QueueUrls } = await sqs.send(new ListQueuesCommand())
  const names = ['ledger.fifo', 'payments', 'payments-dead']
  assert.deepEqual(
    QueueUrls.toSorted(),
    names.map((name) => `${endpoint}/000000000000/${name}`),
  )
  const QueueUrl = `${endpoint}/000000000000/payments`
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))
  assert.equal(Attributes.VisibilityTimeout, '10')
  assert.equal(Attributes.ReceiveMessageWaitTimeSeconds, '2')
  assert.match(JSON.parse(Attributes.RedrivePolicy).deadLetterTargetArn, /:elasticmq:000000000000:payments-dead$/)
})

test('messages go through, also under the path of older versions', async () => {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'payments' }))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'paid' }))
  const old = `${endpoint}/queue/payments`
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: old }))
  assert.equal(Messages[0].Body, 'paid')
})
