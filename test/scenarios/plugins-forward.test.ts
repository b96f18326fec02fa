import { cpSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { GREETER, pluginFolder } from '../plugins/plugin-folder.ts'
import { startGateway } from './gateway-process.ts'

const LOUD = `import { defineInjector } from 'pipit'

export default defineInjector({
  on: { service: ['sns', 'sqs'], operation: ['Publish', 'SendMessage'] },
  at: 'upstream',
  before: (input) => {
    for (const name of ['Message', 'MessageBody']) if (name in input) input[name] = input[name].toUpperCase()
  },
})
`

const STAMP = `import { createHash } from 'node:crypto'
import { defineInjector } from 'pipit'

export default defineInjector({
  on: { service: 'sqs', operation: 'ReceiveMessage' },
  after: (output) => {
    for (const message of output.Messages ?? []) {
      message.Body += '!'
      message.MD5OfBody = createHash('md5').update(message.Body).digest('hex')
    }
  },
})
`

test('services of plugins are forwarded, and injections change what goes on and what comes back, in both protocols', async (t) => {
  const there = await startGateway({ env: { PIPIT_PLUGINS: 'examples/sns' } })
  t.teardown(() => there.stop())
  const folder = pluginFolder(t, {
    'loud.injector.js': LOUD,
    'stamp.injector.js': STAMP,
    'greeter.service.js': GREETER,
  })
  cpSync('examples/sns', join(folder, 'sns'), { recursive: true })
  const here = await startGateway({
    env: {
      PIPIT_PLUGINS: folder,
      PIPIT_CONFIG_INLINE: JSON.stringify({ mode: { sns: 'forward', sqs: 'forward' }, upstream: there.url }),
    },
  })
  t.teardown(() => here.stop())
  const common = { region: 'eu-west-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' } }
  const sns = new SNSClient({ ...common, endpoint: `${here.url}/sns/` })
  // What is sent is changed on its way: the SDK would notice it by the MD5 of the answer.
  const sqs = new SQSClient({ ...common, endpoint: `${here.url}/sqs/`, md5: false })
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  t.is(QueueUrl, `${here.url}/sqs/000000000000/orders`)
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'orders' }))
  const Endpoint = 'arn:aws:sqs:eu-west-1:000000000000:orders'
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }),
  )
  await sns.send(new PublishCommand({ TopicArn, Message: 'by query' }))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'by json' }))
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
  t.deepEqual(
    Messages?.map(({ Body }) => Body),
    ['BY QUERY!', 'BY JSON!'],
  )
  const greeting = await (await fetch(`${here.url}/greeter/?Action=Say&Name=Ada`)).text()
  t.regex(greeting, /Hello Ada/)
  t.regex(there.output(), /sns Publish orders 200/)
})
