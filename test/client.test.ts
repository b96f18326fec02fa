import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { connect, createGateway, loadConfig, type Pipit } from '../src/index.ts'

async function connected(t: ExecutionContext, env: Record<string, string> = {}): Promise<Pipit> {
  const { config } = loadConfig({ flags: { port: '0' }, env, cwd: import.meta.dirname })
  const gateway = createGateway({ config })
  await gateway.start()
  t.teardown(() => gateway.close())
  return connect(gateway.url, { token: env['PIPIT_ADMIN_TOKEN'] })
}

const client = (endpoint: string) =>
  new SQSClient({ endpoint, region: 'r', credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 1 })

test('a session is a world of its own, steered by what made it, and gone when it is deleted', async (t) => {
  const pipit = await connected(t, { PIPIT_ADMIN_TOKEN: 'open-sesame' })
  const blue = await pipit.session('blue')
  t.is(blue.url, `${pipit.url}/s/blue`)
  t.is(blue.env['AWS_ACCESS_KEY_ID'], 'pipit-blue')
  await client(blue.endpoint).send(new CreateQueueCommand({ QueueName: 'orders' }))
  await t.throwsAsync(client(`${pipit.url}/`).send(new GetQueueUrlCommand({ QueueName: 'orders' })), {
    name: 'QueueDoesNotExist',
  })
  t.like(await blue.clock.advance('5m'), { session: 'blue', offsetMs: 300_000 })
  t.like(await pipit.clock.now(), { session: 'default', offsetMs: 0 })
  await blue.delete()
  await t.throwsAsync(blue.delete(), { code: 'not-found' })
})

test('time is moved, stopped and let go', async (t) => {
  const { clock } = await connected(t)
  t.true((await clock.freeze()).frozen)
  t.is((await clock.set('2999-01-01T00:00:00Z')).now, '2999-01-01T00:00:00.000Z')
  t.is((await clock.advance(1500)).now, '2999-01-01T00:00:01.500Z')
  t.false((await clock.resume()).frozen)
  await t.throwsAsync(clock.set('2001-01-01T00:00:00Z'), { code: 'conflict', message: /time does not go back/ })
})

test('a reset of the messages keeps the queues, and forgets what was sent and deduplicated', async (t) => {
  const pipit = await connected(t)
  const sqs = client(`${pipit.url}/sqs/`)
  const Attributes = { FifoQueue: 'true' }
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'once.fifo', Attributes }))
  const message = { QueueUrl, MessageBody: 'a', MessageGroupId: 'g', MessageDeduplicationId: 'd' }
  const first = await sqs.send(new SendMessageCommand(message))
  await pipit.reset('messages')
  t.is((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages, undefined)
  const second = await sqs.send(new SendMessageCommand(message))
  t.not(second.MessageId, first.MessageId)
  t.is((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body, 'a')
})

test('a reset takes what was made, and keeps what was declared', async (t) => {
  const pipit = await connected(t, { PIPIT_QUEUES: 'declared' })
  const sqs = client(`${pipit.url}/sqs/`)
  await sqs.send(new CreateQueueCommand({ QueueName: 'made' }))
  await pipit.reset()
  await sqs.send(new GetQueueUrlCommand({ QueueName: 'declared' }))
  await t.throwsAsync(sqs.send(new GetQueueUrlCommand({ QueueName: 'made' })), { name: 'QueueDoesNotExist' })
  await t.throwsAsync(pipit.reset('everything' as 'all'), { code: 'bad-request' })
})

test('a session may have a word of its own on what answers', async (t) => {
  const back = await connected(t, {})
  const pipit = await connected(t, { PIPIT_UPSTREAM: back.url })
  const real = await pipit.session('real', { mode: 'sqs=forward' })
  await client(real.endpoint).send(new CreateQueueCommand({ QueueName: 'there' }))
  await client(`${back.url}/sqs/`).send(new GetQueueUrlCommand({ QueueName: 'there' }))
  await t.throwsAsync(client(`${pipit.url}/sqs/`).send(new GetQueueUrlCommand({ QueueName: 'there' })), {
    name: 'QueueDoesNotExist',
  })
  await t.throwsAsync(pipit.session('no', { mode: 'dynamodb=fly' }), { code: 'bad-request' })
})

const IDLE = 'sqs.DeleteMessage id=idle error RequestThrottled'

test('faults are steered: of all sessions, or of one; whether they fired is asked for, and why not', async (t) => {
  const pipit = await connected(t, { PIPIT_QUEUES: 'orders', PIPIT_SEED: '1' })
  const blue = await pipit.session('blue')
  const sqs = client(blue.endpoint)
  const QueueUrl = `${blue.url}/000000000000/orders`
  const send = () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }))
  t.deepEqual(await blue.faults.add({ id: 'lost', when: { first: 1 }, do: { reset: 'after-commit' } }, IDLE), [
    'lost',
    'idle',
  ])
  await t.throwsAsync(send())
  t.is((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.length, 1)
  t.like(await blue.faults.list(), [{ id: 'lost', session: 'blue', fired: 1 }])
  t.deepEqual(await pipit.faults.verify({ lost: { min: 1, max: 1 } }), [
    'idle never fired: considered 2, matched 0: skipped by operation 2',
  ])
  await t.throwsAsync(blue.faults.verify({ lost: { min: 2 } }), {
    code: 'unmet',
    message: /^lost fired once, expected/,
  })
  const script = await blue.faults.export()
  t.like(script, { seed: 1, faults: [{ id: 'lost' }, { id: 'idle' }] })
  await blue.faults.set('lost', { enabled: false })
  await send()
  await blue.faults.replace(...script.faults)
  await blue.faults.remove('idle')
  t.is((await blue.faults.list()).length, 1)
  await blue.faults.remove()
  t.deepEqual(await pipit.faults.list(), [])
})

test('a test is recorded in a session, and replayed in another one', async (t) => {
  const fixtures = mkdtempSync(join(tmpdir(), 'pipit-client-'))
  t.teardown(() => rmSync(fixtures, { recursive: true }))
  const back = await connected(t)
  const pipit = await connected(t, { PIPIT_UPSTREAM: back.url, PIPIT_FIXTURES: fixtures })
  const recorded = await pipit.session({ mode: 'record', fixture: 'orders/one' })
  const create = (endpoint: string, QueueName: string) => client(endpoint).send(new CreateQueueCommand({ QueueName }))
  await create(recorded.endpoint, 'orders')
  await recorded.replay.verify()
  t.is(await recorded.replay.report(), undefined)
  await recorded.delete()

  const replayed = await pipit.session('again', { mode: 'replay', fixture: 'orders/one' })
  await t.throwsAsync(replayed.replay.verify({ timeout: '50ms' }), {
    code: 'unmet',
    message: /#1 CreateQueue orders was recorded/,
  })
  await create(replayed.endpoint, 'orders')
  await replayed.replay.verify()
  await t.throwsAsync(create(replayed.endpoint, 'mails'), { name: 'PipitFixtureMiss' })
  await t.throwsAsync(replayed.replay.verify(), {
    code: 'unmet',
    message: /CreateQueue of mails is not in the fixture/,
  })
  t.like(await replayed.replay.report(), { session: 'again', isOk: false, served: 1, misses: [{ subject: 'mails' }] })
  await replayed.replay.rewind()
  await create(replayed.endpoint, 'orders')
  await replayed.replay.verify()
  await t.throwsAsync(pipit.replay.verify(), { code: 'not-found' })
})
