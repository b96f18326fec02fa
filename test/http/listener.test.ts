import { once } from 'node:events'
import net from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { type Address, type Arrival, type Handler, Listener, type Written } from '../../src/http/listener.ts'
import { Writer } from '../../src/http/writer.ts'

function answered(): Written {
  return { kind: 'response', response: { status: 200, rawHeaders: [], body: 'ok' } }
}

async function listening(
  t: ExecutionContext,
  onArrival: (arrival: Arrival) => void,
  answer: Handler = answered,
): Promise<Address> {
  const handle: Handler = (arrival) => {
    onArrival(arrival)
    return answer(arrival)
  }
  const listener = new Listener(handle, new Writer())
  t.teardown(() => {
    listener.destroy()
    return listener.close()
  })
  return listener.listen({ host: '127.0.0.1', port: 0 })
}

function unasked(): never {
  throw new Error('asked')
}

test('a request arrives as it was sent: case, order and repeats of headers, target, body', async (t) => {
  const arrivals: Arrival[] = []
  const { port } = await listening(t, (arrival) => arrivals.push(arrival))
  const socket = net.connect(port, '127.0.0.1')
  socket.end('POST /a/%2Fb?c=%20 HTTP/1.1\r\nhOST: x\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 4\r\n\r\nböd')
  for await (const chunk of socket) t.regex(String(chunk), /^HTTP\/1\.1 200 OK/)
  const { request, isTls, isTooLarge } = arrivals[0] as Arrival
  t.is(request.method, 'POST')
  t.is(request.target, '/a/%2Fb?c=%20')
  t.deepEqual(request.rawHeaders, ['hOST', 'x', 'X-A', '1', 'x-a', '2', 'Content-Length', '4'])
  t.is(request.body.toString(), 'böd')
  t.false(isTls)
  t.false(isTooLarge)
})

test('a client that closes its side behind its request has its answer, whoever else is connected', async (t) => {
  const { port } = await listening(
    t,
    () => {},
    () => Promise.resolve(answered()),
  )
  const other = net.connect(port, '127.0.0.1')
  await once(other, 'connect')
  const socket = net.connect(port, '127.0.0.1')
  socket.end('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  let told = ''
  for await (const chunk of socket) told += String(chunk)
  t.regex(told, /^HTTP\/1\.1 200 OK/)
  other.destroy()
})

test('a chunked body is put together', async (t) => {
  const bodies: string[] = []
  const { port } = await listening(t, ({ request }) => bodies.push(request.body.toString()))
  const body = new ReadableStream({
    start(controller) {
      for (const part of ['one ', 'two ', 'three']) controller.enqueue(new TextEncoder().encode(part))
      controller.close()
    },
  })
  const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
  await fetch(`http://127.0.0.1:${port}/`, init)
  t.deepEqual(bodies, ['one two three'])
})

test('a request that is cut in the middle reaches nobody, and the next one is served', async (t) => {
  const arrivals: Arrival[] = []
  const { port } = await listening(t, (arrival) => arrivals.push(arrival))
  const socket = net.connect(port, '127.0.0.1')
  await new Promise((resolve) => socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf', resolve))
  socket.resetAndDestroy()
  t.is((await fetch(`http://127.0.0.1:${port}/`)).status, 200)
  t.is(arrivals.length, 1)
})

test('a head that is too long is refused, and the client reads that however long it goes on', async (t) => {
  const { port } = await listening(t, unasked)
  const head = `GET / HTTP/1.1\r\nHost: x\r\n${'a: b\r\n'.repeat(100_000)}\r\n`
  const socket = net.connect(port, '127.0.0.1')
  // The rest comes when the refusal is on its way: closing on it would reset the connection, and the answer with it.
  socket.write(head.slice(0, head.length / 2))
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate)
  socket.end(head.slice(head.length / 2))
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  t.regex(answer, /^HTTP\/1\.1 431 .*The request's head is longer than 65536 bytes\."\}$/s)
})

test('a refused client that never stops is cut off', async (t) => {
  t.timeout(10_000)
  const { port } = await listening(t, unasked)
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  t.teardown(() => socket.destroy())
  socket.on('error', () => {})
  const more = setInterval(() => socket.write('this is not HTTP\r\n\r\n'), 50)
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(more)
  t.true(socket.destroyed)
})

test('a taken port is told with the fix', async (t) => {
  const taken = await listening(t, () => {})
  const second = new Listener(unasked, new Writer())
  const error = await t.throwsAsync(second.listen(taken), { instanceOf: PipitError })
  t.is(error.code, 'port-taken')
  t.regex(error.message, new RegExp(`^port ${taken.port} is taken: .*--port or PORT`))
})

test('an address that the machine does not have is told with the fix', async (t) => {
  const listener = new Listener(unasked, new Writer())
  const error = await t.throwsAsync(listener.listen({ host: '192.0.2.1', port: 0 }), { instanceOf: PipitError })
  t.is(error.code, 'no-address')
})
