import { after } from '../core/after.ts'
import { type ApiError, PipitError } from '../core/errors.ts'
import { type Exchange, type HttpResponse, isDecodeFailure, type Outcome, type Result } from '../core/exchange.ts'
import type { Hop } from '../core/hop.ts'
import type { OnMiss } from '../core/service.ts'
import type { Source } from '../core/trace.ts'
import type { Replay, Replayed } from '../fixtures/replay.ts'

export interface ReplayHopParts {
  /** What an exchange's session replays; `undefined`: that is gone. */
  readonly replayOf: (exchange: Exchange) => Replay | undefined
  readonly onMissOf: (exchange: Exchange) => OnMiss
  readonly mock: Hop
  /** To another server, recorded or not: as the exchange's session has it. */
  readonly forward: Hop
}

/** Answers from a fixture. Nothing that is not in it is answered by what looks like it. */
export function replayHop({ replayOf, onMissOf, mock, forward }: ReplayHopParts): Hop {
  const told = (exchange: Exchange, answer: Replayed): Outcome | Promise<Outcome> => {
    if (answer.kind === 'response') {
      exchange.trace.answered('replay')
      return { kind: 'response', response: withSource(answer.response, 'replay') }
    }
    if (answer.kind === 'result') return respond(exchange, answer.result, 'replay')
    const policy = onMissOf(exchange)
    if (policy === 'error') return respond(exchange, { kind: 'error', error: answer.error }, 'miss')
    return policy === 'mock' ? mock(exchange) : forward(exchange)
  }
  return (exchange) => {
    let replay: Replay | undefined
    try {
      replay = replayOf(exchange)
    } catch (error) {
      if (!(error instanceof PipitError)) throw error
      return respond(exchange, { kind: 'error', error: noFixture(error.message) }, 'miss')
    }
    if (replay === undefined)
      return { kind: 'failure', failure: { ending: 'close', reason: `session ${exchange.session} was deleted` } }
    return after(replay.answer(exchange), (answer) => told(exchange, answer))
  }
}

function noFixture(message: string): ApiError {
  return { shape: 'PipitFixture', code: 'PipitFixture', status: 400, fault: 'Sender', message }
}

function respond(exchange: Exchange, result: Result, source: Source): Outcome {
  const call = exchange.call()
  const operation = isDecodeFailure(call) ? '' : call.operation
  exchange.trace.answered(source, result)
  const response = call.protocol.encodeResponse({ operation }, result, exchange.id, exchange.request)
  if (!isDecodeFailure(call)) exchange.trace.said(call, response.body)
  return { kind: 'response', response: withSource(response, source), result }
}

function withSource({ status, rawHeaders, body }: HttpResponse, source: Source): HttpResponse {
  return { status, rawHeaders: [...rawHeaders, 'x-pipit-source', source], body }
}
