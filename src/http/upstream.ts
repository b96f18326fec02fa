import { EventEmitter } from 'node:events'
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http'
import type { Stream, Writable } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { createProxyServer } from 'http-proxy'
import { monotonicMs } from '../core/clock.ts'
import type { Failure, HttpResponse } from '../core/exchange.ts'
import type { Client, Obstacle, Send, Sent, UpstreamRequest } from '../core/upstream.ts'
import { UpstreamAgents } from './upstream-agents.ts'

/** Why each is as it is stands beside it. */
export const UPSTREAM_LIMITS = {
  /** TCP, a proxy and TLS together. */
  connectMs: 10_000,
  /** Silence above the longest long poll (20 s) and the minute after which clients give up themselves. */
  silenceMs: 75_000,
  /** Ten messages of a megabyte, escaped, and everything that AWS's other APIs answer at once. */
  bodyBytes: 64 * 1024 * 1024,
  /** A connection that nobody uses for so long is closed by us: below the 5 s after which the least patient servers do. */
  idleMs: 4000,
} as const

type Limits = Readonly<Record<keyof typeof UPSTREAM_LIMITS, number>>

export interface Upstream {
  readonly send: Send
  /** Ends the connections that are kept. */
  close(): void
}

/**
 * The way out to other servers, by http-proxy. The library is given a request that stands for the client's, whose body is
 * known, and an answer that stands for the client's, which is never written to: what comes back is collected, and is a
 * value. So the library's own ways with trailers, cut bodies, `Expect` and errors never reach a client.
 */
export function createUpstream(limits: Limits = UPSTREAM_LIMITS): Upstream {
  const agents = new UpstreamAgents(limits)
  const proxy = newProxy()
  return {
    send: (request, client) =>
      new Promise((resolve) => new Sending(request, { limits, agents, proxy, resolve }).start(client)),
    close: () => agents.close(),
  }
}

function newProxy() {
  const proxy = createProxyServer({
    selfHandleResponse: true,
    // The target as it was signed: the library would normalise it otherwise.
    toProxy: true,
    prependPath: false,
  })
  proxy.on('proxyReq', (outgoing, client, _response, _options, socket) => sendingOf(client).connect(outgoing, socket))
  proxy.on('proxyRes', (incoming, client) => sendingOf(client).read(incoming))
  return proxy
}

interface SendingParts {
  readonly limits: Limits
  readonly agents: UpstreamAgents
  readonly proxy: ReturnType<typeof newProxy>
  readonly resolve: (sent: Sent) => void
}

/** What the library takes for the client's request. */
class StandIn extends EventEmitter {
  readonly sending: Sending
  readonly method: string
  readonly url: string
  readonly headers: ReturnType<typeof headersOf>
  readonly socket = { destroyed: false }

  constructor(sending: Sending, request: UpstreamRequest) {
    super()
    this.sending = sending
    this.method = request.method
    this.url = request.target
    this.headers = headersOf(request)
  }
}

function sendingOf(client: unknown): Sending {
  return (client as StandIn).sending
}

/** One request on its way, until it has come to one end. */
class Sending {
  readonly #request: UpstreamRequest
  readonly #parts: SendingParts
  /** Its `close` is the library's sign to give up. */
  readonly #client = new EventEmitter()
  #isConnected = false
  #isSettled = false
  /** Once an answer has begun, how it is told that it does not end. */
  #cut: ((ending: Failure['ending']) => void) | undefined
  /** When something has last been heard of it. */
  #aliveMs = monotonicMs()
  #timer: NodeJS.Timeout | undefined
  #forget: () => void = () => {}

  constructor(request: UpstreamRequest, parts: SendingParts) {
    this.#request = request
    this.#parts = parts
  }

  start(client: Client): void {
    this.#forget = client.onLeave(() => this.#fail('close', 'the client went away'))
    if (this.#isSettled) return
    const { agents, proxy } = this.#parts
    const { origin, body } = this.#request
    this.#watch()
    proxy.web(
      new StandIn(this, this.#request) as unknown as IncomingMessage,
      this.#client as unknown as ServerResponse,
      // Of a body the library wants nothing but that it pipes itself.
      { ...agents.route(origin), buffer: { pipe: (to: Writable) => to.end(body) } as unknown as Stream },
      (error: NodeJS.ErrnoException) => this.#break(error),
    )
  }

  /** It has a connection, or one is being made. */
  connect(outgoing: ClientRequest, socket: NodeJS.Socket): void {
    const connected = (): void => {
      this.#isConnected = true
      this.#aliveMs = monotonicMs()
    }
    const isPending = socket instanceof TLSSocket ? !outgoing.reusedSocket : 'connecting' in socket && socket.connecting
    if (!isPending) return connected()
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', connected)
  }

  /** Its answer has begun. */
  read(incoming: IncomingMessage): void {
    const { limits, agents } = this.#parts
    const refusal = agents.refusalOf(incoming)
    if (refusal !== undefined) return this.#stop('proxy', refusal)
    const { socket } = incoming
    const chunks: Buffer[] = []
    let sizeBytes = 0
    incoming.on('data', (chunk: Buffer) => {
      sizeBytes += chunk.length
      if (sizeBytes > limits.bodyBytes) return this.#fail('close', `an answer of more than ${limits.bodyBytes} bytes`)
      chunks.push(chunk)
      this.#aliveMs = monotonicMs()
    })
    this.#cut = (ending) => {
      const promised = incoming.headers['content-length']
      this.#fail(ending, `it was cut after ${sizeBytes}${promised === undefined ? '' : ` of ${promised}`} bytes`)
    }
    const cut = (): void => this.#cut?.(socket.errored === null ? 'close' : 'reset')
    incoming.on('error', cut)
    incoming.on('close', cut)
    incoming.on('end', () => {
      if (!incoming.complete) return cut()
      this.#settle({ kind: 'response', response: responseOf(incoming, Buffer.concat(chunks)) })
    })
  }

  #break(error: NodeJS.ErrnoException): void {
    if (!this.#isConnected) return this.#stop(obstacleOf(error), whyNot(error))
    if (error.code?.startsWith('HPE_')) return this.#fail('close', `its answer is not HTTP (${error.code})`)
    // A connection that ends without an error of its own is "socket hang up".
    const ending = error.syscall === undefined ? 'close' : 'reset'
    if (this.#cut !== undefined) return this.#cut(ending)
    this.#fail(ending, `no answer: ${whyNot(error)}`)
  }

  /** One timer for a request that is answered in time: it looks whether something has been heard since it was set. */
  #watch(ms = this.#patienceMs): void {
    this.#timer = setTimeout(() => {
      const leftMs = this.#aliveMs + this.#limitMs - monotonicMs()
      if (leftMs > 0) this.#watch(Math.min(Math.ceil(leftMs), this.#patienceMs))
      else this.#giveUp()
    }, ms)
  }

  get #limitMs(): number {
    const { connectMs, silenceMs } = this.#parts.limits
    return this.#isConnected ? silenceMs : connectMs
  }

  /** Whichever limit will count. */
  get #patienceMs(): number {
    const { connectMs, silenceMs } = this.#parts.limits
    return Math.min(connectMs, silenceMs)
  }

  #giveUp(): void {
    const seconds = `${this.#limitMs / 1000} s`
    if (!this.#isConnected) this.#stop('too-slow', `no connection in ${seconds}`)
    else
      this.#fail('close', this.#cut === undefined ? `no answer in ${seconds}` : `silent for ${seconds} in its answer`)
  }

  #stop(obstacle: Obstacle, reason: string): void {
    this.#settle({ kind: 'unreachable', obstacle, reason })
  }

  #fail(ending: Failure['ending'], what: string): void {
    this.#settle({ kind: 'failure', failure: { ending, reason: `upstream: ${what}` } })
  }

  #settle(sent: Sent): void {
    if (this.#isSettled) return
    this.#isSettled = true
    clearTimeout(this.#timer)
    this.#forget()
    if (sent.kind !== 'response') this.#client.emit('close')
    this.#parts.resolve(sent)
  }
}

/** As the library wants them: by name, in order; what is there twice is a list. The length is ours to say. */
function headersOf({ method, rawHeaders, body }: UpstreamRequest): Record<string, string | string[]> {
  const headers = Object.create(null) as Record<string, string | string[]>
  const names = new Map<string, string>()
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string
    const value = rawHeaders[i + 1] as string
    const known = names.get(name.toLowerCase())
    if (known === undefined) headers[name] = value
    else headers[known] = [headers[known] as string | string[], value].flat()
    names.set(name.toLowerCase(), known ?? name)
  }
  if (body.length > 0 || !['GET', 'HEAD'].includes(method)) headers['content-length'] = String(body.length)
  return headers
}

function responseOf({ statusCode = 0, rawHeaders, rawTrailers }: IncomingMessage, body: Buffer): HttpResponse {
  return { status: statusCode, rawHeaders, body, ...(rawTrailers.length > 0 && { rawTrailers }) }
}

function obstacleOf({ code = '', syscall }: NodeJS.ErrnoException): Obstacle {
  if (code === 'ENOTFOUND') return 'no-such-host'
  if (code === 'ETIMEDOUT') return 'too-slow'
  if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'ECONNRESET') return 'refused'
  // What is left on the way to a connection is TLS: a certificate, a version, no TLS at all.
  return 'not-trusted'
}

/** Several addresses were tried: one error each, and no message of their own. */
function whyNot(error: NodeJS.ErrnoException | AggregateError): string {
  if ('errors' in error) return error.errors.map((each: Error) => each.message).join(', ')
  return error.message
}
