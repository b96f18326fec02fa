import { once } from 'node:events'
import test from 'ava'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { Consumer } from 'sqs-consumer'
import { startGateway } from '../gateway-process.ts'

test('sqs-consumer works a queue off: failed messages come again, the others are deleted', async (t) => {
  const gateway = await startGateway()
  const sqs = new SQSClient({
    endpoint: `${gateway.url}/sqs/`,
    region: 'mock-region',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  })
  const { QueueUrl: queueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }))
  await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: ['good', 'fails once', 'also good'].map((MessageBody, n) => ({ Id: String(n), MessageBody })),
    }),
  )
  const handled: string[] = []
  const consumer = Consumer.create({
    queueUrl,
    sqs,
    batchSize: 10,
    waitTimeSeconds: 1,
    terminateVisibilityTimeout: true,
    async handleMessage({ Body = '', ...message }) {
      handled.push(Body)
      if (Body === 'fails once' && handled.filter((each) => each === Body).length === 1) throw new Error('not yet')
      return { Body, ...message }
    },
  })
  consumer.on('processing_error', () => {})
  const empty = once(consumer, 'empty')
  consumer.start()
  await empty
  const stopped = once(consumer, 'stopped')
  consumer.stop()
  await stopped
  t.deepEqual(handled.toSorted(), ['also good', 'fails once', 'fails once', 'good'])
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }))
  t.like(Attributes, { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' })
  t.is((await gateway.stop()).code, 0)
})
