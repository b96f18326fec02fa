import { after } from '../core/after.ts'
import { type Exchange, isDecodeFailure, type Outcome, type Result } from '../core/exchange.ts'
import type { Hop } from '../core/hop.ts'
import type { Mock, Protocol } from '../core/service.ts'

/** Answers from a service's own state in the exchange's session; where that is gone by now, nobody answers. */
export function mockHop(mockOf: (exchange: Exchange) => Mock | undefined): Hop {
  return (exchange) => {
    const call = exchange.call()
    if (isDecodeFailure(call)) {
      exchange.trace.answered('mock')
      return respond(exchange, call.protocol, '', { kind: 'error', error: call.error })
    }
    const mock = mockOf(exchange)
    if (mock === undefined)
      return { kind: 'failure', failure: { ending: 'close', reason: `session ${exchange.session} was deleted` } }
    return after(mock.call(call, exchange), (result) => {
      exchange.trace.answered('mock', result)
      const outcome = respond(exchange, call.protocol, call.operation, result)
      exchange.trace.said(call, outcome.response.body)
      return outcome
    })
  }
}

type Answer = Extract<Outcome, { kind: 'response' }>

/** Every answer says where it comes from. */
const SOURCE = ['x-pipit-source', 'mock']

function respond(exchange: Exchange, protocol: Protocol, operation: string, result: Result): Answer {
  const { status, rawHeaders, body } = protocol.encodeResponse({ operation }, result, exchange.id, exchange.request)
  const hint = result.kind === 'error' ? result.error.hint : undefined
  const more = hint === undefined ? SOURCE : [...SOURCE, 'x-pipit-hint', hint]
  return { kind: 'response', response: { status, rawHeaders: [...rawHeaders, ...more], body }, result }
}
