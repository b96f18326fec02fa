import { VirtualClock } from '../../src/core/clock.ts'
import { type Caller, createExchange, type HttpRequest, Presence } from '../../src/core/exchange.ts'
import type { Ended } from '../../src/core/finished.ts'
import { timed } from '../../src/core/hop.ts'
import { seededRandom } from '../../src/core/random.ts'
import type { Protocol } from '../../src/core/service.ts'
import { mockHop } from '../../src/hops/mock.ts'
import { sqs } from '../../src/sqs/service.ts'

export type ProtocolName = 'awsJson1_0' | 'awsQuery'

export interface Spoken {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly protocol?: ProtocolName
  /** Beside those of the protocol. */
  readonly headers?: readonly string[]
  readonly caller?: Caller
  readonly mount?: string
}

const service = sqs()

export const CALLER: Caller = {
  accessKey: 'AKIAIOSFODNN7EXAMPLE',
  region: 'us-east-1',
  account: '000000000000',
  signingName: 'sqs',
}

/** A client of an SQS of its own; each call is answered with what the gateway tells of it when it has ended. */
export function speaking(): (spoken: Spoken) => Promise<Ended> {
  const clock = new VirtualClock()
  const random = seededRandom(1)
  const mock = service.mock({ clock, wall: clock, random })
  const hop = timed(
    'mock',
    mockHop(() => mock),
  )
  return async (spoken) => {
    clock.advance(7)
    const { mount = '', caller = CALLER, protocol: name = 'awsJson1_0' } = spoken
    const protocol = service.protocols.find((each) => each.name === name) as Protocol
    const exchange = createExchange({
      id: random.uuid(),
      leg: 'client',
      service: service.name,
      session: 'default',
      mount,
      origin: 'http://localhost:3000',
      caller,
      request: protocol.encodeRequest(spoken, head(spoken, name)),
      receivedAtMs: clock.nowMs() + 0.25,
      presence: new Presence(),
      decode: (request, below) => protocol.decodeRequest(request, below),
    })
    const outcome = await hop(exchange)
    const sentBytes = outcome.kind === 'response' ? Buffer.byteLength(outcome.response.body) : 0
    return { exchange, outcome, durationMs: 1.5, sentBytes }
  }
}

function head({ operation, headers = [], mount = '' }: Spoken, protocol: ProtocolName): HttpRequest {
  const own =
    protocol === 'awsJson1_0'
      ? ['X-Amz-Target', `AmazonSQS.${operation}`, 'Content-Type', 'application/x-amz-json-1.0']
      : ['Content-Type', 'application/x-www-form-urlencoded']
  const body = Buffer.from(protocol === 'awsJson1_0' ? '' : `Action=${operation}&Version=2012-11-05`)
  return { method: 'POST', target: `${mount}/`, rawHeaders: [...own, ...headers], body }
}
