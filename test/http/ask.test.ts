import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { ask } from '../../src/http/ask.ts'

async function serving(t: ExecutionContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a question has a method, headers and a body, and an answer a status, headers and a text', async (t) => {
  const url = await serving(t, (request, response) => {
    request.on('data', (chunk: Buffer) => {
      response
        .writeHead(201, { 'x-seen': `${request.method} ${String(request.headers['x-a'])}` })
        .end(`${String(chunk)}ü`)
    })
  })
  const reply = await ask(url, { method: 'POST', headers: { 'x-a': 'b' }, body: 'hello', timeoutMs: 5000 })
  t.like(reply, { kind: 'answer', status: 201, body: 'helloü' })
  t.is(reply.kind === 'answer' ? reply.headers['x-seen'] : undefined, 'POST b')
})

test('nobody there, nobody who answers and an answer that breaks off are told apart', async (t) => {
  t.deepEqual(await ask('http://127.0.0.1:1', { method: 'GET', timeoutMs: 5000 }), {
    kind: 'nothing',
    reason: 'ECONNREFUSED',
  })
  const silent = await serving(t, () => {})
  t.deepEqual(await ask(silent, { method: 'GET', timeoutMs: 20 }), { kind: 'nothing', reason: 'no answer in 20 ms' })
  const broken = await serving(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('a', () => response.destroy())
  })
  t.deepEqual(await ask(broken, { method: 'GET', timeoutMs: 5000 }), { kind: 'nothing', reason: 'ECONNRESET' })
})
