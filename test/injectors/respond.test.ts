import test from 'ava'
import { respond } from '../../src/injectors/respond.ts'
import { act, complaint, responseOf } from './acting.ts'

test('the answer is as it was written', async (t) => {
  const acted = await act(respond, { status: 502, headers: { 'Content-Type': 'text/html' }, body: '<h1>Bad</h1>' })
  t.deepEqual(acted.outcome, {
    kind: 'response',
    response: { status: 502, rawHeaders: ['Content-Type', 'text/html'], body: '<h1>Bad</h1>' },
  })
  t.is(acted.executed, 0)
  t.deepEqual(acted.happened, ['before-commit respond 502'])
})

test('a body that is no text is JSON', async (t) => {
  const { response } = responseOf(await act(respond, { body: { a: [1] } }))
  t.deepEqual(response, { status: 200, rawHeaders: ['Content-Type', 'application/json'], body: '{"a":[1]}' })
  t.is(responseOf(await act(respond, {})).response.body, '')
})

test('after-commit the request is executed', async (t) => {
  const acted = await act(respond, { phase: 'after-commit', status: 504 })
  t.is(acted.executed, 1)
  t.is(responseOf(acted).response.status, 504)
  t.deepEqual(acted.happened, ['after-commit respond 504'])
})

test('what was lost is not in its result: others must not take it for an answer of the service', async (t) => {
  t.is(responseOf(await act(respond, {})).result, undefined)
})

for (const [given, text] of [
  [{ status: 700 }, 'status: expected an HTTP status from 200 to 599'],
  [{ headers: { 'a b': 'c' } }, 'headers.a b: expected the name of a header like "x-amzn-RequestId"'],
  [{ headers: { a: 'b\r\nc: d' } }, 'headers.a: expected a text that a header can carry'],
  [
    { headers: { 'content-length': '5' } },
    'headers.content-length: pipit writes this header itself: use cut to break a promise',
  ],
  [{ hedaers: {} }, 'hedaers: unknown key (did you mean "headers"?)'],
] as const)
  test(`${JSON.stringify(given)} is no answer`, (t) => {
    t.is(complaint(respond, given), text)
  })
