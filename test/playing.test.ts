import test, { type ExecutionContext } from 'ava'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../src/config.ts'
import { NOTHING_DECLARED } from '../src/fixtures/declared.ts'
import { Store } from '../src/fixtures/store.ts'
import { createGateway, type Gateway } from '../src/gateway.ts'
import { entriesFrom } from './fixtures/entries-of-suite.ts'
import { authorization } from './hops/exchanges.ts'

function folder(t: ExecutionContext): string {
  const path = mkdtempSync(join(tmpdir(), 'pipit-playing-'))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

async function started(
  t: ExecutionContext,
  flags: Record<string, string>,
  env: Record<string, string> = {},
): Promise<Gateway> {
  const notes: string[] = []
  const { config } = loadConfig({ flags: { port: '0', ...flags }, env, cwd: import.meta.dirname })
  const gateway = createGateway({ config, onNote: (note) => notes.push(note) })
  await gateway.start()
  t.teardown(() => gateway.close())
  return gateway
}

const ask = (url: string, operation: string, input: object = {}): Promise<Response> =>
  fetch(`${url}/sqs/`, {
    method: 'POST',
    headers: { 'x-amz-target': `AmazonSQS.${operation}`, authorization: authorization() },
    body: JSON.stringify(input),
  })
const source = async (answer: Promise<Response>): Promise<string | null> => (await answer).headers.get('x-pipit-source')

test('auto records what is not there yet, and replays it the next time', async (t) => {
  const fixtures = folder(t)
  const upstream = await started(t, {})
  const flags = { fixtures, mode: 'auto', upstream: `${upstream.url}/sqs`, fixture: 'a' }
  const first = await started(t, flags)
  t.is(await source(ask(first.url, 'CreateQueue', { QueueName: 'q' })), 'forward')
  await first.close()
  const second = await started(t, flags)
  t.is(await source(ask(second.url, 'CreateQueue', { QueueName: 'q' })), 'replay')
  const ci = await started(t, { ...flags, fixture: 'b' }, { CI: 'true' }).catch((error: unknown) => error)
  t.regex((ci as Error).message, /there is no fixture b/, 'a machine that tests records nothing by itself')
})

test('a session records or replays what it was made for', async (t) => {
  const fixtures = folder(t)
  new Store(fixtures).save('orders/checkout', {
    declared: NOTHING_DECLARED,
    entries: entriesFrom([['CreateQueue', { QueueName: 'q' }]]),
  })
  const { url } = await started(t, { fixtures })
  const made = async (body: object): Promise<Response> =>
    fetch(`${url}/_pipit/sessions`, { method: 'POST', body: JSON.stringify(body) })
  const blue = await made({ name: 'blue', mode: 'replay', fixture: 'orders/checkout', onMiss: 'mock' })
  t.is(blue.status, 201)
  t.is(await source(ask(`${url}/s/blue`, 'CreateQueue', { QueueName: 'q' })), 'replay')
  t.is(await source(ask(`${url}/s/blue`, 'CreateQueue', { QueueName: 'p' })), 'mock')
  t.is((await fetch(`${url}/s/blue/_pipit/replay/verify`, { method: 'POST' })).status, 409)
  for (const [body, status, error] of [
    [{ mode: 'replay', fixture: 'nope' }, 404, /there is no fixture nope/],
    [{ mode: 'replay', fixture: '../etc' }, 400, /expected the name of a fixture/],
    [{ mode: 'record', fixture: 'x' }, 400, /there is nowhere to forward/],
    [{ onMiss: 'ignore' }, 400, /expected error, mock, forward or record/],
  ] as const) {
    const refused = await made(body)
    t.is(refused.status, status)
    t.regex(((await refused.json()) as { error: string }).error, error)
  }
  const { sessions } = (await (await fetch(`${url}/_pipit/sessions`)).json()) as { sessions: object[] }
  t.deepEqual(
    sessions.map((session) => (session as { name: string }).name),
    ['default', 'blue'],
    'one that cannot be is not made',
  )
})

test('a folder with a fixture for every session is recorded and replayed by its name', async (t) => {
  const fixtures = folder(t)
  const upstream = await started(t, {})
  const made = async (url: string, name: string): Promise<number> =>
    (await fetch(`${url}/_pipit/sessions`, { method: 'POST', body: JSON.stringify({ name }) })).status
  const verified = async (url: string, name: string): Promise<number> =>
    (await fetch(`${url}/s/${name}/_pipit/replay/verify`, { method: 'POST' })).status
  for (const [mode, expected] of [
    ['record', 'forward'],
    ['replay', 'replay'],
  ] as const) {
    const gateway = await started(t, { fixtures, mode, upstream: `${upstream.url}/sqs`, fixture: 'all' })
    const { url } = gateway
    t.is(await verified(url, 'default'), mode === 'record' ? 200 : 404)
    for (const name of ['busy', 'quiet']) t.is(await made(url, name), 201)
    t.is(await source(ask(`${url}/s/busy`, 'CreateQueue', { QueueName: mode })), mode === 'record' ? expected : 'miss')
    t.is(await verified(url, 'busy'), mode === 'record' ? 200 : 409)
    t.is(await verified(url, 'quiet'), 200)
    if (mode === 'replay') {
      t.is(await source(ask(url, 'ListQueues')), 'miss', 'the default session has none')
      t.deepEqual(
        gateway.replays().map(({ session, isOk }) => [session, isOk]),
        [
          ['busy', false],
          ['quiet', true],
          ['default', false],
        ],
      )
    }
    await gateway.close()
    t.deepEqual(new Store(fixtures).names(), ['all/busy', 'all/quiet'])
  }
})

test('what is missed is recorded, where the operator wants it, and part of the fixture from then on', async (t) => {
  const fixtures = folder(t)
  const upstream = await started(t, {})
  const store = new Store(fixtures)
  store.save('a', { declared: NOTHING_DECLARED, entries: entriesFrom([['CreateQueue', { QueueName: 'q' }]]) })
  const gateway = await started(t, {
    fixtures,
    mode: 'replay',
    fixture: 'a',
    'on-miss': 'record',
    upstream: `${upstream.url}/sqs`,
  })
  t.is(await source(ask(gateway.url, 'CreateQueue', { QueueName: 'q' })), 'replay')
  t.is(await source(ask(gateway.url, 'CreateQueue', { QueueName: 'p' })), 'forward')
  await gateway.close()
  t.deepEqual(
    store.load('a').entries.map(({ operation }) => operation),
    ['CreateQueue', 'CreateQueue'],
  )
})

test('what the gateway says itself is not recorded', async (t) => {
  const fixtures = folder(t)
  const gateway = await started(t, { fixtures, mode: 'record', upstream: 'http://localhost:1', fixture: 'a' })
  t.is((await ask(gateway.url, 'ListQueues')).status, 503)
  await gateway.close()
  t.false(new Store(fixtures).has('a'))
})

test('a fixture that breaks while pipit runs is told to whoever asks for it', async (t) => {
  const fixtures = folder(t)
  const { url } = await started(t, { fixtures, mode: 'replay' })
  writeFileSync(join(fixtures, 'default.json'), '{')
  const answer = await ask(url, 'ListQueues')
  t.is(answer.status, 400)
  t.regex(await answer.text(), /PipitFixture.*default\.json: line 1, column 2: expected a string/)
})

test('a reset leaves the queues of a session that replays as they are', async (t) => {
  const fixtures = folder(t)
  const entries = entriesFrom([
    ['CreateQueue', { QueueName: 'q' }],
    ['SendMessage', { QueueUrl: '/000000000000/q', MessageBody: 'a' }],
    ['ReceiveMessage', { QueueUrl: '/000000000000/q' }],
  ])
  new Store(fixtures).save('a', { declared: NOTHING_DECLARED, entries })
  const { url } = await started(t, { fixtures, mode: 'replay', fixture: 'a' })
  await ask(url, 'CreateQueue', { QueueName: 'q' })
  await ask(url, 'SendMessage', { QueueUrl: '/000000000000/q', MessageBody: 'a' })
  await fetch(`${url}/_pipit/reset`, { method: 'POST' })
  const received = (await (await ask(url, 'ReceiveMessage', { QueueUrl: '/000000000000/q' })).json()) as {
    Messages: unknown[]
  }
  t.is(received.Messages.length, 1)
})

test('a session that nobody has recorded does not replay green, whatever its client makes of the errors', async (t) => {
  const fixtures = folder(t)
  const gateway = await started(t, { fixtures, mode: 'replay' })
  const answer = await ask(`${gateway.url}/s/blue`, 'CreateQueue', { QueueName: 'q' })
  t.deepEqual([answer.status, answer.headers.get('x-pipit-source')], [400, 'miss'])
  t.regex(await answer.text(), /PipitFixture.*there is no fixture blue/)
  const verdict = await fetch(`${gateway.url}/s/blue/_pipit/replay/verify`, { method: 'POST' })
  t.is(verdict.status, 409)
  t.regex(await verdict.text(), /there is no fixture blue/)
  await gateway.close()
  t.deepEqual(
    gateway.replays().map(({ fixture, isOk }) => [fixture, isOk]),
    [['blue', false]],
  )
})
