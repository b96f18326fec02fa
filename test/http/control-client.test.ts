import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { controlClient } from '../../src/http/control-client.ts'

async function serving(
  t: ExecutionContext,
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => answer(request, response, body))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a question has its method, query, session, token and body, and its answer is JSON', async (t) => {
  const url = await serving(t, ({ method, url: target, headers }, response, body) => {
    response.end(JSON.stringify({ method, target, authorization: headers.authorization, body: JSON.parse(body) }))
  })
  const client = controlClient({ url: `${url}/s/green/`, session: 'blue', token: 'open-sesame' })
  t.is(client.url, `${url}/s/green`)
  const answer = await client.ask('POST', '/_pipit/clock', { query: { a: '1', b: undefined }, body: { advance: '5m' } })
  t.deepEqual(answer, {
    method: 'POST',
    target: '/s/green/_pipit/clock?session=blue&a=1',
    authorization: 'Bearer open-sesame',
    body: { advance: '5m' },
  })
})

test('an empty answer is undefined, and a text stays one', async (t) => {
  const url = await serving(t, ({ method }, response) => response.end(method === 'DELETE' ? '' : 'a text'))
  t.is(await controlClient({ url }).ask('DELETE', '/x'), undefined)
  t.is(await controlClient({ url }).text('/x'), 'a text')
})

test('a complaint is thrown in its own words, under its own code', async (t) => {
  const url = await serving(t, (_request, response) => {
    response.writeHead(409).end('{"error":"there is one","code":"conflict"}')
  })
  await t.throwsAsync(controlClient({ url }).ask('POST', '/x'), {
    name: 'PipitError',
    code: 'conflict',
    message: 'there is one',
  })
})

test('somebody else who answers there is told apart, and nobody at all too', async (t) => {
  const wrong = await serving(t, (_request, response) => response.writeHead(404).end('<html>'))
  await t.throwsAsync(controlClient({ url: wrong }).ask('GET', '/x'), { code: 'not-pipit', message: /answers 404/ })
  const page = await serving(t, (_request, response) => response.end('<html>'))
  await t.throwsAsync(controlClient({ url: page }).ask('GET', '/x'), { code: 'not-pipit', message: /not JSON/ })
  const nobody = controlClient({ url: 'http://127.0.0.1:1' })
  await t.throwsAsync(nobody.ask('GET', '/x'), { code: 'not-reachable', message: /ECONNREFUSED.*--url or PIPIT_URL/ })
})

test('a stream is read event by event, goes on behind the last one, and ends with its signal', async (t) => {
  const url = await serving(t, ({ headers }, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.write(`id: 8\ndata: after ${String(headers['last-event-id'])}\n\n`)
  })
  const stop = new AbortController()
  const seen: string[] = []
  for await (const { data } of controlClient({ url }).stream('/x', { signal: stop.signal, lastEventId: '7' })) {
    seen.push(data)
    stop.abort()
  }
  t.deepEqual(seen, ['after 7'])
})

test('a stream that is refused throws the complaint', async (t) => {
  const url = await serving(t, (_request, response) => {
    response.writeHead(429).end('{"error":"too many readers","code":"too-many"}')
  })
  const stream = controlClient({ url }).stream('/x', { signal: new AbortController().signal })
  await t.throwsAsync(
    async () => {
      for await (const event of stream) t.log(event)
    },
    { code: 'too-many' },
  )
  const nobody = controlClient({ url: 'http://127.0.0.1:1' }).stream('/x', { signal: new AbortController().signal })
  await t.throwsAsync(
    async () => {
      for await (const event of nobody) t.log(event)
    },
    { code: 'not-reachable' },
  )
})
