import test from 'ava'
import fc from 'fast-check'
import { contentOf } from '../../../src/injectors/rules/call-content.ts'
import { sqs } from '../../../src/sqs/service.ts'
import { exchangeOf, type WantedCall } from './lab.ts'

const service = sqs()
const digest = (call: WantedCall): string => contentOf(exchangeOf(call), service).digest

test('in words it is the operation and the queue', (t) => {
  t.is(contentOf(exchangeOf(), service).words, 'SendMessage orders')
  t.is(contentOf(exchangeOf(), undefined).words, 'SendMessage')
  t.is(contentOf(exchangeOf({ operation: undefined }), service).words, 'POST')
  t.regex(digest({}), /^[0-9a-f]{16}$/)
})

for (const [title, one, other] of [
  [
    'ids in the body',
    { body: '{"id":"550e8400-e29b-41d4-a716-446655440000"}' },
    { body: '{"id":"650e8400-e29b-41d4-a716-446655440001"}' },
  ],
  ['times in the body', { body: '{"at":1763805600123}' }, { body: '{"at":1763805700456}' }],
  ['the host of the queue', { origin: 'http://localhost:3000' }, { origin: 'http://pipit:41234' }],
  ['the session in its path', { origin: 'http://localhost:3000/s/blue/sqs' }, { origin: 'http://localhost:3000' }],
  ['the session', { session: 'blue' }, { session: 'green' }],
  ['credentials', { caller: { accessKey: 'a' } }, { caller: { accessKey: 'b' } }],
  [
    'receipt handles',
    { operation: 'DeleteMessage', input: { QueueUrl: '/q', ReceiptHandle: 'AQEBa' } },
    { operation: 'DeleteMessage', input: { QueueUrl: '/q', ReceiptHandle: 'AQEBb' } },
  ],
  [
    'receipt handles in batches',
    { operation: 'DeleteMessageBatch', input: { Entries: [{ Id: '1', ReceiptHandle: 'a' }] } },
    { operation: 'DeleteMessageBatch', input: { Entries: [{ Id: '1', ReceiptHandle: 'b' }] } },
  ],
  ['the order of members', { input: { a: 1, b: 2 } }, { input: { b: 2, a: 1 } }],
] as readonly [string, WantedCall, WantedCall][])
  test(`two calls that differ in ${title} are the same`, (t) => t.is(digest(one), digest(other)))

for (const [title, one, other] of [
  ['their body', { body: 'a' }, { body: 'b' }],
  ['their queue', { queue: 'a' }, { queue: 'b' }],
  ['their operation', { operation: 'SendMessage' }, { operation: 'ReceiveMessage' }],
  ['their try', { attempt: 1 }, { attempt: 2 }],
  ['a binary value', { input: { Data: Buffer.from('a') } }, { input: { Data: Buffer.from('b') } }],
  ['a number', { input: { VisibilityTimeout: 1 } }, { input: { VisibilityTimeout: 2 } }],
  ['what cannot be read', { operation: undefined, input: { a: 1 } }, { operation: undefined, input: { a: 2 } }],
] as readonly [string, WantedCall, WantedCall][])
  test(`two calls that differ in ${title} are not`, (t) => t.not(digest(one), digest(other)))

test('it is the same every time that it is asked for', (t) => {
  fc.assert(fc.property(fc.string(), (body) => t.is(digest({ body }), digest({ body }))))
})
