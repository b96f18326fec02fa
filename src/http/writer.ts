import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Clock, createWallClock } from '../core/clock.ts'
import type { Ending, HttpResponse, Outcome } from '../core/exchange.ts'
import { deliver, type DeliveryTo, endConnection } from './delivery.ts'
import { deliveryPlan } from './delivery-plan.ts'

/** An outcome, and whose faults have a hand in how it is written: who ends that session, ends this. */
export type Addressed = Outcome & { readonly session?: string }

type Answered = Outcome & { readonly kind: 'response' }

/** Executes outcomes on client sockets: the only place that writes to a client. */
export class Writer {
  readonly #wall: Clock
  /** Connections on which a fault hangs or delivers, with the session. */
  readonly #held = new Map<Socket, string | undefined>()

  constructor(wall: Clock = createWallClock()) {
    this.#wall = wall
  }

  write(response: ServerResponse, outcome: Addressed): void {
    if (response.destroyed) return
    if (outcome.kind === 'response' && outcome.delivery === undefined) return writeWhole(response, outcome.response)
    // The answer to a pipelined request has its socket when those before it are written.
    if (response.socket === null) response.once('socket', () => void this.#hold(response, outcome))
    else void this.#hold(response, outcome)
  }

  /** Ends what hangs or is still being delivered: in one session, or everything. */
  release(session?: string): void {
    for (const [socket, holder] of this.#held) if (session === undefined || session === holder) socket.destroy()
  }

  /** Until the connection is gone, or is as after every other answer. */
  async #hold(response: ServerResponse, outcome: Addressed): Promise<void> {
    const socket = response.socket as Socket
    const wall = this.#wall
    const left = new AbortController()
    const leave = (): void => {
      this.#held.delete(socket)
      left.abort()
    }
    this.#held.set(socket, outcome.session)
    socket.once('close', leave)
    const ending =
      outcome.kind === 'failure'
        ? outcome.failure.ending
        : await deliverTo(response, outcome, { socket, wall, signal: left.signal })
    if (left.signal.aborted) return
    if (ending !== undefined) return endConnection(socket, ending, wall)
    socket.off('close', leave)
    leave()
    response.end()
  }
}

async function deliverTo(response: ServerResponse, answer: Answered, to: DeliveryTo): Promise<Ending | undefined> {
  // Its bytes are counted, so they come in one piece: without what would stand behind them.
  const { rawTrailers: _, ...answered } = answer.response
  const whole = begin(response, answered)
  const head = takeHead(response)
  const body = response.req.method === 'HEAD' ? Buffer.alloc(0) : Buffer.from(whole)
  const steps = deliveryPlan(answer.delivery ?? [], { headBytes: head.length, bodyBytes: body.length })
  const { ending } = await deliver(steps(Buffer.concat([head, body])), to)
  return ending
}

/** Bytes of a few kilobytes are written as text, each one a character: Node writes head and text at once, and bytes apart. */
const LARGEST_AS_TEXT = 4096

function writeWhole(response: ServerResponse, answer: HttpResponse): void {
  const body = begin(response, answer)
  if (typeof body === 'string' || body.length > LARGEST_AS_TEXT) response.end(body)
  else response.end(body.toString('latin1'), 'latin1')
}

/** The body that belongs to the head. An injector of somebody's own can make an answer that HTTP cannot carry. */
function begin(response: ServerResponse, answer: HttpResponse): string | Buffer {
  try {
    writeHead(response, answer)
    return answer.body
  } catch (error) {
    const body = `pipit has an answer that cannot be written: ${(error as Error).message}\n`
    writeHead(response, { status: 500, rawHeaders: ['Content-Type', 'text/plain; charset=utf-8'], body })
    return body
  }
}

function writeHead(response: ServerResponse, { status, rawHeaders, rawTrailers, body }: HttpResponse): void {
  if (rawTrailers === undefined)
    return void response.writeHead(status, [...rawHeaders, 'Content-Length', String(Buffer.byteLength(body))])
  // What comes behind a body needs one in chunks.
  const pairs = pairsOf(rawTrailers)
  response.writeHead(status, [...rawHeaders, 'Trailer', pairs.map(([name]) => name).join(', ')])
  response.addTrailers(pairs)
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, at): [string, string][] => (at % 2 === 0 ? [[name, raw[at + 1] as string]] : []))
}

/**
 * The head as Node would write it, for whoever writes it himself: byte by byte, or a part of it. Node takes it for
 * written, so that after `end()` the connection goes on as after every answer. Both fields are as old as Node's server,
 * and undocumented.
 */
function takeHead(response: ServerResponse): Buffer {
  Reflect.set(response, '_headerSent', true)
  return Buffer.from(Reflect.get(response, '_header') as string, 'latin1')
}
