import { once } from 'node:events'
import http, { type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import net, { type AddressInfo, type Socket } from 'node:net'
import type { ExecutionContext } from 'ava'
import type { UpstreamRequest } from '../../src/core/upstream.ts'

/** A server of somebody else, and what it has seen. */
export interface FarServer {
  readonly origin: string
  readonly port: number
  /** Connections that were opened. */
  readonly connections: readonly Socket[]
  readonly requests: readonly IncomingMessage[]
}

export async function farServer(t: ExecutionContext, listener: RequestListener): Promise<FarServer> {
  const requests: IncomingMessage[] = []
  const server = http.createServer((request, response) => {
    requests.push(request)
    listener(request, response)
  })
  const connections = watched(server)
  const port = await listening(t, server, connections)
  return { origin: `http://127.0.0.1:${port}`, port, connections, requests }
}

/** One that writes bytes, whatever it is asked. */
export async function rawServer(
  t: ExecutionContext,
  talk: (socket: Socket, request: string) => void,
): Promise<FarServer> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', (bytes) => talk(socket, bytes.toString('latin1')))
  })
  const connections = watched(server)
  const port = await listening(t, server, connections)
  return { origin: `http://127.0.0.1:${port}`, port, connections, requests: [] }
}

/** The body of a request, once it is there. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export function answering(status: number, rawHeaders: string[], body: string | Buffer): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    request.resume()
    request.on('end', () => response.writeHead(status, rawHeaders).end(body))
  }
}

export function requestTo(origin: string, init: Partial<UpstreamRequest> = {}): UpstreamRequest {
  const rawHeaders = ['Host', new URL(origin).host, ...(init.rawHeaders ?? [])]
  return { origin, method: 'POST', target: '/', body: Buffer.from('{}'), ...init, rawHeaders }
}

function watched(server: net.Server): Socket[] {
  const connections: Socket[] = []
  server.on('connection', (socket: Socket) => connections.push(socket))
  return connections
}

export async function listening(
  t: ExecutionContext,
  server: Server | net.Server,
  open: readonly Socket[],
): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}
