import { createExchange, type Outcome, Presence, type Result } from '../core/exchange.ts'
import type { Ended } from '../core/finished.ts'
import type { WatchedExchange } from './watched-exchange.ts'

export interface EndedAs {
  /** A UUID. */
  readonly id: string
  readonly session: string
  /** `:3001 -> localhost:3000` */
  readonly via: string
}

/** An exchange that has passed by, as the gateway's own are told: for the journal and the log. */
export function endedOf(watched: WatchedExchange, { id, session, via }: EndedAs): Ended {
  const { reading, request, response, durationMs = 0 } = watched
  const exchange = createExchange({
    id,
    leg: 'wire',
    service: reading.service?.name ?? '',
    session,
    mount: reading.mount,
    origin: '',
    caller: reading.caller,
    request,
    receivedAtMs: watched.receivedAtMs,
    presence: new Presence(),
    decode: () => reading.call,
  })
  exchange.trace.via = via
  const result = withHint(watched)
  exchange.trace.answered('monitor', result)
  exchange.trace.took('wire', durationMs)
  const { failure } = watched
  const outcome: Outcome =
    failure === undefined && response !== undefined
      ? {
          kind: 'response',
          response: { status: response.status, rawHeaders: response.rawHeaders, body: watched.responseBytes ?? '' },
          ...(result !== undefined && { result }),
        }
      : { kind: 'failure', failure: failure ?? { ending: 'close', reason: 'there was no answer' } }
  return { exchange, outcome, durationMs, sentBytes: watched.responseBody?.sizeBytes ?? 0 }
}

function withHint({ result, hint }: WatchedExchange): Result | undefined {
  return result?.kind === 'error' && hint !== undefined ? { kind: 'error', error: { ...result.error, hint } } : result
}
