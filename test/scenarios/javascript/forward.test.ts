import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { startGateway } from '../gateway-process.ts'

const credentials = { accessKeyId: 'any', secretAccessKey: 'any' }

/** Stands for the real thing: the host that the upstream's queue URLs name. Nobody should ever come here. */
async function realHost(t: ExecutionContext): Promise<{ url: string; visits: () => number }> {
  let visits = 0
  const open = new Set<Socket>()
  const server = net.createServer((socket) => {
    visits++
    open.add(socket.on('error', () => {}))
    socket.end('HTTP/1.1 418 Real\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits: () => visits }
}

/** Every operation that hands out a queue URL, and what a client does with it then. */
async function story(endpoint: string): Promise<void> {
  process.env['AWS_ENDPOINT_URL_SQS'] = endpoint
  try {
    const sqs = new SQSClient({ region: 'eu-west-1', credentials, maxAttempts: 1 })
    const dead = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }))
    const deadLetterTargetArn = 'arn:aws:sqs:eu-west-1:000000000000:dead'
    await sqs.send(
      new CreateQueueCommand({
        QueueName: 'orders',
        Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }) },
      }),
    )
    const found = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'orders' }))
    const { queueUrls = [] } = await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead.QueueUrl }))
    for (const QueueUrl of [found.QueueUrl, QueueUrls[0], queueUrls[0]]) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'one' }))
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }))
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }))
    }
  } finally {
    delete process.env['AWS_ENDPOINT_URL_SQS']
  }
}

test.serial('a client that follows queue URLs never sends a byte past the gateway', async (t) => {
  const real = await realHost(t)
  const upstream = await startGateway({ env: { PIPIT_PUBLIC_URL: real.url } })
  const front = await startGateway({ args: ['--mode', 'forward', '--upstream', upstream.url] })
  for (const path of ['/sqs/', '/', '/s/blue/sqs/']) await story(front.url + path)
  t.is(real.visits(), 0)
  t.deepEqual([(await front.stop()).code, (await upstream.stop()).code], [0, 0])
})

test.serial('without a gateway between, it goes where they lead at once', async (t) => {
  const real = await realHost(t)
  const upstream = await startGateway({ env: { PIPIT_PUBLIC_URL: real.url } })
  await t.throwsAsync(story(upstream.url))
  t.true(real.visits() > 0)
  t.is((await upstream.stop()).code, 0)
})
