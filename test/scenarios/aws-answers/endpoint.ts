import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { VirtualClock } from '../../../src/core/clock.ts'
import {
  createExchange,
  isDecodeFailure,
  Presence,
  type HttpRequest,
  type HttpResponse,
} from '../../../src/core/exchange.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { sqs } from '../../../src/sqs/service.ts'
import type { Headers, Reply, Send } from './send.ts'
import { signed, type Identity } from './signature.ts'

/** Whom the scenarios talk to. */
export interface Endpoint {
  readonly send: Send
  /** Lets time pass: on the virtual clock, or really. */
  pass(seconds: number): Promise<void>
  close(): void
}

/** A fresh mock in this process; or, with PIPIT_TEST_ENDPOINT, whatever answers there. */
export function openEndpoint(): Endpoint {
  const url = process.env['PIPIT_TEST_ENDPOINT']
  return url === undefined || url === '' ? inProcess() : overHttp(new URL(url))
}

const MOCK_ORIGIN = 'http://localhost:3000'
const MOCK_CALLER = { accessKey: 'test', region: 'moon-base-alpha', account: '123456789012', signingName: 'sqs' }

function inProcess(): Endpoint {
  const clock = new VirtualClock()
  const service = sqs()
  const mock = service.mock({ clock, wall: clock, random: seededRandom(1) })

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    const protocol = service.protocols.find((candidate) => candidate.claims(request))
    if (protocol === undefined) throw new Error(`no protocol claims ${request.method} ${request.target}`)
    const exchange = createExchange({
      id: randomUUID(),
      leg: 'mock',
      service: service.name,
      session: 'default',
      mount: '',
      origin: MOCK_ORIGIN,
      caller: MOCK_CALLER,
      request,
      receivedAtMs: clock.nowMs(),
      presence: new Presence(),
      decode: (encoded, mount) => protocol.decodeRequest(encoded, mount),
    })
    const call = exchange.call()
    if (isDecodeFailure(call)) throw new Error(`not decoded: ${JSON.stringify(call.error)}`)
    return protocol.encodeResponse(call, await mock.call(call, exchange), exchange.id, request)
  }

  return {
    async send(method, target, headers, body) {
      const rawHeaders = Object.entries({ host: new URL(MOCK_ORIGIN).host, ...headers }).flat()
      const response = await answer({ method, target, rawHeaders, body: Buffer.from(body) })
      return { status: response.status, headers: headersOf(response), body: Buffer.from(response.body) }
    },
    async pass(seconds) {
      // What was asked before waits by now.
      await new Promise(setImmediate)
      clock.advance(seconds * 1000)
    },
    close: () => mock.close(),
  }
}

function headersOf(response: HttpResponse): Headers {
  const headers: Record<string, string> = {}
  for (let at = 0; at < response.rawHeaders.length; at += 2)
    headers[(response.rawHeaders[at] as string).toLowerCase()] = response.rawHeaders[at + 1] as string
  return headers
}

function overHttp(base: URL): Endpoint {
  const prefix = base.pathname.replace(/\/$/, '')
  return {
    async send(method, target, headers, body): Promise<Reply> {
      // A queue's path carries the prefix already: it comes from a QueueUrl.
      const url = new URL(target.startsWith(`${prefix}/`) ? target : prefix + target, base)
      const all = signed(identity(), { host: url.host, path: url.pathname, headers, body }, new Date())
      const response = await fetch(url, { method, headers: all, body: method === 'GET' ? null : body })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: Buffer.from(await response.arrayBuffer()),
      }
    },
    pass: (seconds) => sleep(seconds * 1000),
    close: () => undefined,
  }
}

function identity(): Identity {
  const sessionToken = process.env['AWS_SESSION_TOKEN']
  return {
    accessKey: process.env['AWS_ACCESS_KEY_ID'] ?? 'test',
    secretKey: process.env['AWS_SECRET_ACCESS_KEY'] ?? 'test',
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    ...(sessionToken === undefined ? {} : { sessionToken }),
  }
}
