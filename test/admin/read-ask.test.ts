import test from 'ava'
import * as v from 'valibot'
import { adminRoute, json } from '../../src/core/admin-route.ts'
import { strictly } from '../../src/core/strictly.ts'
import { readBody, readQuery } from '../../src/admin/read-ask.ts'

const plain = adminRoute({ method: 'GET', path: '/', summary: '', answers: {}, answer: () => json(200, {}) })
const route = adminRoute({
  ...plain,
  query: strictly({ limit: v.optional(v.pipe(v.string(), v.regex(/^\d+$/, 'expected a number'))) }),
  body: strictly({
    name: v.string('expected a name'),
    deep: v.optional(strictly({ at: v.number('expected a number') })),
  }),
})
const body = (text: string): unknown => readBody(route, Buffer.from(text))

test('the query is read by its schema, and every resource takes a session', (t) => {
  t.deepEqual(readQuery(route, 'limit=5&session=blue'), { query: { limit: '5' }, session: 'blue' })
  t.deepEqual(readQuery(plain, ''), { query: {}, session: undefined })
  t.deepEqual(readQuery(plain, 'session=*'), { query: {}, session: '*' })
})

test('the body is read by its schema; a resource without one reads none', (t) => {
  t.deepEqual(body('{"name": "a", "deep": {"at": 1}}'), { name: 'a', deep: { at: 1 } })
  t.is(readBody(plain, Buffer.from('not JSON')), undefined)
})

const complaints: readonly [string, () => unknown, RegExp][] = [
  [
    'an unknown member of the query',
    () => readQuery(route, 'limt=5'),
    /^the query limt: unknown key \(did you mean "limit"\?\)$/,
  ],
  ['a member where there is none', () => readQuery(plain, 'x=5'), /^the query x: unknown key/],
  ['a member twice', () => readQuery(route, 'limit=5&limit=6'), /^limit is given twice$/],
  ['a wrong value', () => readQuery(route, 'limit=many'), /^the query limit: expected a number, got "many"$/],
  ['a body that is not JSON', () => body('{'), /^the body is not JSON: /],
  ['an empty body', () => body(' '), /^the body: expected a mapping$/],
  [
    'a wrong value deep in the body',
    () => body('{"name":"a","deep":{"at":"x"}}'),
    /^the body deep\.at: expected a number, got "x"$/,
  ],
  ['two mistakes', () => body('{"nam":"a"}'), /did you mean "name"/],
]

for (const [title, read, message] of complaints)
  test(`${title} is complained about`, (t) => {
    t.like(t.throws(read, { name: 'PipitError', message }), { code: 'bad-request' })
  })
