import test from 'ava'
import * as v from 'valibot'
import { adminRoute, json } from '../../src/core/admin-route.ts'
import { duration } from '../../src/core/duration.ts'
import { strictly } from '../../src/core/strictly.ts'
import { openapiRoute } from '../../src/admin/openapi.ts'
import { asking } from './plane.ts'

const routes = [
  adminRoute({
    method: 'POST',
    path: '/_pipit/things/{name}/made',
    summary: 'makes a thing',
    query: strictly({ count: v.optional(v.string()), kind: v.string() }),
    body: strictly({ after: v.optional(duration) }),
    answers: { 201: 'made', 409: 'there is one' },
    answer: () => json(201, {}),
  }),
  adminRoute({
    method: 'GET',
    path: '/_pipit/metrics',
    summary: 'numbers',
    answers: { 200: 'text' },
    produces: 'text/plain',
    isOpen: true,
    answer: () => json(200, {}),
  }),
]

const document = async () =>
  (await asking([...routes, openapiRoute(routes, '1.2.3')])('GET', '/_pipit/openapi.json')).body

test('every route is there with its parameters, body and answers, and the document itself, too', async (t) => {
  const { openapi, info, paths } = await document()
  t.is(openapi, '3.1.0')
  t.is(info.version, '1.2.3')
  t.deepEqual(Object.keys(paths), ['/_pipit/things/{name}/made', '/_pipit/metrics', '/_pipit/openapi.json'])
  const { post } = paths['/_pipit/things/{name}/made']
  t.is(post.summary, 'makes a thing')
  t.deepEqual(
    post.parameters.map((each: { name: string; in: string; required?: boolean }) => [
      each.name,
      each.in,
      each.required ?? false,
    ]),
    [
      ['name', 'path', true],
      ['count', 'query', false],
      ['kind', 'query', true],
      ['session', 'query', false],
    ],
  )
  t.deepEqual(Object.keys(post.requestBody.content['application/json'].schema.properties), ['after'])
  t.deepEqual(Object.keys(post.responses), ['201', '400', '401', '403', '409'])
  t.deepEqual(post.responses[409].content['application/json'].schema, { $ref: '#/components/schemas/Complaint' })
})

test('what is for everybody has no token, and another media type is said', async (t) => {
  const { get } = (await document()).paths['/_pipit/metrics']
  t.is(get.security, undefined)
  t.deepEqual(Object.keys(get.responses), ['200'])
  t.deepEqual(Object.keys(get.responses[200].content), ['text/plain'])
})
