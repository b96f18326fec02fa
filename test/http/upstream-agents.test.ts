import http from 'node:http'
import https from 'node:https'
import net, { type Socket } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { Presence } from '../../src/core/exchange.ts'
import { createWallClock } from '../../src/core/clock.ts'
import { createAuthority } from '../../src/http/authority.ts'
import { UpstreamAgents } from '../../src/http/upstream-agents.ts'
import { createUpstream } from '../../src/http/upstream.ts'
import { answering, farServer, listening, requestTo } from './far-server.ts'

const VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY']

test.beforeEach(() => {
  for (const name of VARIABLES.flatMap((each) => [each, each.toLowerCase()])) delete process.env[name]
})

interface Proxy {
  readonly url: string
  /** `CONNECT host:port` or `GET http://…`, with what the client says of itself. */
  readonly seen: readonly string[]
}

/** One that lets everything through, to one server whatever its name, or nothing. */
async function proxy(t: ExecutionContext, to: number, status = 200): Promise<Proxy> {
  const seen: string[] = []
  const open: Socket[] = []
  const server = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    const on = http.request({ port: to, host: '127.0.0.1', method: 'POST', headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
    })
    request.pipe(on)
  })
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    open.push(socket as Socket)
    socket.on('error', () => {})
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`)
    const far = net.connect(to, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      far.pipe(socket).pipe(far)
    })
    far.on('error', () => {})
    open.push(far)
  })
  const port = await listening(t, server, open)
  return { url: `http://127.0.0.1:${port}`, seen }
}

async function secureServer(t: ExecutionContext): Promise<number> {
  const authority = await createAuthority(createWallClock())
  const open: Socket[] = []
  const server = https.createServer(await authority.issue(['upstream.test']), answering(200, [], 'secret'))
  server.on('connection', (socket: Socket) => open.push(socket))
  return listening(t, server, open)
}

function upstream(t: ExecutionContext) {
  const made = createUpstream()
  t.teardown(() => made.close())
  return (origin: string) => made.send(requestTo(origin), new Presence())
}

test.serial(
  'HTTPS goes through the tunnel of a proxy, with its password, and whom nobody vouches for is not trusted',
  async (t) => {
    const { url, seen } = await proxy(t, await secureServer(t))
    process.env['https_proxy'] = url.replace('//', '//user:p%40ss@')
    const sent = await upstream(t)('https://upstream.test')
    t.deepEqual(sent, {
      kind: 'unreachable',
      obstacle: 'not-trusted',
      reason: 'self-signed certificate in certificate chain',
    })
    t.deepEqual(seen, [`CONNECT upstream.test:443 Basic ${Buffer.from('user:p@ss').toString('base64')}`])
  },
)

test.serial('HTTP goes to a proxy by its whole address', async (t) => {
  const far = await farServer(t, answering(200, [], 'plain'))
  const { url, seen } = await proxy(t, far.port)
  process.env['ALL_PROXY'] = url
  const sent = await upstream(t)('http://upstream.test:4566')
  t.is(sent.kind === 'response' && sent.response.body.toString(), 'plain')
  t.deepEqual(seen, ['POST http://upstream.test:4566/'])
  t.is(far.requests[0]?.headers.host, 'upstream.test:4566')
})

test.serial('what a proxy refuses is no answer of the upstream', async (t) => {
  const { url } = await proxy(t, 1, 407)
  process.env['HTTPS_PROXY'] = url
  t.deepEqual(await upstream(t)('https://upstream.test'), {
    kind: 'unreachable',
    obstacle: 'proxy',
    reason: `the proxy ${new URL(url).host} answers 407`,
  })
})

test.serial('a proxy that is not there is told about', async (t) => {
  process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1'
  const sent = await upstream(t)('https://upstream.test')
  t.deepEqual(sent, {
    kind: 'unreachable',
    obstacle: 'refused',
    reason: 'connect ECONNREFUSED 127.0.0.1:1',
  })
})

test.serial('this machine and what NO_PROXY names are reached directly', (t) => {
  process.env['ALL_PROXY'] = 'http://proxy.test:3128'
  process.env['NO_PROXY'] = 'direct.test,.inside.test'
  const agents = new UpstreamAgents({ idleMs: 1000 })
  const direct = agents.of('http://127.0.0.1:1')
  for (const origin of [
    'http://localhost:2',
    'http://a.localhost',
    'http://[::1]:3',
    'http://direct.test',
    'http://b.inside.test',
  ])
    t.is(agents.of(origin), direct, origin)
  t.not(agents.of('http://other.test'), direct)
  t.not(agents.of('https://localhost'), direct)
  agents.close()
})
