import test, { type ExecutionContext } from 'ava'
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { type GatewayProcess, startGateway } from '../gateway-process.ts'

const credentials = { accessKeyId: 'any', secretAccessKey: 'any' }

let gateway: GatewayProcess
test.before(async () => {
  gateway = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
})
test.after.always(async (t) => {
  t.is((await gateway.stop()).code, 0)
})

for (const { path, prefix } of [
  { path: '/sqs/', prefix: '/sqs' },
  { path: '/sqs', prefix: '/sqs' },
  { path: '/', prefix: '' },
  { path: '', prefix: '' },
]) {
  test(`an endpoint in code ending in "${path}" works, and its QueueUrl keeps the address that was called`, async (t) => {
    const sqs = new SQSClient({ endpoint: gateway.url + path, region: `endpoint-${path.length}`, credentials })
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))
    t.is(QueueUrl, `${gateway.url}${prefix}/000000000000/orders`)
    await roundTrip(t, sqs, QueueUrl)
  })
}

test('127.0.0.1 and localhost are one gateway, each handed out to who used it', async (t) => {
  const byNumber = new SQSClient({
    endpoint: `http://127.0.0.1:${gateway.port}/sqs/`,
    region: 'two-names',
    credentials,
  })
  const byName = new SQSClient({ endpoint: `http://localhost:${gateway.port}/sqs/`, region: 'two-names', credentials })
  const made = await byNumber.send(new CreateQueueCommand({ QueueName: 'two-names' }))
  const found = await byName.send(new GetQueueUrlCommand({ QueueName: 'two-names' }))
  t.is(made.QueueUrl, `http://127.0.0.1:${gateway.port}/sqs/000000000000/two-names`)
  t.is(found.QueueUrl, `http://localhost:${gateway.port}/sqs/000000000000/two-names`)
})

// The SDK reads these from the environment of the process, so one after the other.
test.serial('AWS_ENDPOINT_URL_SQS works with the path, the SDK following the QueueUrl', async (t) => {
  await withEnvironment({ AWS_ENDPOINT_URL_SQS: `${gateway.url}/sqs/` }, async () => {
    const sqs = new SQSClient({ region: 'followed', credentials })
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))
    await roundTrip(t, sqs, QueueUrl)
  })
})

test.serial(
  'AWS_ENDPOINT_URL_SQS works when the QueueUrl names another address and the SDK drops the path',
  async (t) => {
    await withEnvironment({ AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${gateway.port}/sqs/` }, async () => {
      const sqs = new SQSClient({ region: 'dropped', credentials, logger: quiet })
      const QueueUrl = `http://localhost:${gateway.port}/sqs/000000000000/orders`
      await roundTrip(t, sqs, QueueUrl)
    })
  },
)

test.serial('AWS_ENDPOINT_URL, with the account in the access key', async (t) => {
  await withEnvironment({ AWS_ENDPOINT_URL: gateway.url }, async () => {
    const sqs = new SQSClient({
      region: 'account',
      credentials: { accessKeyId: '123456789012', secretAccessKey: 'any' },
    })
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))
    t.is(QueueUrl, `${gateway.url}/123456789012/orders`)
    await roundTrip(t, sqs, QueueUrl)
  })
})

async function roundTrip(t: ExecutionContext, sqs: SQSClient, QueueUrl: string | undefined): Promise<void> {
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'there and back' }))
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  t.is(Messages?.[0]?.MessageId, MessageId)
}

async function withEnvironment(variables: Readonly<Record<string, string>>, body: () => Promise<void>): Promise<void> {
  const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]))
  Object.assign(process.env, variables)
  try {
    await body()
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
