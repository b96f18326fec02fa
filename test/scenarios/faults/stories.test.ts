import http from 'node:http'
import test from 'ava'
import { SendMessageCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs'
import { type GatewayProcess, startGateway } from '../gateway-process.ts'
import { faultSession } from './fault-session.ts'

let gateway: GatewayProcess
test.before(async () => {
  gateway = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
})
test.after.always(async (t) => {
  t.is((await gateway.stop()).code, 0)
})

const client = (endpoint: string, more: SQSClientConfig = {}): SQSClient =>
  new SQSClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 3,
    ...more,
  })
const message = (): SendMessageCommand =>
  new SendMessageCommand({ QueueUrl: '/000000000000/orders', MessageBody: 'hello' })
const onSend = { operation: 'SendMessage' }
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

for (const [moment, stored] of [
  ['before-commit', 1],
  ['after-commit', 2],
] as const)
  test(`an answer lost ${moment} at the first try: the retry succeeds, and the queue has ${stored}`, async (t) => {
    const rule = { on: { ...onSend, attempt: 1 }, do: { reset: moment } }
    const world = await faultSession(gateway.url, `lost-${moment}`, rule)
    const { $metadata } = await client(world.endpoint).send(message())
    t.is($metadata.attempts, 2)
    t.is(await world.tries(), 2)
    t.is(await world.stored(), stored)
  })

test('a client that has corrected its clock goes on with it, and notices when the fault is over', async (t) => {
  const world = await faultSession(gateway.url, 'skewed', { id: 'skew', on: onSend, do: { clockSkew: '2h' } })
  const sqs = client(world.endpoint)
  t.is((await sqs.send(message())).$metadata.attempts, 2)
  t.is((await sqs.send(message())).$metadata.attempts, 1)
  await fetch(`${gateway.url}/s/skewed/_pipit/faults`, { method: 'DELETE' })
  t.is((await sqs.send(message())).$metadata.attempts, 1)
})

test('an SDK waits as long as the answer says', async (t) => {
  const rule = { on: { ...onSend, attempt: 1 }, do: [{ error: 'ServiceUnavailable' }, { retryAfterMs: 900 }] }
  const { endpoint } = await faultSession(gateway.url, 'retry-after', rule)
  const startedMs = performance.now()
  t.is((await client(endpoint).send(message())).$metadata.attempts, 2)
  const tookMs = performance.now() - startedMs
  t.true(tookMs > 890, `${tookMs} ms: of itself it waits a tenth of that`)
})

for (const [what, end] of [
  ['a reset', (url: string) => fetch(`${url}/_pipit/reset`, { method: 'POST' })],
  [
    'the end of its session',
    (url: string) =>
      fetch(`${url.replace(/\/s\/.*/, '')}/_pipit/sessions/${url.replace(/.*\/s\//, '')}`, { method: 'DELETE' }),
  ],
] as const)
  test(`what hangs is let go by ${what}, and other sessions hang on`, async (t) => {
    const names = [what, 'another'].map((name) => `hung-${what}-${name}`.replaceAll(' ', '-'))
    const asked = await Promise.all(
      names.map(async (name) => {
        const world = await faultSession(gateway.url, name, { on: onSend, do: { hang: 'before-commit' } })
        const gone = new AbortController()
        const sent = client(world.endpoint, { maxAttempts: 1 })
          .send(message(), { abortSignal: gone.signal })
          .catch((error: unknown) => String((error as { code?: string }).code))
        while ((await world.tries()) === 0) await pause(20)
        return { sent, gone }
      }),
    )
    t.true((await end(`${gateway.url}/s/${names[0]}`)).ok)
    t.is(await asked[0]?.sent, 'ECONNRESET')
    t.is(await Promise.race([asked[1]?.sent, pause(200).then(() => 'still there')]), 'still there')
    asked[1]?.gone.abort()
  })

test('a refusal takes its request along, refuses new connections, serves the open ones, and ends', async (t) => {
  const refusing = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
  const world = await faultSession(refusing.url, 'refused', { on: onSend, when: { first: 1 }, do: { refuse: '700ms' } })
  const health = healthChecks(refusing.port)
  t.is(await health.check(), 200)
  const sqs = client(world.endpoint, { maxAttempts: 1 })
  const codes: (string | undefined)[] = []
  for (let tries = 0; tries < 100; tries++) {
    const code = await sqs.send(message()).then(
      () => undefined,
      (error: unknown) => (error as { code?: string }).code,
    )
    if (codes.at(-1) !== code || tries === 0) codes.push(code)
    if (code === undefined) break
    t.is(await health.check(), 200, 'on a connection that was open before')
    await pause(50)
  }
  t.deepEqual(codes, ['ECONNRESET', 'ECONNREFUSED', undefined])
  t.is(await world.stored(), 1)
  health.end()
  t.is((await refusing.stop()).code, 0)
})

/** Over one connection that stays open. */
function healthChecks(port: number): { check(): Promise<number | undefined>; end(): void } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  return {
    end: () => agent.destroy(),
    check: () =>
      new Promise((resolve, reject) => {
        http
          .get({ port, host: 'localhost', path: '/health', agent }, (response) =>
            response.resume().on('end', () => setImmediate(resolve, response.statusCode)),
          )
          .on('error', reject)
      }),
  }
}
