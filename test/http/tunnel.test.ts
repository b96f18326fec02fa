import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { createWallClock } from '../../src/core/clock.ts'
import type { Delivery } from '../../src/core/exchange.ts'
import type { Tap } from '../../src/core/tap.ts'
import { Tunnel } from '../../src/http/tunnel.ts'

const words = { port: 'LISTEN', plainPort: 'LISTEN', host: 'LISTEN' }

/** Notes what it is told, bytes as texts put together. */
function noting() {
  const told: string[] = []
  const bytes = (from: string, chunk: Buffer): void => {
    const last = told.at(-1)
    if (last?.startsWith(`${from} `) === true) told[told.length - 1] = last + chunk.toString('latin1')
    else told.push(`${from} ${chunk.toString('latin1')}`)
  }
  const tap: Tap = {
    isIdle: false,
    connected: () => told.push('connected'),
    fromClient: (chunk) => bytes('client', chunk),
    fromServer: (chunk) => bytes('server', chunk),
    clientEnded: () => told.push('client ended'),
    serverEnded: () => told.push('server ended'),
    cut: (ending) => told.push(`cut ${ending}`),
    broke: (side, code) => told.push(`${side} ${code}`),
    closed: () => told.push('closed'),
  }
  return { tap, told }
}

const SILENT = noting().tap

interface Open {
  readonly port: number
  readonly bugs: unknown[]
  readonly tunnel: Tunnel
}

/** A server with this handler, and a port that stands for it. */
async function forwarded(
  t: ExecutionContext,
  serve: (socket: net.Socket) => void,
  tap: Tap = SILENT,
  deliveries?: readonly Delivery[],
): Promise<Open> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {})
    serve(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return opened(t, (server.address() as net.AddressInfo).port, tap, deliveries)
}

async function opened(t: ExecutionContext, target: number, tap: Tap, deliveries?: readonly Delivery[]): Promise<Open> {
  const bugs: unknown[] = []
  const tunnel = new Tunnel({
    target: { host: '127.0.0.1', port: target },
    open: () => ({ tap, ...(deliveries !== undefined && { deliveries: () => deliveries }) }),
    words,
    wall: createWallClock(),
    onBug: (error) => bugs.push(error),
  })
  const { port } = await tunnel.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => {
    tunnel.destroy()
    return tunnel.close()
  })
  return { port, bugs, tunnel }
}

async function connected(port: number): Promise<net.Socket> {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  await once(socket, 'connect')
  return socket
}

/** Up to the end of this side; the other one stays as it is. */
async function all(socket: net.Socket): Promise<Buffer> {
  const chunks: Buffer[] = []
  socket.on('data', (chunk: Buffer) => chunks.push(chunk))
  await once(socket, 'end')
  return Buffer.concat(chunks)
}

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('bytes go on unchanged and in order, in both directions at once', async (t) => {
  const [up, down] = [randomBytes(3_000_000), randomBytes(3_000_000)]
  let received: Promise<Buffer> | undefined
  const { port } = await forwarded(t, (socket) => {
    received = all(socket)
    socket.end(down)
  })
  const client = await connected(port)
  client.end(up)
  const answer = await all(client)
  const hash = (bytes: Buffer | undefined) =>
    createHash('sha256')
      .update(bytes ?? '')
      .digest('hex')
  t.is(hash(answer), hash(down))
  t.is(hash(await received), hash(up))
})

test('the tap is told of everything, in its order', async (t) => {
  const { tap, told } = noting()
  const { port } = await forwarded(t, (socket) => socket.on('data', (bytes) => socket.end(`got ${String(bytes)}`)), tap)
  const client = await connected(port)
  client.end('hello')
  t.is((await all(client)).toString(), 'got hello')
  await until(() => told.includes('closed'))
  // The client's bytes are told of when they come, whether or not the target has taken the connection.
  const ofServer = told.filter((line) => /^(?:connected|server|closed)/.test(line))
  t.deepEqual(ofServer, ['connected', 'server got hello', 'server ended', 'closed'])
  t.true(told.includes('client hello'))
  t.true(told.includes('client ended'))
})

test('a client that ends its side is still answered', async (t) => {
  const { port } = await forwarded(
    t,
    (socket) => void all(socket).then((bytes) => socket.end(`${bytes.length} bytes, all of it`)),
  )
  const client = await connected(port)
  client.end('hello')
  t.is((await all(client)).toString(), '5 bytes, all of it')
})

test('a server that ends its side still reads', async (t) => {
  const heard: string[] = []
  const { port } = await forwarded(t, (socket) => {
    socket.end('bye')
    socket.on('data', (bytes) => heard.push(String(bytes)))
  })
  const client = await connected(port)
  t.is((await all(client)).toString(), 'bye')
  client.end('and more')
  await until(() => heard.join('') === 'and more')
  t.pass()
})

test('a server that resets resets the client, after what it had sent', async (t) => {
  const { tap, told } = noting()
  const { port } = await forwarded(
    t,
    (socket) => socket.once('data', () => socket.write('half', () => socket.resetAndDestroy())),
    tap,
  )
  const client = await connected(port)
  client.write('x')
  let got = ''
  client.on('data', (bytes) => (got += String(bytes)))
  // Node takes a reset that comes with the last bytes for an end, until something is written.
  client.on('end', () => client.write(''))
  const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException]
  t.is(error.code, 'ECONNRESET')
  await until(() => told.includes('closed'))
  t.true(told.includes('server ECONNRESET'))
  t.is(got, 'half')
})

test('a client that resets resets the server', async (t) => {
  const { tap, told } = noting()
  const errors: string[] = []
  const { port } = await forwarded(
    t,
    (socket) => socket.on('error', (error: NodeJS.ErrnoException) => errors.push(error.code ?? '')).resume(),
    tap,
  )
  const client = await connected(port)
  client.write('x')
  await until(() => told.includes('client x'))
  client.resetAndDestroy()
  await until(() => told.includes('closed') && errors.length > 0)
  t.deepEqual(errors, ['ECONNRESET'])
  t.true(told.includes('client ECONNRESET'))
})

test('a target that is not there resets the client, and the port lives on', async (t) => {
  const { tap, told } = noting()
  const closed = net.createServer().listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port: free } = closed.address() as net.AddressInfo
  closed.close()
  const { port } = await opened(t, free, tap)
  for (let i = 0; i < 2; i++) {
    told.length = 0
    const client = net.connect(port, '127.0.0.1')
    const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException]
    t.is(error.code, 'ECONNRESET')
    await until(() => told.includes('closed'))
    t.deepEqual(told, ['server ECONNREFUSED', 'closed'])
  }
})

for (const side of ['client', 'server'] as const)
  test(`a ${side} that does not read stops the other, and costs no memory`, async (t) => {
    const received: net.Socket[] = []
    const { port } = await forwarded(t, (socket) => received.push(socket))
    const client = await connected(port)
    await until(() => received.length > 0)
    const [writer, reader] =
      side === 'server' ? [client, received[0] as net.Socket] : [received[0] as net.Socket, client]
    reader.pause()
    let written = 0
    const chunk = Buffer.alloc(64 * 1024, 'x')
    // Until nothing moves any more: what sockets and the tunnel hold is full.
    for (let before = -1; before !== written;) {
      before = written
      for (let i = 0; i < 50; i++) if (writer.writableLength === 0 && writer.write(chunk)) written += chunk.length
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    t.true(written < 64 * 1024 * 1024, `${written}`)
    let read = 0
    reader.on('data', (bytes: Buffer) => (read += bytes.length)).resume()
    writer.end()
    await once(reader, 'end')
    t.true(read >= written)
  })

test('a tap that throws is told no more, and its connection goes on', async (t) => {
  const broken: Tap = {
    ...SILENT,
    fromClient: () => {
      throw new Error('the insides')
    },
    fromServer: () => t.fail('told'),
  }
  const { port, bugs } = await forwarded(t, (socket) => socket.pipe(socket), broken)
  const client = await connected(port)
  client.end('hello')
  t.is((await all(client)).toString(), 'hello')
  t.deepEqual(bugs.map(String), ['Error: the insides'])
})

test('idle connections are closed first, then all', async (t) => {
  const idle = await forwarded(t, (socket) => socket.resume(), { ...SILENT, isIdle: true })
  const client = await connected(idle.port)
  await until(() => client.readyState === 'open')
  await new Promise((resolve) => setTimeout(resolve, 50))
  idle.tunnel.closeIdle()
  client.resume()
  await once(client, 'end')
  const busy = await forwarded(t, (socket) => socket.resume())
  const other = await connected(busy.port)
  await new Promise((resolve) => setTimeout(resolve, 50))
  busy.tunnel.closeIdle()
  t.is(other.readyState, 'open')
  const done = busy.tunnel.close()
  busy.tunnel.destroy()
  await done
  t.pass()
})

test('a port that is taken is a complaint that says what to do', async (t) => {
  const { port } = await forwarded(t, () => {})
  const tunnel = new Tunnel({
    target: { host: '127.0.0.1', port: 1 },
    open: () => ({ tap: SILENT }),
    words,
    wall: createWallClock(),
    onBug: () => {},
  })
  const error = await t.throwsAsync(tunnel.listen({ host: '127.0.0.1', port }), { instanceOf: PipitError })
  t.is(error?.message, `port ${port} is taken: stop what listens there, or choose another with LISTEN`)
})

test('200 clients at once, each with its own bytes', async (t) => {
  const { port } = await forwarded(t, (socket) => socket.pipe(socket))
  const echoes = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      const client = await connected(port)
      const sent = Buffer.alloc(20_000, `${i}/`)
      client.end(sent)
      return (await all(client)).equals(sent)
    }),
  )
  t.true(echoes.every(Boolean))
})

test('a target that is not there: whoever has asked something learns of it at once, and what was asked is told first', async (t) => {
  const { tap, told } = noting()
  const { port } = await opened(t, 9, tap)
  const client = net.connect(port, '127.0.0.1', () => client.write('anybody?'))
  const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException]
  t.is(error.code, 'ECONNRESET')
  await until(() => told.includes('closed'))
  t.deepEqual(told, ['client anybody?', 'server ECONNREFUSED', 'closed'])
})

test('faults: what the server sends goes on changed, the tap is told what has gone on, and a cut ends both ends', async (t) => {
  const { tap, told } = noting()
  const gone: string[] = []
  const { port } = await forwarded(
    t,
    (socket) => {
      socket.write('0123456789')
      socket.resume().once('close', () => gone.push('server'))
    },
    tap,
    [{ kind: 'cut', at: { part: 'body', at: 4 }, ending: 'reset' }],
  )
  const client = await connected(port)
  let got = ''
  client.on('data', (bytes) => (got += String(bytes))).on('end', () => client.write(''))
  await once(client, 'error')
  t.is(got, '0123')
  await until(() => told.includes('closed') && gone.length > 0)
  t.deepEqual(
    told.filter((line) => !line.startsWith('connected')),
    ['server 0123', 'cut reset', 'closed'],
  )
})

test('faults: without a cut everything goes on, and both ends end', async (t) => {
  const { tap, told } = noting()
  const { port } = await forwarded(t, (socket) => socket.pipe(socket), tap, [{ kind: 'slice', bytes: 2, waitMs: 1 }])
  const client = await connected(port)
  client.end('hello')
  t.is((await all(client)).toString(), 'hello')
  await until(() => told.includes('closed'))
  t.true(told.includes('server hello'))
})

test('a suspended port takes nobody new, what is open goes on, and closing waits for it', async (t) => {
  const { port, tunnel } = await forwarded(t, (socket) => socket.pipe(socket))
  const client = await connected(port)
  client.write('a')
  await once(client, 'data')
  tunnel.suspend()
  const refused = net.connect(port, '127.0.0.1')
  const [error] = (await once(refused, 'error')) as [NodeJS.ErrnoException]
  t.is(error.code, 'ECONNREFUSED')
  client.write('b')
  t.is(String((await once(client, 'data'))[0]), 'b')
  let isClosed = false
  const closed = tunnel.close().then(() => (isClosed = true))
  await new Promise((resolve) => setTimeout(resolve, 50))
  t.false(isClosed)
  tunnel.destroy()
  t.true(await closed)
})

test('only connections that a fault has in its hands are released', async (t) => {
  const plain = await forwarded(t, (socket) => socket.pipe(socket))
  const held = await forwarded(t, (socket) => socket.pipe(socket), SILENT, [
    { kind: 'cut', at: { part: 'body', at: 0 }, ending: 'hang' },
  ])
  const [one, other] = [await connected(plain.port), await connected(held.port)]
  for (const client of [one, other]) client.on('error', () => {}).write('x')
  await once(one, 'data')
  plain.tunnel.release()
  held.tunnel.release()
  await new Promise((resolve) =>
    other
      .once('close', resolve)
      .resume()
      .once('end', () => other.end()),
  )
  t.is(one.readyState, 'open')
})
