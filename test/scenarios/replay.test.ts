import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import test from 'ava'
import { startGateway } from './gateway-process.ts'
import { checkout, clientOf, rush, type Suite, type Variation } from './suites/suites.ts'

const folder = mkdtempSync(join(tmpdir(), 'pipit-replay-'))
test.after.always(() => rmSync(folder, { recursive: true }))

const replaying = (name: string, ...more: string[]) =>
  startGateway({ args: ['--mode', 'replay', '--fixture', name, ...more] })

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
    const gateway = await replaying(name)
    const client = clientOf(`${gateway.url}/sqs`)
    await t.notThrowsAsync(suite(client, variation))
    client.destroy()
    const verdict = await fetch(`${gateway.url}/_pipit/replay/verify`, { method: 'POST' })
    t.is(verdict.status, 200, await verdict.text())
    t.is((await gateway.stop()).code, 0, gateway.output())
  })

test('a miss costs one attempt, says what is different and what to declare, and fails the run', async (t) => {
  const report = join(folder, 'report.json')
  const gateway = await replaying('orders/checkout', '--report', report)
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
  const gateway = await replaying('orders/checkout', '--on-miss', 'mock')
  const signed = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=x/1/eu-west-1/sqs/aws4_request'
  const ask = (query: string) => fetch(`${gateway.url}/sqs/?${query}&${signed}`)
  const known = await ask('Action=CreateQueue&QueueName=mails')
  const unknown = await ask('Action=CreateQueue&QueueName=other')
  t.deepEqual([known.headers.get('x-pipit-source'), unknown.headers.get('x-pipit-source')], ['replay', 'mock'])
  t.is(unknown.status, 200)
  t.is((await gateway.stop()).code, 4, 'a miss that was answered is one all the same')
})
