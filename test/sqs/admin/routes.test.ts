import test, { type ExecutionContext } from 'ava'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { connect, createGateway, loadConfig } from '../../../src/index.ts'
import { PATH } from './desk-lab.ts'

async function running(t: ExecutionContext) {
  const { config } = loadConfig({ flags: { port: '0' }, env: {}, cwd: import.meta.dirname })
  const gateway = createGateway({ config })
  await gateway.start()
  t.teardown(() => gateway.close())
  const session = await connect(gateway.url).session('blue')
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' }
  return { session, sqs: new SQSClient({ endpoint: session.endpoint, region: 'moon-base-alpha', credentials }) }
}

test("a session's queues are looked at from outside, and a message is waited for while an app works", async (t) => {
  const { session, sqs } = await running(t)
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const waiting = session.control.ask('GET', `${PATH}/orders/wait`, { query: { match: 'coffee' } })
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'two coffees' }))
  t.like(await waiting, { queue: 'orders' })
  const peek = (await session.control.ask('GET', `${PATH}/orders/messages`)) as { messages: { body: string }[] }
  t.is(peek.messages[0]?.body, 'two coffees')
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] }))
  t.is(Messages?.[0]?.Attributes?.['ApproximateReceiveCount'], '1', 'looking was no receiving')
})
