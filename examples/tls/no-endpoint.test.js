import assert from 'node:assert/strict'
import test from 'node:test'
import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

for (const region of ['us-east-1', 'eu-west-1']) {
  test(`without any endpoint setting, ${region} is pipit, and its certificate is verified`, async () => {
    const sqs = new SQSClient({ region })
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))
    assert.equal(QueueUrl, `https://sqs.${region}.amazonaws.com/000000000000/orders`)
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: region }))
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }))
    assert.equal(Messages[0].Body, region)
  })
}

test('the CA is needed: without it nothing is sent', async () => {
  const { request } = await import('node:https')
  const failure = await new Promise((resolve) =>
    request('https://sqs.us-east-1.amazonaws.com/', { ca: [] }, () => resolve(undefined))
      .on('error', resolve)
      .end(),
  )
  assert.match(failure.code, /SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO/)
})
