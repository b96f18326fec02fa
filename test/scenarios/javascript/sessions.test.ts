import test, { type ExecutionContext } from 'ava'
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs'
import { connect } from '../../../src/index.ts'
import { type GatewayProcess, startGateway } from '../gateway-process.ts'

let gateway: GatewayProcess
test.before(async () => {
  gateway = await startGateway({ env: { PIPIT_QUEUES: 'declared' } })
})
test.after.always(async (t) => {
  t.is((await gateway.stop()).code, 0)
})

const WAYS: Readonly<Record<string, (session: string) => SQSClientConfig>> = {
  path: (session) => ({ endpoint: `${gateway.url}/s/${session}/sqs/` }),
  'path without a service': (session) => ({ endpoint: `${gateway.url}/s/${session}/` }),
  'access key': (session) => ({ credentials: { accessKeyId: `pipit-${session}`, secretAccessKey: 'any' } }),
  'User-Agent': (session) => ({ userAgentAppId: `pipit-${session}` }),
}

function client(way: string, session: string, region = 'same-region'): SQSClient {
  return new SQSClient({
    endpoint: `${gateway.url}/sqs/`,
    region,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
    ...WAYS[way]?.(session),
  })
}

for (const way of Object.keys(WAYS))
  test(`two sessions by ${way}, with the same queue at the same time, never meet`, async (t) => {
    const stories = ['one', 'two'].map(async (session) => {
      const sqs = client(way, `${way.replaceAll(' ', '-')}-${session}`)
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
      const bodies = Array.from({ length: 20 }, (_, index) => `${session} ${index}`)
      for (const MessageBody of bodies) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
      const seen: string[] = []
      while (seen.length < bodies.length) {
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
        seen.push(...Messages.map(({ Body }) => Body as string))
      }
      t.deepEqual(seen.toSorted(), bodies.toSorted())
      const { QueueUrls } = await sqs.send(new ListQueuesCommand({}))
      t.is(QueueUrls?.length, 2, 'its own queue and the declared one')
    })
    await Promise.all(stories)
  })

test('by path, queue URLs keep the session, and work for a client that only has the URL', async (t) => {
  const sqs = client('path', 'kept', 'us-east-1')
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'declared' }))
  t.is(QueueUrl, `${gateway.url}/s/kept/sqs/000000000000/declared`)
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'for kept' }))
  const read = (url: string): Promise<string> => fetch(`${url}?Action=ReceiveMessage`).then((answer) => answer.text())
  t.regex(await read(QueueUrl as string), /<Body>for kept<\/Body>/)
  t.notRegex(await read(`${gateway.url}/sqs/000000000000/declared`), /<Body>/)
})

test("a session's time leaves another's messages alone", async (t) => {
  const [early, late] = [client('path', 'early'), client('path', 'late')]
  const QueueUrl = '/000000000000/declared'
  for (const sqs of [early, late])
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }))
  await connect(`${gateway.url}/s/late`).clock.advance('15m')
  t.is((await late.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.length, 1)
  t.is((await early.send(new ReceiveMessageCommand({ QueueUrl }))).Messages, undefined)
})

test('a waiting poll ends in its own time when time is moved on, whatever the clock on the wall says', async (t) => {
  const sqs = client('path', 'polling')
  const QueueUrl = '/000000000000/declared'
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'later', DelaySeconds: 900 }))
  const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))
  await underWay(t, 'polling')
  await connect(`${gateway.url}/s/polling`).clock.freeze()
  await connect(`${gateway.url}/s/polling`).clock.advance('15m')
  t.is((await waiting).Messages, undefined, 'its 20 seconds were over before the message came')
  t.is((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body, 'later')
})

test('deleting a session ends its long polls', async (t) => {
  const sqs = client('path', 'deleted')
  const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl: '/000000000000/declared', WaitTimeSeconds: 20 }))
  await underWay(t, 'deleted')
  await connect(gateway.url).control.ask('DELETE', '/_pipit/sessions/deleted')
  t.is((await waiting).Messages, undefined)
})

test('a name that cannot be is an answer that an SDK understands', async (t) => {
  const error = await t.throwsAsync(client('access key', 'no/name').send(new ListQueuesCommand({})))
  t.is(error.name, 'InvalidSession')
  t.regex(error.message, /a session has a name of 1 to 64 letters/)
})

test('a page of another origin and a rebound name can neither look at queues nor change anything', async (t) => {
  const post = (headers: Record<string, string>): Promise<Response> =>
    fetch(`${gateway.url}/_pipit/reset`, { method: 'POST', headers })
  t.is((await post({ origin: 'http://evil.example' })).status, 403)
  t.is((await post({ 'sec-fetch-site': 'cross-site' })).status, 403)
  t.is((await post({})).status, 200)
})

/** The session has been seen: its poll is there, since the requests of one connection come in order. */
async function underWay(t: ExecutionContext, session: string): Promise<void> {
  for (let looks = 0; looks < 500; looks++) {
    const answer = await fetch(`${gateway.url}/_pipit/sessions/${session}`)
    if (answer.status === 200) return
  }
  t.fail(`session ${session} did not come`)
}
