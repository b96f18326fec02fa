import test from 'ava'
import { healthRoutes } from '../../src/admin/health.ts'
import { asking } from './plane.ts'

const at = (isReady: boolean) =>
  asking(healthRoutes({ isReady }, ['sqs', 'sns']), {
    publicUrl: undefined,
    allowedHosts: [],
    adminToken: 'secret-token',
  })

test('livez says that the process answers, whatever else', async (t) => {
  for (const isReady of [true, false]) {
    const { status, body } = await at(isReady)('GET', '/_pipit/livez')
    t.is(status, 200)
    t.deepEqual(body, { status: 'ok' })
  }
})

for (const { isReady, status, text } of [
  { isReady: true, status: 200, text: 'ready' },
  { isReady: false, status: 503, text: 'not ready' },
])
  test(`readyz is ${status} when it is ${text}, under every name`, async (t) => {
    for (const path of ['/_pipit/readyz', '/_pipit/readyz?', '/health', '/s/blue/_pipit/readyz']) {
      const answer = await at(isReady)('GET', path)
      t.is(answer.status, status)
      t.deepEqual(answer.body, { status: text })
    }
  })

test("LocalStack's health has its words for every service, and is 200 all the time", async (t) => {
  for (const [isReady, state] of [
    [true, 'running'],
    [false, 'initializing'],
  ] as const) {
    const { status, body } = await at(isReady)('GET', '/_localstack/health')
    t.is(status, 200)
    t.deepEqual(body, { services: { sqs: state, sns: state }, edition: 'pipit' })
  }
})

test('health is for everybody: no token, any host', async (t) => {
  const { status } = await at(true)('GET', '/_pipit/readyz', { headers: { host: 'pipit.example.com' } })
  t.is(status, 200)
})
