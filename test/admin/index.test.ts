import test from 'ava'
import type { HttpRequest } from '../../src/core/exchange.ts'
import { adminAnswer, isAdminPath } from '../../src/admin/index.ts'

const get = (target: string, method = 'GET'): HttpRequest => ({ method, target, rawHeaders: [], body: Buffer.alloc(0) })
const plane = (isReady: boolean) => ({ readiness: { isReady }, services: ['sqs'] })

test('livez is 200 as soon as there is a process; readyz only while it serves', (t) => {
  t.is(adminAnswer(get('/_pipit/livez'), plane(false)).status, 200)
  for (const path of ['/_pipit/readyz', '/_pipit/readyz?x=1', '/health']) {
    t.is(adminAnswer(get(path), plane(true)).status, 200)
    t.is(adminAnswer(get(path), plane(false)).status, 503)
  }
})

test("LocalStack's health answer names the services", (t) => {
  const { body } = adminAnswer(get('/_localstack/health'), plane(true))
  t.deepEqual((JSON.parse(body.toString()) as { services: object }).services, { sqs: 'running' })
})

test('what is not there is 404, what is asked wrongly 405, both in JSON', (t) => {
  t.is(adminAnswer(get('/_pipit/'), plane(true)).status, 404)
  t.is(adminAnswer(get('/_pipit/readyz', 'POST'), plane(true)).status, 405)
  t.regex(String(adminAnswer(get('/_pipit/x'), plane(true)).body), /"error":"there is nothing at \/_pipit\/x"/)
})

test('queues whose names begin like a reserved word are no admin path', (t) => {
  for (const path of ['/_pipit', '/_pipit/x', '/_localstack/health', '/health', '/health?a'])
    t.true(isAdminPath(path), path)
  for (const path of ['/', '/healthy', '/000000000000/health', '/_pipits', '/sqs/']) t.false(isAdminPath(path), path)
})
