import http, { type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http'
import net, { type Socket } from 'node:net'
import { type HttpRequest, type Outcome, Presence, type StreamResponse } from '../core/exchange.ts'
import { cannotListen, type ListenWords } from './cannot-listen.ts'
import { rawSocket, rememberRawSockets } from './raw-socket.ts'
import { writeStream } from './stream.ts'
import type { TlsIdentity } from './tls-identity.ts'
import { Turn } from './turn.ts'
import type { Writer } from './writer.ts'

/** What the gateway is asked to answer. */
export interface Arrival {
  readonly request: HttpRequest
  readonly presence: Presence
  readonly isTls: boolean
  /** The body was longer than the limit and was thrown away: only the head is there. */
  readonly isTooLarge: boolean
}

/** What the writer can write: an outcome, or an answer whose end nobody knows. */
export type Written = Outcome | { readonly kind: 'stream'; readonly response: StreamResponse }

export type Handler = (arrival: Arrival) => Promise<Written> | Written

export interface Address {
  readonly host: string
  readonly port: number
}

/** Why each is as it is stands beside it. */
export const LIMITS = {
  /** A message of 1 MiB, escaped as JSON, can be six times that. */
  bodyBytes: 8 * 1024 * 1024,
  /** A presigned GET carries its parameters, and a session token, in the head. */
  headBytes: 64 * 1024,
  headers: 1000,
  connections: 10_000,
  /** Above the 75 s for which pooled clients keep connections: whoever closes first must not be the server. */
  keepAliveMs: 120_000,
  /** A head must have come by then, a whole request by then: slow clients hold sockets, not the gateway. */
  headMs: 20_000,
  requestMs: 60_000,
  /** Nothing read and nothing written for so long, a long poll's 20 s included. */
  idleMs: 120_000,
} as const

export interface ListenerTls {
  readonly identity: TlsIdentity
  /** A client said that it does not trust the certificate, and from where. */
  readonly onDistrust: (address: string) => void
}

/** A request that has come whole, and where its answer goes. */
interface Asked {
  readonly arrival: Arrival
  readonly response: ServerResponse
}

interface Answered {
  readonly response: ServerResponse
  readonly written: Written
}

/** One HTTP port: reads whole requests within the limits, asks the handler, lets the writer answer. */
export class Listener {
  readonly #server: Server
  readonly #handle: Handler
  readonly #writer: Writer
  readonly #sockets = new Set<Socket>()
  readonly #turn: Turn<Asked, Answered>
  readonly #tls: ListenerTls | undefined

  /** With `tls` it speaks HTTPS. */
  constructor(handle: Handler, writer: Writer, tls?: ListenerTls) {
    this.#handle = handle
    this.#writer = writer
    this.#tls = tls
    this.#turn = new Turn(
      (asked) => this.#answer(asked),
      (answered) => this.#write(answered),
    )
    const options = {
      noDelay: true,
      keepAlive: true,
      keepAliveTimeout: LIMITS.keepAliveMs,
      headersTimeout: LIMITS.headMs,
      requestTimeout: LIMITS.requestMs,
      maxHeaderSize: LIMITS.headBytes,
      // Node checks the two timeouts above so often.
      connectionsCheckingInterval: 10_000,
    }
    this.#server = tls === undefined ? http.createServer(options) : secureServer(options, tls.identity)
    this.#server.maxHeadersCount = LIMITS.headers
    this.#server.maxConnections = LIMITS.connections
    this.#server.timeout = LIMITS.idleMs
    this.#server.on('connection', (socket) => this.#accept(socket))
    this.#server.on('request', (request, response) => this.#read(request, response))
    this.#server.on('clientError', (error: NodeJS.ErrnoException, socket) => this.#refuse(error, socket as Socket))
  }

  /** Answers the real address. Port 0 takes a free one. After `suspend` it may be the same one again. */
  listen(address: Address): Promise<Address> {
    return new Promise((resolve, reject) => {
      const words = this.#tls === undefined ? HTTP_WORDS : TLS_WORDS
      this.#server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, address, words)))
      this.#server.listen({ host: address.host, port: address.port, ipv6Only: address.host.includes(':') }, () => {
        this.#server.removeAllListeners('error')
        const bound = this.#server.address()
        if (bound === null || typeof bound === 'string') return reject(new Error('a TCP server has an address'))
        resolve({ host: address.host, port: bound.port })
      })
    })
  }

  /** New connections are refused; those that are open go on, and are served. Until `listen`, or until `close`. */
  suspend(): void {
    // What the HTTP server's own does besides is for good: it closes connections that are idle.
    net.Server.prototype.close.call(this.#server)
  }

  /** Takes no new connection; resolves when the last one is gone. */
  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }

  /** Closes connections on which nothing is under way. */
  closeIdle(): void {
    this.#server.closeIdleConnections()
  }

  /** Cuts what is still open. */
  destroy(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  #refuse(error: NodeJS.ErrnoException, socket: Socket): void {
    if (DISTRUST.test(error.code ?? '')) this.#tls?.onDistrust(rawSocket(socket).remoteAddress ?? 'an unknown address')
    refuse(error, socket)
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    // A client may close its side behind its request: Node does the same when it sees that, and there is no answer then.
    socket.prependListener('end', () => this.#turn.end())
  }

  #read(incoming: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = []
    let sizeBytes = 0
    incoming.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length
      if (sizeBytes <= LIMITS.bodyBytes) chunks.push(chunk)
      else chunks.length = 0
    })
    incoming.on('end', () => {
      const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
      const arrival = arrivalOf(incoming, response, body, sizeBytes > LIMITS.bodyBytes)
      this.#ask({ arrival, response })
    })
    // A client that goes away while it sends: there is nobody to answer, and Node closes the socket.
    incoming.on('error', () => response.destroy())
  }

  /** Where one client asks one thing after the other, nothing else comes in a turn. */
  #ask(asked: Asked): void {
    if (this.#sockets.size > 1) return this.#turn.add(asked)
    const answered = this.#answer(asked)
    if (answered !== undefined) this.#write(answered)
  }

  #answer({ arrival, response }: Asked): Answered | undefined {
    const written = this.#handle(arrival)
    if (!(written instanceof Promise)) return { response, written }
    void written.then((settled) => this.#turn.done({ response, written: settled }))
    return undefined
  }

  #write({ response, written }: Answered): void {
    if (written.kind === 'stream') void writeStream(response, written.response)
    else this.#writer.write(response, written)
  }
}

function arrivalOf(incoming: IncomingMessage, response: ServerResponse, body: Buffer, isTooLarge: boolean): Arrival {
  const { method = 'GET', url: target = '/', rawHeaders, socket } = incoming
  const presence = new Presence((leave) => {
    if (response.destroyed) leave()
    else response.once('close', () => response.writableFinished || leave())
  })
  return { request: { method, target, rawHeaders, body }, presence, isTls: 'encrypted' in socket, isTooLarge }
}

function secureServer(options: ServerOptions, identity: TlsIdentity): Server {
  const { createServer } = process.getBuiltinModule('node:https')
  const server = createServer({ ...options, ...identity.options, handshakeTimeout: LIMITS.headMs })
  rememberRawSockets(server)
  return server
}

/** The alerts by which a client says that the certificate is none for it. */
const DISTRUST = /^ERR_SSL_(?:TLSV1|SSLV3)_ALERT_(?:UNKNOWN_CA|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN)$/

/**
 * How long a refused client may go on talking. Bytes that nobody has read turn the end of a connection into a reset, and
 * that would take the answer along.
 */
const LINGER_MS = 1000

/** What is not HTTP, or too much of it, gets an answer all the same, and the connection ends. */
function refuse(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET') return void socket.destroy()
  if (error.code === 'ERR_SSL_HTTP_REQUEST') return refusePlainHttp(rawSocket(socket))
  if (error.code?.startsWith('ERR_SSL_')) return void socket.destroy()
  // Every chunk that still comes is an error again; its answer is on the way.
  if (!socket.writable) return
  const linger = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.once('close', () => clearTimeout(linger))
  const [status, reason, message] = refusalOf(error.code)
  const body = JSON.stringify({ __type: 'com.amazon.coral.service#SerializationException', message })
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/x-amz-json-1.0\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

/** There is no TLS to answer in, but the client reads HTTP. */
function refusePlainHttp(raw: Socket): void {
  const body = 'This port speaks HTTPS, and the request came as plain HTTP.\n'
  raw.end(
    'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function refusalOf(code: string | undefined): readonly [number, string, string] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return [431, 'Request Header Fields Too Large', `The request's head is longer than ${LIMITS.headBytes} bytes.`]
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'Request Timeout', 'The request did not arrive in time.']
  return [400, 'Bad Request', 'This is not an HTTP/1.1 request.']
}

const HTTP_WORDS: ListenWords = {
  port: '--port or PORT (0 takes any free one)',
  plainPort: '--port or PORT',
  host: '--host or PIPIT_HOST',
}
const TLS_WORDS: ListenWords = {
  port: '--tls-listen or PIPIT_TLS_LISTEN (:0 takes any free one)',
  plainPort: '--tls-listen or PIPIT_TLS_LISTEN, like :8443',
  host: '--tls-listen or PIPIT_TLS_LISTEN',
}
