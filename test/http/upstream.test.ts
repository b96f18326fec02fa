import { once } from 'node:events'
import net from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { type HttpResponse, Presence } from '../../src/core/exchange.ts'
import type { Sent, UpstreamRequest } from '../../src/core/upstream.ts'
import { createUpstream, UPSTREAM_LIMITS } from '../../src/http/upstream.ts'
import { answering, bodyOf, farServer, rawServer, requestTo } from './far-server.ts'

function sending(t: ExecutionContext, limits: Partial<Record<keyof typeof UPSTREAM_LIMITS, number>> = {}) {
  const upstream = createUpstream({ ...UPSTREAM_LIMITS, ...limits })
  t.teardown(() => upstream.close())
  return (request: UpstreamRequest, client = new Presence()): Promise<Sent> => upstream.send(request, client)
}

function answered(sent: Sent): HttpResponse {
  if (sent.kind !== 'response') throw new Error(JSON.stringify(sent))
  return sent.response
}

test('a request arrives as it was handed over: target, names in their case and order, repeats, bytes', async (t) => {
  const far = await farServer(t, (request, response) => {
    void bodyOf(request).then((body) => response.end(body))
  })
  const body = Buffer.from([0, 255, 128, 13, 10])
  const target = '//a/../b%2Fc/?x=%7E&y=a+b&z=?&empty='
  const rawHeaders = ['X-ONE', '1', 'x-Two', 'a', 'Content-Type', 'application/x-amz-json-1.0', 'X-two', 'b']
  const sent = await sending(t)(requestTo(far.origin, { target, rawHeaders, body }))
  t.deepEqual(answered(sent).body, body)
  const [seen] = far.requests
  t.is(seen?.url, target)
  t.is(seen?.method, 'POST')
  t.deepEqual(seen?.rawHeaders, [
    'Host',
    `127.0.0.1:${far.port}`,
    'X-ONE',
    '1',
    'x-Two',
    'a',
    'x-Two',
    'b',
    'Content-Type',
    'application/x-amz-json-1.0',
    'content-length',
    '5',
    'Connection',
    'keep-alive',
  ])
})

test('a request without a body says so where that matters', async (t) => {
  const far = await farServer(t, answering(200, [], ''))
  const send = sending(t)
  for (const method of ['GET', 'DELETE', 'POST', 'OPTIONS'])
    await send(requestTo(far.origin, { method, body: Buffer.alloc(0) }))
  const lengths = far.requests.map(({ headers }) => [headers['content-length'], headers['transfer-encoding']])
  t.deepEqual(lengths, [
    [undefined, undefined],
    ['0', undefined],
    ['0', undefined],
    ['0', undefined],
  ])
})

test('an answer comes back as it was written: status, names, repeats, bytes', async (t) => {
  const body = Buffer.from([0, 255, 10])
  const far = await farServer(t, answering(418, ['X-CASE', 'Kept', 'Set-Cookie', 'a', 'Set-Cookie', 'b'], body))
  const { status, rawHeaders, body: read } = answered(await sending(t)(requestTo(far.origin)))
  t.is(status, 418)
  t.deepEqual(rawHeaders.slice(0, 6), ['X-CASE', 'Kept', 'Set-Cookie', 'a', 'Set-Cookie', 'b'])
  t.deepEqual(read, body)
})

test('an answer in chunks is whole', async (t) => {
  const far = await farServer(t, (_request, response) => {
    response.write('one ')
    response.write('two ')
    response.end('three')
  })
  t.is(answered(await sending(t)(requestTo(far.origin))).body.toString(), 'one two three')
})

test('what comes behind an answer in chunks comes along', async (t) => {
  const far = await farServer(t, (_request, response) => {
    response.writeHead(200, { trailer: 'X-Sum' })
    response.addTrailers([['X-Sum', 'abc']])
    response.end('body')
  })
  const { body, rawTrailers } = answered(await sending(t)(requestTo(far.origin)))
  t.is(body.toString(), 'body')
  t.deepEqual(rawTrailers, ['X-Sum', 'abc'])
})

test('a long body goes out and comes back', async (t) => {
  const far = await farServer(t, (request, response) => void bodyOf(request).then((body) => response.end(body)))
  const body = Buffer.alloc(8 * 1024 * 1024, 'x')
  t.true(body.equals(answered(await sending(t)(requestTo(far.origin, { body }))).body as Buffer))
})

test('one request after the other goes over one connection, two at once over two', async (t) => {
  const far = await farServer(t, answering(200, [], 'ok'))
  const send = sending(t)
  for (let n = 0; n < 10; n++) answered(await send(requestTo(far.origin)))
  t.is(far.connections.length, 1)
  await Promise.all([send(requestTo(far.origin)), send(requestTo(far.origin))])
  t.is(far.connections.length, 2)
  t.is(far.requests.length, 12)
})

test('a connection that nobody uses is closed before the other side does it', async (t) => {
  const far = await farServer(t, answering(200, [], 'ok'))
  answered(await sending(t, { idleMs: 20 })(requestTo(far.origin)))
  const [connection] = far.connections
  if (connection?.destroyed !== true) await once(connection as net.Socket, 'close')
  t.pass()
})

test('a connection that is used is not: a long poll may be silent for longer', async (t) => {
  const far = await farServer(t, (_request, response) => void setTimeout(() => response.end('late'), 200))
  t.is(answered(await sending(t, { idleMs: 20 })(requestTo(far.origin))).body.toString(), 'late')
})

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}

test('a client that goes away takes the request with it', async (t) => {
  let leave = (): void => t.fail('nobody watches')
  const client = new Presence((leaves) => void (leave = leaves))
  const ends = deferred()
  const far = await farServer(t, (request) => {
    request.once('close', () => ends.resolve())
    leave()
  })
  const sent = await sending(t)(requestTo(far.origin, { method: 'GET', body: Buffer.alloc(0) }), client)
  t.deepEqual(sent, { kind: 'failure', failure: { ending: 'close', reason: 'upstream: the client went away' } })
  await ends.promise
})

test('for a client that has gone already nothing is sent', async (t) => {
  const far = await farServer(t, answering(200, [], ''))
  t.is((await sending(t)(requestTo(far.origin), new Presence((leave) => leave()))).kind, 'failure')
  t.is(far.connections.length, 0)
})

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n'

for (const [what, talk, ending, reason] of [
  ['ends without an answer', (socket) => socket.end(), 'close', 'no answer: socket hang up'],
  ['is reset without an answer', (socket) => socket.resetAndDestroy(), 'reset', 'no answer: read ECONNRESET'],
  ['ends in the head', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty'), 'close', 'no answer: socket hang up'],
  [
    'ends in the body',
    (socket) => socket.end(`${HEAD}Content-Length: 10\r\n\r\nhalf`),
    'close',
    'it was cut after 4 of 10 bytes',
  ],
  [
    'is reset in the body',
    (socket) =>
      socket.write(`${HEAD}Content-Length: 10\r\n\r\nhalf`, () => setTimeout(() => socket.resetAndDestroy(), 20)),
    'reset',
    'it was cut after 4 of 10 bytes',
  ],
  [
    'ends between chunks',
    (socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`),
    'close',
    'it was cut after 4 bytes',
  ],
  [
    'writes a bad chunk',
    (socket) => socket.end(`${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n`),
    'close',
    'its answer is not HTTP (HPE_INVALID_CHUNK_SIZE)',
  ],
  [
    'is no HTTP',
    (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    'close',
    'its answer is not HTTP (HPE_INVALID_CONSTANT)',
  ],
] as const satisfies ReadonlyArray<
  readonly [what: string, talk: (socket: net.Socket) => void, ending: string, reason: string]
>) {
  test(`a connection that ${what} is a failure, and no answer`, async (t) => {
    const far = await rawServer(t, talk)
    t.deepEqual(await sending(t)(requestTo(far.origin)), {
      kind: 'failure',
      failure: { ending, reason: `upstream: ${reason}` },
    })
  })
}

test('an answer without a length ends with its connection', async (t) => {
  const far = await rawServer(t, (socket) => socket.end(`${HEAD}\r\nall of it`))
  t.is(answered(await sending(t)(requestTo(far.origin))).body.toString(), 'all of it')
})

test('interim answers are not the answer', async (t) => {
  const far = await rawServer(t, (socket) =>
    socket.end(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${HEAD}Content-Length: 2\r\n\r\nok`),
  )
  t.is(answered(await sending(t)(requestTo(far.origin))).body.toString(), 'ok')
})

test('one that never answers, and one that stops in its answer, are given up', async (t) => {
  const mute = await rawServer(t, () => {})
  const stuck = await rawServer(t, (socket) => void socket.write(`${HEAD}Content-Length: 10\r\n\r\nhalf`))
  const send = sending(t, { silenceMs: 500 })
  const [none, half] = await Promise.all([send(requestTo(mute.origin)), send(requestTo(stuck.origin))])
  t.deepEqual(none, {
    kind: 'failure',
    failure: { ending: 'close', reason: 'upstream: no answer in 0.5 s' },
  })
  t.deepEqual(half, {
    kind: 'failure',
    failure: { ending: 'close', reason: 'upstream: silent for 0.5 s in its answer' },
  })
})

test('an answer without an end is given up', async (t) => {
  const far = await farServer(t, answering(200, [], 'x'.repeat(2000)))
  t.deepEqual(await sending(t, { bodyBytes: 1000 })(requestTo(far.origin)), {
    kind: 'failure',
    failure: { ending: 'close', reason: 'upstream: an answer of more than 1000 bytes' },
  })
})

test('where nobody listens nothing has been executed, and the reason says so', async (t) => {
  const far = await rawServer(t, () => {})
  const free = net.createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as net.AddressInfo
  await new Promise((resolve) => free.close(resolve))
  const send = sending(t, { connectMs: 300 })
  t.deepEqual(await send(requestTo(`http://127.0.0.1:${port}`)), {
    kind: 'unreachable',
    obstacle: 'refused',
    reason: `connect ECONNREFUSED 127.0.0.1:${port}`,
  })
  const name = await send(requestTo('http://nothing.invalid'))
  t.is(name.kind, 'unreachable')
  t.regex(name.kind === 'unreachable' ? name.reason : '', /nothing\.invalid/)
  // The other side takes the connection and then says nothing of TLS.
  t.deepEqual(await send(requestTo(`https://127.0.0.1:${far.port}`)), {
    kind: 'unreachable',
    obstacle: 'too-slow',
    reason: 'no connection in 0.3 s',
  })
})

test('HTTPS to where only HTTP is spoken is not trusted, and says why', async (t) => {
  const far = await farServer(t, answering(200, [], ''))
  const sent = await sending(t)(requestTo(`https://127.0.0.1:${far.port}`))
  t.is(sent.kind === 'unreachable' && sent.obstacle, 'not-trusted')
})

test('a hundred at once each get their own answer', async (t) => {
  const far = await farServer(t, (request, response) => void bodyOf(request).then((body) => response.end(body)))
  const send = sending(t)
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, n) => send(requestTo(far.origin, { body: Buffer.from(`${n}`) }))),
  )
  t.deepEqual(
    answers.map((sent) => answered(sent).body.toString()),
    Array.from({ length: 100 }, (_, n) => `${n}`),
  )
})
