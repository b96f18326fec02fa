import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { probe, probeUntilReady } from '../../src/http/probe.ts'

/** The URL of a server that goes with the test. */
async function serving(t: ExecutionContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/_pipit/readyz`
}

test('an answer is an answer, whatever it says', async (t) => {
  for (const status of [200, 503]) {
    const url = await serving(t, (request, response) => {
      response.writeHead(request.url === '/_pipit/readyz' ? status : 404).end('{}')
    })
    t.deepEqual(await probe(url, 1000), { kind: 'answer', status })
  }
})

test('an endless body is not waited for', async (t) => {
  const url = await serving(t, (_request, response) => {
    response.write('x')
  })
  t.deepEqual(await probe(url, 1000), { kind: 'answer', status: 200 })
})

test('nobody there, nobody answering and no HTTP are nothing, with the reason', async (t) => {
  t.deepEqual(await probe('http://127.0.0.1:1/', 1000), { kind: 'nothing', reason: 'ECONNREFUSED' })
  const silent = await serving(t, () => {})
  t.deepEqual(await probe(silent, 30), { kind: 'nothing', reason: 'no answer in 30 ms' })
  const rude = await serving(t, (request) => request.socket.end('what?\n'))
  t.deepEqual(await probe(rude, 1000), { kind: 'nothing', reason: 'HPE_INVALID_CONSTANT' })
})

test('who is waited for is asked until the answer is 200, or the time is over', async (t) => {
  let asked = 0
  const server = createServer((_request, response) => response.writeHead(++asked < 3 ? 503 : 200).end())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  t.deepEqual(await probeUntilReady(url, 1000, 0), { kind: 'answer', status: 503 })
  t.deepEqual(await probeUntilReady(url, 1000, 60_000), { kind: 'answer', status: 200 })
  t.is(asked, 3)
})
