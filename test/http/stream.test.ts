import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { writeStream } from '../../src/http/stream.ts'

async function serving(t: ExecutionContext, chunks: AsyncIterable<string | Buffer>) {
  const { promise: ended, resolve } = deferred()
  const server = http.createServer((_request, response) => {
    void writeStream(response, { status: 200, rawHeaders: ['Content-Type', 'text/plain'], chunks }).then(resolve)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return { port: (server.address() as AddressInfo).port, ended }
}

test('chunks are written one after the other, and the answer ends with the last', async (t) => {
  async function* chunks(): AsyncGenerator<string | Buffer> {
    yield 'a'
    await Promise.resolve()
    yield Buffer.from('b')
  }
  const { port, ended } = await serving(t, chunks())
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  t.is(answer.headers.get('content-type'), 'text/plain')
  t.is(await answer.text(), 'ab')
  await ended
})

test('the head is there before the first chunk is', async (t) => {
  const { promise, resolve } = deferred()
  async function* chunks(): AsyncGenerator<string> {
    await promise
    yield 'late'
  }
  const { port } = await serving(t, chunks())
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  resolve()
  t.is(await answer.text(), 'late')
})

test('a reader that stops reading is not written for, and one that goes ends the stream', async (t) => {
  let pulled = 0
  let isReleased = false
  async function* chunks(): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        pulled++
        yield Buffer.alloc(1024 * 1024)
        await new Promise((resolve) => setImmediate(resolve))
      }
    } finally {
      isReleased = true
    }
  }
  const { port, ended } = await serving(t, chunks())
  const socket = net.connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'readable')
  let before = -1
  while (before !== pulled) {
    before = pulled
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
  }
  t.true(pulled < 50, `${pulled} MiB were pulled for nobody`)
  socket.destroy()
  await ended
  t.true(isReleased)
})

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}
