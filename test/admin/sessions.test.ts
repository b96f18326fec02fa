import test from 'ava'
import { sessionRoutes } from '../../src/admin/sessions.ts'
import { asking, someSessions } from './plane.ts'

const rules = (region: string, upstreams: readonly string[] = []) => ({
  region,
  hasUpstream: (service: string) => (service === '*' ? upstreams.length > 0 : upstreams.includes(service)),
})

test('a new session says what points a client at it', async (t) => {
  const { sessions } = someSessions()
  const { status, body } = await asking(sessionRoutes(sessions, rules('us-east-1')))('POST', '/_pipit/sessions', {
    body: { name: 'blue' },
  })
  t.is(status, 201)
  t.deepEqual(body, {
    name: 'blue',
    endpoint: 'http://localhost:3000/s/blue/',
    env: {
      AWS_ENDPOINT_URL_SQS: 'http://localhost:3000/s/blue/sqs/',
      AWS_ENDPOINT: 'http://localhost:3000/s/blue',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'pipit-blue',
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_SDK_UA_APP_ID: 'pipit-blue',
      PIPIT_URL: 'http://localhost:3000/s/blue',
    },
  })
})

test('without a name it gets one that nobody has', async (t) => {
  const ask = asking(sessionRoutes(someSessions().sessions, rules('us-east-1')))
  const names = [await ask('POST', '/_pipit/sessions'), await ask('POST', '/_pipit/sessions', { body: {} })].map(
    ({ body }) => body.name as string,
  )
  t.is(new Set(names).size, 2)
  for (const name of names) t.regex(name, /^[0-9a-f]{8}$/)
})

test('sessions are listed, the oldest first, and shown one by one', async (t) => {
  const { sessions, wall } = someSessions()
  const ask = asking(sessionRoutes(sessions, rules('us-east-1')))
  wall.advance(1000)
  sessions.create('blue')
  const { body } = await ask('GET', '/_pipit/sessions')
  t.deepEqual(
    body.sessions.map(({ name, createdAt }: { name: string; createdAt: string }) => [name, createdAt]),
    [
      ['default', '2026-01-01T00:00:00.000Z'],
      ['blue', '2026-01-01T00:00:01.000Z'],
    ],
  )
  t.like((await ask('GET', '/_pipit/sessions/blue')).body, { name: 'blue', endpoint: 'http://localhost:3000/s/blue/' })
})

test('a session can be asked for whether it is there or not; the default one needs neither path nor key', async (t) => {
  const { sessions } = someSessions()
  const ask = asking(sessionRoutes(sessions, rules('moon-base-alpha')))
  t.is((await ask('PUT', '/_pipit/sessions/blue')).status, 200)
  t.like((await ask('PUT', '/_pipit/sessions/blue')).body, { name: 'blue' })
  t.is((await ask('PUT', '/_pipit/sessions/..')).status, 400)
  t.deepEqual((await ask('GET', '/_pipit/sessions/default')).body.env, {
    AWS_ENDPOINT_URL_SQS: 'http://localhost:3000/sqs/',
    AWS_ENDPOINT: 'http://localhost:3000',
    AWS_REGION: 'moon-base-alpha',
    AWS_DEFAULT_REGION: 'moon-base-alpha',
    AWS_ACCESS_KEY_ID: 'any',
    AWS_SECRET_ACCESS_KEY: 'any',
    PIPIT_URL: 'http://localhost:3000',
  })
})

test('a session that is deleted is gone, and its hanging sockets are let go', async (t) => {
  const { sessions, released } = someSessions()
  const ask = asking(sessionRoutes(sessions, rules('us-east-1')))
  sessions.create('blue')
  t.like(await ask('DELETE', '/_pipit/sessions/blue'), { status: 204, body: undefined })
  t.deepEqual(released, ['blue'])
  t.is((await ask('GET', '/_pipit/sessions/blue')).status, 404)
  t.is((await ask('DELETE', '/_pipit/sessions/blue')).status, 404)
})

test('what cannot be is refused with the reason', async (t) => {
  const { sessions } = someSessions()
  const ask = asking(sessionRoutes(sessions, rules('us-east-1')))
  sessions.create('blue')
  const refused = async (method: string, path: string, body?: unknown): Promise<[number, string]> => {
    const answer = await ask(method, path, { body })
    return [answer.status, answer.body.error]
  }
  t.deepEqual(await refused('POST', '/_pipit/sessions', { name: 'blue' }), [
    409,
    'there is a session blue: delete it first, or choose another name',
  ])
  t.is((await refused('POST', '/_pipit/sessions', { name: '../etc' }))[0], 400)
  t.regex((await refused('POST', '/_pipit/sessions', { nam: 'x' }))[1], /did you mean "name"/)
  t.deepEqual(await refused('DELETE', '/_pipit/sessions/default'), [
    409,
    'the default session is always there: reset it instead',
  ])
})

test('a session may have its own word on what answers for which service', async (t) => {
  const { sessions } = someSessions()
  const ask = asking(sessionRoutes(sessions, rules('us-east-1', ['sqs'])))
  for (const [name, mode, table] of [
    ['a', 'forward', { '*': 'forward' }],
    ['b', 'sqs=forward', { sqs: 'forward' }],
    ['c', { sqs: 'mock' }, { sqs: 'mock' }],
  ] as const) {
    t.is((await ask('POST', '/_pipit/sessions', { body: { name, mode } })).status, 201)
    t.like((await ask('GET', `/_pipit/sessions/${name}`)).body, { mode: table })
  }
  t.is(sessions.find('a')?.modeOf('dynamodb'), 'forward')
  t.is(sessions.find('b')?.modeOf('dynamodb'), 'mock')
})

test('a session cannot ask for what was not given a way out at the start', async (t) => {
  const { sessions } = someSessions()
  const ask = asking(sessionRoutes(sessions, rules('us-east-1', ['sqs'])))
  const refused = await ask('POST', '/_pipit/sessions', { body: { name: 'a', mode: 'dynamodb=forward' } })
  t.is(refused.status, 400)
  t.is(refused.body.error, 'there is nowhere to forward dynamodb to: start pipit with --upstream aws, or a URL')
  t.is(sessions.find('a'), undefined)
  const none = asking(sessionRoutes(sessions, rules('us-east-1')))
  t.regex(
    (await none('POST', '/_pipit/sessions', { body: { mode: 'forward' } })).body.error as string,
    /nowhere to forward anything to/,
  )
  const unknown = await ask('POST', '/_pipit/sessions', { body: { mode: 'fly' } })
  t.regex(unknown.body.error as string, /mode.*: expected mock, forward, record, replay or auto/)
})
