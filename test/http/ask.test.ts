import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { ask } from '../../src/http/ask.ts'

async function answering(t: ExecutionContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const get = { method: 'GET', timeoutMs: 5000 } as const

test('an answer is whole, whatever its status', async (t) => {
  const url = await answering(t, (request, response) => {
    response.writeHead(404, { 'x-method': request.method })
    response.write(Buffer.from('grü').subarray(0, 3))
    response.end(Buffer.from('grü').subarray(3))
  })
  const reply = await ask(url, { ...get, method: 'POST', body: 'x' })
  t.like(reply, { kind: 'answer', status: 404, body: 'grü', headers: { 'x-method': 'POST' } })
})

test('no answer in time is a value, before it begins and in the middle of it', async (t) => {
  const silent = await answering(t, () => {})
  const halfway = await answering(t, (_request, response) => void response.write('half'))
  for (const url of [silent, halfway])
    t.deepEqual(await ask(url, { ...get, timeoutMs: 100 }), { kind: 'nothing', reason: 'no answer in 100 ms' })
})

test('so is an answer that is cut, one without an end, a header that cannot be sent, and nobody there', async (t) => {
  const cut = await answering(t, (_request, response) => {
    response.writeHead(200, { 'content-length': '10' })
    response.write('half', () => response.destroy())
  })
  t.deepEqual(await ask(cut, get), { kind: 'nothing', reason: 'ECONNRESET' })
  const endless = await answering(t, (_request, response) => {
    const megabyte = Buffer.alloc(1024 * 1024)
    const more = (): void => void response.write(megabyte, (error) => error ?? more())
    more()
  })
  t.deepEqual(await ask(endless, { ...get, timeoutMs: 30_000 }), {
    kind: 'nothing',
    reason: 'an answer of more than 67108864 bytes',
  })
  t.regex(JSON.stringify(await ask(cut, { ...get, headers: { a: 'b\nc' } })), /Invalid character in header/)
  t.deepEqual(await ask('http://127.0.0.1:1', get), { kind: 'nothing', reason: 'ECONNREFUSED' })
})
