import { after } from '../core/after.ts'
import {
  type Call,
  type DecodeFailure,
  type Exchange,
  isDecodeFailure,
  type Outcome,
  type Result,
} from '../core/exchange.ts'
import type { Hop } from '../core/hop.ts'
import type { Mock } from '../core/service.ts'

/** Answers from a service's own state in the exchange's session; where that is gone by now, nobody answers. */
export function mockHop(mockOf: (exchange: Exchange) => Mock | undefined): Hop {
  return (exchange) => {
    const call = exchange.call()
    if (isDecodeFailure(call)) {
      exchange.trace.answered('mock')
      return respond(exchange, call, { kind: 'error', error: call.error })
    }
    const mock = mockOf(exchange)
    if (mock === undefined)
      return { kind: 'failure', failure: { ending: 'close', reason: `session ${exchange.session} was deleted` } }
    return after(mock.call(call, exchange), (result) => {
      exchange.trace.answered('mock', result)
      return respond(exchange, call, result)
    })
  }
}

/** Every answer says where it comes from. */
const SOURCE = ['x-pipit-source', 'mock']

function respond(exchange: Exchange, call: Call | DecodeFailure, result: Result): Outcome {
  const { id, request, trace } = exchange
  const operation = isDecodeFailure(call) ? '' : call.operation
  const { status, rawHeaders, body } = call.protocol.encodeResponse({ operation }, result, id, request)
  if (!isDecodeFailure(call)) trace.said(call, body)
  const hint = result.kind === 'error' ? result.error.hint : undefined
  const more = hint === undefined ? SOURCE : [...SOURCE, 'x-pipit-hint', hint]
  return { kind: 'response', response: { status, rawHeaders: [...rawHeaders, ...more], body }, result }
}
