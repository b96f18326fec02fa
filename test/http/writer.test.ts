import http from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import type { Ending, Outcome } from '../../src/core/exchange.ts'
import { Writer } from '../../src/http/writer.ts'

const answer: Outcome & { kind: 'response' } = {
  kind: 'response',
  response: { status: 201, rawHeaders: ['x-Case', 'Kept', 'X-Twice', 'a', 'X-Twice', 'b'], body: 'grüße' },
}

async function serving(t: ExecutionContext, outcome: Outcome): Promise<{ port: number; writer: Writer }> {
  const writer = new Writer()
  const server = http.createServer((_request, response) => writer.write(response, outcome))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, writer }
}

interface Seen {
  readonly status?: number | undefined
  readonly rawHeaders: readonly string[]
  readonly body: string
  readonly error?: string | undefined
}

/** What a client sees of it: also half an answer. */
function get(port: number): Promise<Seen> {
  return new Promise((resolve) => {
    const request = http.get({ port, host: '127.0.0.1', agent: false }, (response) => {
      let body = ''
      const end = (error?: string): void =>
        resolve({ status: response.statusCode, rawHeaders: response.rawHeaders, body, error })
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => end())
      response.on('error', (error: NodeJS.ErrnoException) => end(error.code))
    })
    request.on('error', (error: NodeJS.ErrnoException) => resolve({ rawHeaders: [], body: '', error: error.code }))
  })
}

test('a response is written as it is, with its length in bytes', async (t) => {
  const { port } = await serving(t, answer)
  const { status, rawHeaders, body } = await get(port)
  t.is(status, 201)
  t.is(body, 'grüße')
  t.deepEqual(rawHeaders.slice(0, 8), ['x-Case', 'Kept', 'X-Twice', 'a', 'X-Twice', 'b', 'Content-Length', '7'])
})

test('an empty body has length 0', async (t) => {
  const { port } = await serving(t, { ...answer, response: { status: 200, rawHeaders: [], body: '' } })
  const { rawHeaders } = await get(port)
  t.deepEqual(rawHeaders.slice(0, 2), ['Content-Length', '0'])
})

for (const ending of ['reset', 'close'] as const satisfies readonly Ending[])
  test(`a failure that ends in ${ending} answers nothing`, async (t) => {
    const { port } = await serving(t, { kind: 'failure', failure: { ending, reason: 'test' } })
    const { status, error } = await get(port)
    t.is(status, undefined)
    t.is(error, 'ECONNRESET')
  })

test('a cut answer promises all of it and delivers a part', async (t) => {
  const { port } = await serving(t, { ...answer, delivery: [{ kind: 'cut', atByte: 2, ending: 'close' }] })
  const { status, body, error } = await get(port)
  t.is(status, 201)
  t.is(body, 'gr')
  t.is(error, 'ECONNRESET')
})

test('what hangs, hangs until it is released', async (t) => {
  const { port, writer } = await serving(t, { kind: 'failure', failure: { ending: 'hang', reason: 'test' } })
  const seen = get(port)
  const early = await Promise.race([seen, new Promise((resolve) => setTimeout(resolve, 100, 'still hanging'))])
  t.is(early, 'still hanging')
  writer.release()
  t.is((await seen).error, 'ECONNRESET')
})
