import test from 'ava'
import * as v from 'valibot'
import { adminRoute, json } from '../../src/core/admin-route.ts'
import { strictly } from '../../src/core/strictly.ts'
import { isAdminPath } from '../../src/admin/control-plane.ts'
import { asking, OPEN } from './plane.ts'

const routes = [
  adminRoute({
    method: 'GET',
    path: '/_pipit/thing',
    summary: 'look',
    answers: {},
    answer: ({ session }) => json(200, { session: session ?? null }),
  }),
  adminRoute({
    method: 'POST',
    path: '/_pipit/thing',
    summary: 'change',
    body: v.optional(strictly({})),
    answers: {},
    answer: () => json(200, {}),
  }),
  adminRoute({
    method: 'POST',
    path: '/_pipit/bug',
    summary: 'break',
    answers: {},
    answer: () => {
      throw new Error('the insides')
    },
  }),
]
const ask = asking(routes)

test('a path below /s/<name>/ is of that session, as is ?session=, but not both', async (t) => {
  t.is((await ask('GET', '/_pipit/thing')).body.session, null)
  t.is((await ask('GET', '/s/blue/_pipit/thing')).body.session, 'blue')
  t.is((await ask('GET', '/_pipit/thing?session=green')).body.session, 'green')
  t.like(await ask('GET', '/s/blue/_pipit/thing?session=green'), { status: 400 })
})

test('what is not there is 404 with the nearest path, what is asked wrongly 405 with what is allowed', async (t) => {
  t.deepEqual(await ask('GET', '/_pipit/thnig').then(({ status, body }) => ({ status, body })), {
    status: 404,
    body: { error: 'there is nothing at /_pipit/thnig (did you mean "/_pipit/thing"?)', code: 'not-found' },
  })
  const wrong = await ask('PUT', '/_pipit/thing')
  t.is(wrong.status, 405)
  t.is(wrong.headers['allow'], 'GET, POST')
  t.is(wrong.body.code, 'method-not-allowed')
})

test('a bug is an honest 500 without its insides, and the operator is told', async (t) => {
  const bugs: unknown[] = []
  const { status, body } = await asking(routes, OPEN, (error) => bugs.push(error))('POST', '/_pipit/bug')
  t.is(status, 500)
  t.false(JSON.stringify(body).includes('insides'))
  t.regex(String(bugs[0]), /the insides/)
})

test('a body beyond the limit is refused', async (t) => {
  t.like(await ask('POST', '/_pipit/thing', { isTooLarge: true }), { status: 413 })
})

test('a name that was pointed here from outside can neither look nor steer', async (t) => {
  for (const method of ['GET', 'POST']) {
    const { status, body } = await ask(method, '/_pipit/thing', { headers: { host: 'evil.example:3000' } })
    t.is(status, 403)
    t.regex(body.error, /"evil\.example" is not one that pipit trusts: list it in PIPIT_ALLOWED_HOSTS/)
  }
  const allowing = asking(routes, { ...OPEN, allowedHosts: ['evil.example'] })
  t.is((await allowing('POST', '/_pipit/thing', { headers: { host: 'evil.example:3000' } })).status, 200)
})

test("another site's page cannot steer", async (t) => {
  for (const headers of [{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
    t.is((await ask('POST', '/_pipit/thing', { headers })).status, 403, JSON.stringify(headers))
  t.is((await ask('POST', '/_pipit/thing', { headers: { origin: 'http://localhost:3000' } })).status, 200)
})

test('with a token set, who does not have it gets nothing, and a wrong one is no better than none', async (t) => {
  const guarded = asking(routes, { ...OPEN, adminToken: 'open-sesame' })
  for (const method of ['GET', 'POST']) {
    const send = (authorization?: string) =>
      guarded(method, '/_pipit/thing', { headers: authorization === undefined ? {} : { authorization } })
    t.is((await send()).status, 401)
    t.is((await send('Bearer open-sesam')).status, 401)
    t.is((await send('Basic open-sesame')).status, 401)
    t.is((await send('bearer open-sesame')).status, 200)
    t.regex((await send()).body.error, /PIPIT_ADMIN_TOKEN/)
  }
})

test('queues whose names begin like a reserved word are no admin path', (t) => {
  const admin = [
    '/_pipit',
    '/_pipit/x',
    '/_pipit?x',
    '/_localstack/health',
    '/_aws/sqs/messages?QueueUrl=x',
    '/moto-api/reset',
    '/health',
    '/health?a',
    '/s/blue/_pipit/clock',
  ]
  for (const path of admin) t.true(isAdminPath(path), path)
  const others = [
    '/',
    '/healthy',
    '/000000000000/health',
    '/_pipits',
    '/sqs/',
    '/s/blue/sqs/',
    '/s/_pipit/x',
    '/sqs/_pipit',
  ]
  for (const path of others) t.false(isAdminPath(path), path)
})
