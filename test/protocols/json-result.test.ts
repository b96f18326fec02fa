import test from 'ava'
import fc from 'fast-check'
import type { ApiError } from '../../src/core/errors.ts'
import type { HttpResponse, Result } from '../../src/core/exchange.ts'
import { awsJson } from '../../src/protocols/aws-json.ts'
import { jsonResultReader } from '../../src/protocols/json-result.ts'
import { sqsError, sqsErrors } from '../../src/sqs/errors.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'
import { inputOf, plain, request } from './requests.ts'

const errors = Object.values(sqsErrors)
const protocol = awsJson(sqsShapes, errors)
const read = (operation: string, response: Partial<HttpResponse>): Result | undefined =>
  protocol.decodeResponse({ operation }, { status: 200, rawHeaders: [], body: '', ...response })

for (const [operation, { output }] of Object.entries(sqsShapes.operations))
  test(`any output of ${operation} is read as it was written`, (t) => {
    fc.assert(
      fc.property(inputOf(output), fc.boolean(), (value, asBytes) => {
        const result = { kind: 'output', output: value as Record<string, unknown> } as const
        const response = protocol.encodeResponse({ operation }, result, 'r', request())
        const body = asBytes ? Buffer.from(response.body) : response.body
        t.deepEqual(plain(protocol.decodeResponse({ operation }, { ...response, body })), plain(result))
      }),
      { numRuns: 30, seed: 1 },
    )
  })

for (const name of Object.keys(sqsErrors) as (keyof typeof sqsErrors)[])
  test(`${name} is read as it was written, in its own words and in others`, (t) => {
    for (const error of [sqsErrors[name], sqsError(name, 'Other words: "ä\r\n".').error]) {
      const response = protocol.encodeResponse({ operation: 'SendMessage' }, { kind: 'error', error }, 'r', request())
      t.deepEqual(protocol.decodeResponse({ operation: 'SendMessage' }, response), { kind: 'error', error })
      t.deepEqual(protocol.decodeResponse({ operation: 'Nope' }, response), { kind: 'error', error })
    }
  })

test('an error that no table knows is told as the answer tells it', (t) => {
  const decode = jsonResultReader(sqsShapes, [])
  const body = '{"__type":"com.amazonaws.sqs#NewTrouble","Message":"New."}'
  t.deepEqual(decode({ operation: 'SendMessage' }, { status: 503, rawHeaders: [], body }), {
    kind: 'error',
    error: { shape: 'NewTrouble', code: 'NewTrouble', status: 503, fault: 'Receiver', message: 'New.' },
  })
})

for (const [title, rawHeaders, body, shape] of [
  [
    'with a namespace of its own',
    [],
    '{"__type":"com.amazon.coral.service#New","message":"m"}',
    'com.amazon.coral.service#New',
  ],
  ['in a header', ['x-amzn-ErrorType', 'New:http://internal.amazon.com/coral/'], '{"message":"m"}', 'New'],
  ['as a code', [], '{"code":"New","message":"m"}', 'New'],
] as const)
  test(`an error's shape is found ${title}`, (t) => {
    const result = read('SendMessage', { status: 400, rawHeaders, body }) as { error: ApiError }
    t.like(result.error, { shape, code: 'New', message: 'm', fault: 'Sender', status: 400 })
  })

test("a known error without the query protocol's header has the code of its row", (t) => {
  const body = '{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"The specified queue does not exist."}'
  const result = read('SendMessage', { status: 400, body })
  t.deepEqual(result, { kind: 'error', error: sqsErrors.QueueDoesNotExist })
})

for (const [title, response] of [
  ['HTML', { body: '<html>Bad Gateway</html>' }],
  ['a list', { body: '[]' }],
  ['half an object', { body: '{"MessageId":"' }],
  ['a number for a text', { body: '{"MessageId":7}' }],
  ['invalid UTF-8', { body: Buffer.from([0x7b, 0xff, 0x7d]) }],
  ['an error without a type', { status: 500, body: '{"message":"x"}' }],
  ['an error without a body', { status: 502 }],
  ['a redirect', { status: 302, body: '{}' }],
] as const)
  test(`${title} is unreadable`, (t) => {
    t.is(read('SendMessage', response), undefined)
  })

test('an output of an unknown operation is unreadable', (t) => {
  for (const operation of ['Nope', '', 'constructor']) t.is(read(operation, { body: '{}' }), undefined)
})
