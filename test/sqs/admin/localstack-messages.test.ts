import test from 'ava'
import { createGateway } from '../../../src/gateway.ts'
import { loadConfig } from '../../../src/config.ts'
import { SQSClient, CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'

test("LocalStack's look is XML or JSON, for GET and for an SDK, and receives nothing", async (t) => {
  const { config } = loadConfig({ flags: { port: '0' }, env: {}, cwd: import.meta.dirname })
  const gateway = createGateway({ config })
  await gateway.start()
  t.teardown(() => gateway.close())
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' }
  const sqs = (endpoint: string) =>
    new SQSClient({ endpoint, region: 'us-east-1', credentials, useQueueUrlAsEndpoint: false })
  const client = sqs(`${gateway.url}/sqs/`)
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const address = `${gateway.url}/_aws/sqs/messages?QueueUrl=${encodeURIComponent(QueueUrl ?? '')}`
  const read = async (url: string, accept = 'application/json') => (await fetch(url, { headers: { accept } })).text()
  t.deepEqual(JSON.parse(await read(address)), { ReceiveMessageResponse: { ReceiveMessageResult: null } })
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }))
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'b', DelaySeconds: 60 }))
  const { Message } = JSON.parse(await read(address)).ReceiveMessageResponse.ReceiveMessageResult
  t.like(Message, { Body: 'a', ReceiptHandle: 'SQS/BACKDOOR/ACCESS' })
  t.regex(await read(`${address}&ShowDelayed=true`, '*/*'), /<ReceiveMessageResult><Message>.*<Body>b<\/Body>/s)
  t.regex(await read(`${gateway.url}/_aws/sqs/messages/us-east-1/000000000000/orders`, '*/*'), /<Body>a<\/Body>/)
  const looked = await sqs(`${gateway.url}/_aws/sqs/messages`).send(new ReceiveMessageCommand({ QueueUrl }))
  t.is(looked.Messages?.[0]?.Attributes?.ApproximateReceiveCount, '0')
  const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] }))
  t.is(Messages?.[0]?.Attributes?.ApproximateReceiveCount, '1')
  t.regex(await read(address.replace('orders', 'none'), '*/*'), /NonExistentQueue/)
})
