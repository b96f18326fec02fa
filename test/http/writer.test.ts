import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import tls from 'node:tls'
import test, { type ExecutionContext } from 'ava'
import { createWallClock } from '../../src/core/clock.ts'
import type { Delivery, Ending, HttpResponse } from '../../src/core/exchange.ts'
import { createAuthority } from '../../src/http/authority.ts'
import { rememberRawSockets } from '../../src/http/raw-socket.ts'
import { type Addressed, Writer } from '../../src/http/writer.ts'

const response: HttpResponse = {
  status: 201,
  rawHeaders: ['x-Case', 'Kept', 'X-Twice', 'a', 'X-Twice', 'b'],
  body: 'grüße',
}
const answer: Addressed = { kind: 'response', response }
const delivered = (...delivery: readonly Delivery[]): Addressed => ({ ...answer, delivery })
const failed = (ending: Ending, session?: string): Addressed => ({
  kind: 'failure',
  failure: { ending, reason: 'test' },
  ...(session !== undefined && { session }),
})

interface Serving {
  readonly port: number
  readonly writer: Writer
  readonly ca?: string
  /** How many requests have come. */
  readonly asked?: () => number
}

/** Answers every request with the next of the outcomes, the last one for ever. */
async function serving(t: ExecutionContext, ...outcomes: readonly Addressed[]): Promise<Serving> {
  const writer = new Writer()
  let asked = 0
  const answerNext: http.RequestListener = (_request, target) =>
    writer.write(target, outcomes[Math.min(asked++, outcomes.length - 1)] as Addressed)
  return { port: await open(t, http.createServer(answerNext)), writer, asked: () => asked }
}

async function servingTls(t: ExecutionContext, outcome: Addressed): Promise<Serving> {
  const writer = new Writer()
  const authority = await createAuthority(createWallClock())
  const server = https.createServer(await authority.issue(['localhost']), (_request, target) =>
    writer.write(target, outcome),
  )
  rememberRawSockets(server)
  return { port: await open(t, server), writer, ca: authority.caPem }
}

async function open(t: ExecutionContext, server: http.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

interface Seen {
  readonly status?: number | undefined
  readonly rawHeaders: readonly string[]
  readonly body: string
  readonly error?: string | undefined
}

/** What a client sees of it: also half an answer. */
function get(port: number, agent: http.Agent | false = false, method = 'GET'): Promise<Seen> {
  return new Promise((resolve) => {
    const request = http.request({ port, host: '127.0.0.1', agent, method }, (incoming) => {
      const chunks: Buffer[] = []
      const end = (error?: string): void =>
        resolve({
          status: incoming.statusCode,
          rawHeaders: incoming.rawHeaders,
          body: Buffer.concat(chunks).toString(),
          error,
        })
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => end())
      incoming.on('error', (error: NodeJS.ErrnoException) => end(error.code))
    })
    request.on('error', (error: NodeJS.ErrnoException) => resolve({ rawHeaders: [], body: '', error: error.code }))
    request.end()
  })
}

interface Bytes {
  readonly bytes: Buffer
  /** When each piece came, from the request on. */
  readonly atMs: readonly number[]
  readonly error: string | undefined
}

/** What comes over the connection itself, until it ends. */
async function bytesOf({ port, ca }: Serving, request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'): Promise<Bytes> {
  const socket =
    ca === undefined
      ? net.connect(port, '127.0.0.1')
      : tls.connect({ port, host: '127.0.0.1', servername: 'localhost', ca })
  const pieces: Buffer[] = []
  const atMs: number[] = []
  let error: string | undefined
  const startedMs = performance.now()
  socket.on('data', (chunk: Buffer) => {
    pieces.push(chunk)
    atMs.push(performance.now() - startedMs)
  })
  socket.on('error', (seen: NodeJS.ErrnoException) => (error = seen.code))
  socket.write(request)
  await new Promise((resolve) => socket.once('close', resolve))
  return { bytes: Buffer.concat(pieces), atMs, error }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

const stillOpen = <T>(promise: Promise<T>): Promise<T | 'still open'> =>
  Promise.race([promise, new Promise<'still open'>((resolve) => setTimeout(resolve, 100, 'still open'))])

test('a response is written as it is, with its length in bytes', async (t) => {
  const { port } = await serving(t, answer)
  const { status, rawHeaders, body } = await get(port)
  t.is(status, 201)
  t.is(body, 'grüße')
  t.deepEqual(rawHeaders.slice(0, 8), ['x-Case', 'Kept', 'X-Twice', 'a', 'X-Twice', 'b', 'Content-Length', '7'])
})

test('what comes behind a body does so', async (t) => {
  const rawTrailers = ['X-Sum', 'abc', 'X-Twice', 'a', 'X-Twice', 'b']
  const { port } = await serving(t, {
    ...answer,
    response: { status: 200, rawHeaders: ['X-A', '1'], body: 'b', rawTrailers },
  })
  const response = await new Promise<IncomingMessage>((resolve) =>
    http.get({ port, host: '127.0.0.1', agent: false }, resolve),
  )
  response.resume()
  await once(response, 'end')
  t.is(response.headers.trailer, 'X-Sum, X-Twice, X-Twice')
  t.is(response.headers['content-length'], undefined)
  t.deepEqual(response.rawTrailers, rawTrailers)
})

test('an empty body has length 0', async (t) => {
  const { port } = await serving(t, { ...answer, response: { status: 200, rawHeaders: [], body: '' } })
  const { rawHeaders } = await get(port)
  t.deepEqual(rawHeaders.slice(0, 2), ['Content-Length', '0'])
})

for (const ending of ['reset', 'close'] as const satisfies readonly Ending[])
  test(`a failure that ends in ${ending} answers nothing`, async (t) => {
    const { port } = await serving(t, failed(ending))
    const { status, error } = await get(port)
    t.is(status, undefined)
    t.is(error, 'ECONNRESET')
  })

for (const secure of [false, true]) {
  const over = secure ? 'over TLS' : 'over TCP'
  const start = (t: ExecutionContext, outcome: Addressed): Promise<Serving> =>
    secure ? servingTls(t, outcome) : serving(t, outcome)

  test(`${over}: a reset is a reset, an ordinary end is one`, async (t) => {
    t.like(await bytesOf(await start(t, failed('reset'))), { error: 'ECONNRESET', bytes: Buffer.alloc(0) })
    t.like(await bytesOf(await start(t, failed('close'))), { error: undefined, bytes: Buffer.alloc(0) })
  })

  for (const [ending, error] of [
    ['reset', 'ECONNRESET'],
    ['close', undefined],
  ] as const)
    test(`${over}: an answer that is cut in its head comes so far, then ${ending}`, async (t) => {
      const outcome = delivered({ kind: 'cut', at: { part: 'head', at: 20 }, ending })
      const seen = await bytesOf(await start(t, outcome))
      t.is(seen.bytes.toString(), 'HTTP/1.1 201 Created')
      t.is(seen.error, error)
    })

  test(`${over}: garbage comes instead of HTTP`, async (t) => {
    const garbage: Delivery = { kind: 'garbage', from: { part: 'head', at: 0 }, seed: 5 }
    const end: Delivery = { kind: 'cut', at: { part: 'body', fraction: 1 }, ending: 'close' }
    const { bytes, error } = await bytesOf(await start(t, delivered(garbage, end)))
    t.true(bytes.length > 100)
    t.true(bytes.every((byte) => byte >= 0x80))
    t.is(error, undefined)
  })
}

test('a cut answer promises all of it and delivers a part', async (t) => {
  const { port } = await serving(t, delivered({ kind: 'cut', at: { part: 'body', at: 2 }, ending: 'close' }))
  const { status, rawHeaders, body, error } = await get(port)
  t.is(status, 201)
  t.deepEqual(rawHeaders.slice(6, 8), ['Content-Length', '7'])
  t.is(body, 'gr')
  t.is(error, 'ECONNRESET')
})

test('an HTTP client takes garbage for garbage', async (t) => {
  const { port } = await serving(t, delivered({ kind: 'garbage', from: { part: 'head', at: 0 }, seed: 5 }))
  t.regex((await get(port)).error ?? '', /^HPE_/)
})

test('what is delivered whole is what would have been written', async (t) => {
  const { port } = await serving(t, answer, delivered({ kind: 'slice', bytes: 16, waitMs: 1 }))
  const withoutDate = ({ rawHeaders, ...seen }: Seen) => ({
    ...seen,
    rawHeaders: rawHeaders.filter((_, i) => rawHeaders[i - (i % 2)] !== 'Date'),
  })
  t.deepEqual(withoutDate(await get(port)), withoutDate(await get(port)))
})

test('slices come one after the other, the head too', async (t) => {
  const { port } = await serving(t, delivered({ kind: 'slice', bytes: 30, waitMs: 20 }))
  const { bytes, atMs } = await bytesOf(
    { port, writer: new Writer() },
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  )
  t.regex(bytes.toString(), /^HTTP\/1\.1 201 Created\r\n[^]*\r\n\r\ngrüße$/)
  const slices = Math.ceil(bytes.length / 30)
  t.true(slices > 3)
  t.true((atMs.at(-1) ?? 0) >= (slices - 1) * 19, atMs.join(' '))
})

test('a connection goes on after an answer that was delivered whole', async (t) => {
  const slow = delivered({ kind: 'slice', bytes: 40, waitMs: 1 })
  const { port } = await serving(t, slow, answer, slow, answer)
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  const sockets = new Set<unknown>()
  agent.on('free', (socket) => sockets.add(socket))
  for (let i = 0; i < 4; i++) t.like(await get(port, agent), { status: 201, body: 'grüße' })
  t.is(sockets.size, 1)
})

test('the answer to HEAD has no body, however it is delivered', async (t) => {
  const { port } = await serving(t, delivered({ kind: 'slice', bytes: 40, waitMs: 1 }))
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  t.like(await get(port, agent, 'HEAD'), { status: 201, body: '' })
  t.like(await get(port, agent), { status: 201, body: 'grüße' })
})

test('a request that was sent before the answer to the last one came has its turn', async (t) => {
  const serve = await serving(
    t,
    delivered({ kind: 'slice', bytes: 40, waitMs: 5 }),
    delivered({ kind: 'cut', at: { part: 'body', at: 2 }, ending: 'close' }),
  )
  const { bytes } = await bytesOf(serve, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(2))
  t.regex(bytes.toString(), /grüßeHTTP\/1\.1 201 Created\r\n[^]*\r\n\r\ngr$/)
})

test('what hangs, hangs until it is released', async (t) => {
  const { port, writer, asked } = await serving(t, failed('hang'))
  const seen = get(port)
  await until(() => asked?.() === 1)
  t.is(await stillOpen(seen), 'still open')
  writer.release()
  t.like(await seen, { error: 'ECONNRESET' })
})

test('a session is released by itself, what it delivers included', async (t) => {
  const { port, writer, asked } = await serving(
    t,
    failed('hang', 'blue'),
    failed('hang', 'green'),
    { ...delivered({ kind: 'wait', ms: 60_000 }), session: 'blue' },
    { ...delivered({ kind: 'cut', at: { part: 'body', at: 1 }, ending: 'hang' }), session: 'blue' },
  )
  const answers: Promise<Seen>[] = []
  for (let i = 1; i <= 4; i++) {
    answers.push(get(port))
    await until(() => asked?.() === i)
  }
  await stillOpen(answers[3] as Promise<Seen>)
  writer.release('blue')
  const [blue, green, late, half] = answers as [Promise<Seen>, Promise<Seen>, Promise<Seen>, Promise<Seen>]
  t.like(await blue, { error: 'ECONNRESET' })
  t.like(await late, { error: 'ECONNRESET' })
  t.like(await half, { status: 201, body: 'g', error: 'ECONNRESET' })
  t.is(await stillOpen(green), 'still open')
  writer.release('green')
  t.like(await green, { error: 'ECONNRESET' })
})

test('a delivery ends with its client, and the next client is served', async (t) => {
  const { port } = await serving(t, delivered({ kind: 'slice', bytes: 1, waitMs: 10 }), answer)
  const socket = net.connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'data')
  socket.resetAndDestroy()
  t.like(await get(port), { status: 201, body: 'grüße' })
})

for (const [what, wrong, told] of [
  ['a line break in a header', { rawHeaders: ['x-a', 'b\r\nc: d'] }, /Invalid character in header content \["x-a"\]/],
  ['a status that there is not', { status: 9999 }, /Invalid status code: 9999/],
  ['a body that is none', { body: 5 as unknown as string }, /cannot be written/],
] as const)
  test(`${what} is told to the client, and the server lives`, async (t) => {
    const outcome: Addressed = { kind: 'response', response: { ...response, ...wrong } }
    const delivery: readonly Delivery[] = [{ kind: 'slice', bytes: 40, waitMs: 1 }]
    const { port } = await serving(t, outcome, { ...outcome, delivery }, answer)
    for (let tries = 0; tries < 2; tries++) {
      const { status, body } = await get(port)
      t.is(status, 500)
      t.regex(body, told)
    }
    t.is((await get(port)).status, 201)
  })
