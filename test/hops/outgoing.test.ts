import test from 'ava'
import type { HttpRequest } from '../../src/core/exchange.ts'
import { outgoing, type OutgoingOptions, passedOn, rewritten, targetBelow } from '../../src/hops/outgoing.ts'

const request = (rawHeaders: readonly string[], target = '/'): HttpRequest => ({
  method: 'POST',
  target,
  rawHeaders,
  body: Buffer.from('{}'),
})

const options = (init: Partial<OutgoingOptions> & { url?: string } = {}): OutgoingOptions => ({
  endpoint: { url: init.url ?? 'http://far:4566', scope: undefined },
  target: '/',
  via: undefined,
  isRead: false,
  ...init,
})

test('headers keep their order, case and repeats; those of this hop stay here', (t) => {
  const { rawHeaders } = outgoing(
    request([
      'X-Amz-Target',
      'A.B',
      'host',
      'localhost:3000',
      'Connection',
      'keep-alive, X-Local',
      'x-local',
      'a',
      'Keep-Alive',
      'timeout=5',
      'Transfer-Encoding',
      'chunked',
      'Content-Length',
      '2',
      'Expect',
      '100-continue',
      'TE',
      'trailers',
      'Trailer',
      'x',
      'Proxy-Authorization',
      'Basic x',
      'X-Forwarded-For',
      '10.0.0.1',
      'Forwarded',
      'for=10.0.0.1',
      'Accept-Encoding',
      'gzip',
      'amz-sdk-request',
      'attempt=1',
      'X-Two',
      'a',
      'x-two',
      'b',
    ]),
    options(),
  )
  t.deepEqual(rawHeaders, [
    'Host',
    'far:4566',
    'X-Amz-Target',
    'A.B',
    'Accept-Encoding',
    'gzip',
    'amz-sdk-request',
    'attempt=1',
    'X-Two',
    'a',
    'x-two',
    'b',
  ])
})

test('an answer that is to be read is asked for as it is', (t) => {
  const { rawHeaders } = outgoing(request(['Accept-Encoding', 'gzip, br']), options({ isRead: true }))
  t.deepEqual(rawHeaders, ['Host', 'far:4566', 'Accept-Encoding', 'identity'])
})

test('it says by whom it came, after those before', (t) => {
  t.deepEqual(outgoing(request([]), options({ via: 'pipit-1' })).rawHeaders, ['Host', 'far:4566', 'Via', '1.1 pipit-1'])
  t.deepEqual(outgoing(request(['Via', '1.1 nginx']), options({ via: 'pipit-1' })).rawHeaders.slice(2), [
    'Via',
    '1.1 nginx, 1.1 pipit-1',
  ])
})

test('the path is below that of the upstream', (t) => {
  for (const [url, target, origin, wanted] of [
    ['http://far:4566', '/000000000000/orders?Action=x', 'http://far:4566', '/000000000000/orders?Action=x'],
    ['https://far/base', '/', 'https://far', '/base/'],
    ['http://far:3000/s/green', '/orders', 'http://far:3000', '/s/green/orders'],
    ['http://[::1]:3000', '/', 'http://[::1]:3000', '/'],
  ] as const) {
    const sent = outgoing(request([]), options({ url, target }))
    t.deepEqual([sent.origin, sent.target], [origin, wanted])
  }
})

for (const [target, mount, wanted] of [
  ['/', '', '/'],
  ['/sqs', '/sqs', '/'],
  ['/sqs/', '/sqs', '/'],
  ['/sqs?Action=x', '/sqs', '/?Action=x'],
  ['/s/blue/sqs/000000000000/orders', '/s/blue/sqs', '/000000000000/orders'],
  ['/s/blue', '/s/blue', '/'],
  ['/000000000000/orders', '', '/000000000000/orders'],
  ['http://localhost:3000/sqs/orders', '/sqs', '/orders'],
  ['http://localhost:3000', '', '/'],
] as const) {
  test(`of ${target} below '${mount}' the path ${wanted} goes on`, (t) => {
    t.is(targetBelow({ request: request([], target), mount }), wanted)
  })
}

test('an answer keeps its headers but for those of the connection', (t) => {
  const rawHeaders = [
    'X-Amzn-RequestId',
    '1',
    'Connection',
    'close, x-here',
    'X-Here',
    'a',
    'Transfer-Encoding',
    'chunked',
    'Content-Length',
    '2',
    'Date',
    'Thu, 01 Jan 2026 00:00:00 GMT',
    'x-pipit-source',
    'mock',
    'Set-Cookie',
    'a',
    'Set-Cookie',
    'b',
  ]
  t.deepEqual(passedOn({ status: 200, rawHeaders, body: '{}' }), {
    status: 200,
    rawHeaders: [
      'X-Amzn-RequestId',
      '1',
      'Date',
      'Thu, 01 Jan 2026 00:00:00 GMT',
      'Set-Cookie',
      'a',
      'Set-Cookie',
      'b',
    ],
    body: '{}',
  })
})

test('an answer that is written anew keeps the headers that it does not say itself', (t) => {
  const theirs = { status: 201, rawHeaders: ['X-Amzn-RequestId', '1', 'Date', 'd', 'content-type', 'x'], body: 'old' }
  const ours = { status: 200, rawHeaders: ['x-amzn-RequestId', '1', 'Content-Type', 'y'], body: 'new' }
  t.deepEqual(rewritten(theirs, ours), {
    status: 201,
    rawHeaders: ['x-amzn-RequestId', '1', 'Content-Type', 'y', 'Date', 'd'],
    body: 'new',
  })
})
