import { request as httpRequest } from 'node:http'
import { PipitError } from '../core/errors.ts'
import { ask, type Question } from './ask.ts'
import { events, type ServerSentEvent } from './event-stream.ts'

export interface ControlTarget {
  /** `http://localhost:3000`, or a session's own: `http://localhost:3000/s/blue`. */
  readonly url: string
  /** A session's name, or `*` for all; instead of a path in the url. */
  readonly session?: string | undefined
  /** What PIPIT_ADMIN_TOKEN is where pipit runs. */
  readonly token?: string | undefined
}

export interface ControlQuestion {
  /** What is `undefined` is left out. */
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
  /** How long to wait for the answer. */
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 10_000

/** Asks and steers a running pipit. */
export interface ControlClient {
  /** Where it asks, without a slash at the end. */
  readonly url: string
  /**
   * The answer's JSON; `undefined` where there is none. Throws a PipitError: `not-reachable`, or what pipit complains of
   * under its own code (`bad-request`, `not-found`, `conflict`, `unmet`, `unauthorized`).
   */
  ask(method: Question['method'], path: string, question?: ControlQuestion): Promise<unknown>
  /** The same for an answer that is not JSON. */
  text(path: string, question?: ControlQuestion): Promise<string>
  /** What pipit tells as it happens, until it ends, or the signal fires. Throws as `ask` does. */
  stream(path: string, question: ControlQuestion & StreamPlace): AsyncIterable<ServerSentEvent>
}

export interface StreamPlace {
  readonly signal: AbortSignal
  /** Go on behind this event. */
  readonly lastEventId?: string | undefined
}

export function controlClient({ url, session, token }: ControlTarget): ControlClient {
  const base = url.replace(/\/+$/, '')
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const addressOf = (path: string, { query = {} }: ControlQuestion): string => {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries({ session, ...query })) if (value !== undefined) search.set(name, value)
    return `${base}${path}${search.size === 0 ? '' : `?${search.toString()}`}`
  }
  const text = async (method: Question['method'], path: string, question: ControlQuestion): Promise<string> => {
    const { body, timeoutMs = TIMEOUT_MS } = question
    const reply = await ask(addressOf(path, question), {
      method,
      timeoutMs,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (reply.kind === 'nothing') throw notReachable(base, reply.reason)
    if (reply.status >= 400) throw complaint(reply.status, reply.body)
    return reply.body
  }
  return {
    url: base,
    async ask(method, path, question = {}) {
      const answer = await text(method, path, question)
      if (answer === '') return undefined
      try {
        return JSON.parse(answer) as unknown
      } catch (error) {
        throw new PipitError('not-pipit', `what answers at ${base} is no pipit: its answer is not JSON`, {
          cause: error,
        })
      }
    },
    text: (path, question = {}) => text('GET', path, question),
    stream: (path, question) => read(base, addressOf(path, question), headers, question),
  }
}

async function* read(
  base: string,
  address: string,
  headers: Readonly<Record<string, string>>,
  { signal, lastEventId }: StreamPlace,
): AsyncGenerator<ServerSentEvent> {
  const place = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const request = httpRequest(address, {
    agent: false,
    signal,
    headers: { accept: 'text/event-stream', ...headers, ...place },
  }).end()
  try {
    const response = await new Promise<AsyncIterable<Buffer> & { statusCode?: number }>((resolve, reject) => {
      request.on('response', resolve)
      request.on('error', (error: NodeJS.ErrnoException) => reject(notReachable(base, error.code ?? error.message)))
    })
    const { statusCode = 0 } = response
    if (statusCode >= 400) {
      const chunks: Buffer[] = []
      for await (const chunk of response) chunks.push(chunk)
      throw complaint(statusCode, Buffer.concat(chunks).toString('utf8'))
    }
    yield* events(response)
  } catch (error) {
    // Whoever stops reading, or a pipit that ends, ends the stream.
    if (!signal.aborted && error instanceof PipitError) throw error
  } finally {
    request.destroy()
  }
}

function notReachable(base: string, reason: string): PipitError {
  return new PipitError(
    'not-reachable',
    `no pipit answers at ${base} (${reason}): start one, or say where it is with --url or PIPIT_URL`,
  )
}

/** The control plane's own words, or those of whoever answers there instead. */
function complaint(status: number, body: string): PipitError {
  try {
    const { error, code } = JSON.parse(body) as { error?: unknown; code?: unknown }
    if (typeof error === 'string' && typeof code === 'string') return new PipitError(code, error)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return new PipitError('not-pipit', `it answers ${status}, and not as pipit does`)
}
