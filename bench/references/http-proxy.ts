import { Agent, createServer } from 'node:http'
import { createRequire } from 'node:module'
import type * as HttpProxy from 'http-proxy'

/** What a forward through Node's usual proxy costs: the library alone, its connections to the other server kept. */
const { createProxyServer } = createRequire(import.meta.url)('http-proxy') as typeof HttpProxy
const [port, upstream] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true, noDelay: true })
const proxy = createProxyServer({ target: `http://127.0.0.1:${upstream}`, agent })
proxy.on('error', () => {})

const server = createServer({ noDelay: true, keepAlive: true }, (request, response) => proxy.web(request, response))
server.keepAliveTimeout = 120_000
server.listen(Number(port), '127.0.0.1')
