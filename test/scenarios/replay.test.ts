import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import test, { type ExecutionContext } from 'ava'
import { type GatewayProcess, startGateway } from './gateway-process.ts'
import { checkout, clientOf, rush, type Suite, type Variation } from './suites/suites.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipit-replay-'))
test.after.always(() => rmSync(folder, { recursive: true }))

async function replaying(t: ExecutionContext, name: string, ...more: string[]): Promise<GatewayProcess> {
  const gateway = await startGateway({ args: ['--mode', 'replay', '--fixture', name, ...more] })
  t.teardown(() => gateway.child.kill('SIGKILL'))
  return gateway
}

const VARIATIONS: readonly (readonly [title: string, name: string, suite: Suite, variation: Variation])[] = [
  ['as it was recorded', 'orders/checkout', checkout, {}],
  ['with one message in each receive', 'orders/checkout', checkout, { max: 1 }],
  ['with short polls, and some in vain before', 'orders/checkout', checkout, { waits: 0, vainPolls: 3 }],
  ['as it was recorded', 'orders/rush', rush, {}],
  ['with four workers on one queue', 'orders/rush', rush, { workers: 4 }],
  ['with one worker, one message in each receive', 'orders/rush', rush, { workers: 1, max: 1 }],
  [
    'in another order, with ten messages in each receive',
    'orders/rush',
    rush,
    { isReversed: true, max: 10, workers: 3 },
  ],
]

for (const [title, name, suite, variation] of VARIATIONS)
  test(`${name} is replayed ${title}`, async (t) => {
    const gateway = await replaying(t, name)
    const client = clientOf(`${gateway.url}/sqs`)
    await t.notThrowsAsync(suite(client, variation))
    client.destroy()
    const verdict = await fetch(`${gateway.url}/_pipit/replay/verify`, { method: 'POST' })
    t.is(verdict.status, 200, await verdict.text())
    t.is((await gateway.stop()).code, 0, gateway.output())
  })

test('a miss costs one attempt, says what is different and what to declare, and fails the run', async (t) => {
  const report = join(folder, 'report.json')
  const gateway = await replaying(t, 'orders/checkout', '--report', report)
  const client = clientOf(`${gateway.url}/sqs`)
  await client.send(new ReceiveMessageCommand({ QueueUrl: `${gateway.url}/sqs/000000000000/nowhere` })).catch(() => {})
  const startedMs = performance.now()
  const error: unknown = await client
    .send(
      new SendMessageCommand({
        QueueUrl: `${gateway.url}/sqs/000000000000/mails`,
        MessageBody: JSON.stringify({ order: 'not a uuid', sent: Date.now() }),
      }),
    )
    .catch((thrown: unknown) => thrown)
  t.true(performance.now() - startedMs < 2000)
  const { name, message, $metadata } = error as { name: string; message: string; $metadata: { attempts: number } }
  t.deepEqual([name, $metadata.attempts], ['PipitFixtureMiss', 1])
  t.regex(
    message,
    /^SendMessage of mails is not in the fixture orders\/checkout: nearest: #\d+ SendMessage mails has MessageBody\.order "\{\{uuid\.1\}\}", and here it is "not a uuid"/,
  )
  client.destroy()
  t.is((await gateway.stop()).code, 4)
  const { replays } = JSON.parse(readFileSync(report, 'utf8')) as {
    replays: { misses: unknown[]; unused: unknown[] }[]
  }
  t.is(replays[0]?.misses.length, 2)
  t.is(replays[0]?.unused.length, 9)
  t.regex(
    gateway.output(),
    /replay of orders\/checkout \(session default\): #\d+ SendMessage orders .* was recorded, and nobody asked for it/,
  )
})

test('every answer says where it comes from', async (t) => {
  const gateway = await replaying(t, 'orders/checkout', '--on-miss', 'mock')
  const signed = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=x/1/eu-west-1/sqs/aws4_request'
  const ask = (query: string) => fetch(`${gateway.url}/sqs/?${query}&${signed}`)
  const known = await ask('Action=CreateQueue&QueueName=mails')
  const unknown = await ask('Action=CreateQueue&QueueName=other')
  t.deepEqual([known.headers.get('x-pipit-source'), unknown.headers.get('x-pipit-source')], ['replay', 'mock'])
  t.is(unknown.status, 200)
  t.is((await gateway.stop()).code, 4, 'a miss that was answered is one all the same')
})

test('a recording of the JSON protocol is played to a client of the query protocol', async (t) => {
  const gateway = await replaying(t, 'orders/checkout')
  const signature = 'AWS4-HMAC-SHA256 Credential=x/1/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=x'
  const ask = async (path: string, members: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams(members)
    return (
      await fetch(`${gateway.url}${path}`, { method: 'POST', body, headers: { authorization: signature } })
    ).text()
  }
  const created = await ask('/sqs/', {
    Action: 'CreateQueue',
    QueueName: 'orders',
    'Attribute.1.Name': 'VisibilityTimeout',
    'Attribute.1.Value': '30',
  })
  t.true(created.includes(`<QueueUrl>${gateway.url}/sqs/000000000000/orders</QueueUrl>`), created)
  const order = JSON.stringify({
    id: 'f81d4fae-7dec-41d0-a765-00a0c91e6bf6',
    at: new Date().toISOString(),
    lines: [{ sku: 'mug', count: 2 }],
    card: { token: 't' },
  })
  const attribute = {
    'MessageAttribute.1.Name': 'kind',
    'MessageAttribute.1.Value.DataType': 'String',
    'MessageAttribute.1.Value.StringValue': 'checkout',
  }
  const sent = await ask('/sqs/000000000000/orders', { Action: 'SendMessage', MessageBody: order, ...attribute })
  t.regex(sent, /<MD5OfMessageBody>[0-9a-f]{32}<\/MD5OfMessageBody>/)
  const received = await ask('/sqs/000000000000/orders', { Action: 'ReceiveMessage' })
  t.true(received.includes('mug'), received)
  const missing = await ask('/sqs/', { Action: 'GetQueueUrl', QueueName: 'refunds' })
  t.true(missing.includes('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>'), missing)
  const missed = await ask('/sqs/000000000000/orders', { Action: 'PurgeQueue' })
  t.regex(missed, /<Code>PipitFixtureMiss<\/Code>/)
  await gateway.stop()
})
