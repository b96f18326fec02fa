import { type Exchange, header, type Outcome, Presence, createExchange } from '../../src/core/exchange.ts'
import type { Hop } from '../../src/core/hop.ts'
import { seededRandom } from '../../src/core/random.ts'
import type { Service } from '../../src/core/service.ts'
import { VirtualClock } from '../../src/core/clock.ts'
import { mockHop } from '../../src/hops/mock.ts'
import type { InjectionEnvironment } from '../../src/plugins/injection.ts'
import { Session } from '../../src/session.ts'

export type Spoken = 'awsJson1_0' | 'awsQuery'

export const SPOKEN: readonly Spoken[] = ['awsJson1_0', 'awsQuery']

/** A session with services, on clocks that move only when told; what stands before them is tested. */
export class Bench {
  readonly wall = new VirtualClock()
  readonly session: Session
  readonly services: readonly Service[]
  readonly hop: Hop
  readonly environment: InjectionEnvironment

  constructor(services: readonly Service[]) {
    const random = seededRandom(1)
    this.services = services
    this.session = new Session('blue', services, { wall: this.wall, random })
    this.hop = mockHop((exchange) => this.session.mock(exchange.service))
    this.environment = {
      wall: this.wall,
      random,
      serviceOf: (name) => services.find((service) => service.name === name),
      worldOf: (name) => (name === 'blue' ? this.session : undefined),
    }
  }

  /** A request as a client sends it. */
  arriving(spoken: Spoken, name: string, operation: string, input: Record<string, unknown> = {}): Exchange {
    const service = this.services.find((candidate) => candidate.name === name)
    const protocol = service?.protocols.find((candidate) => candidate.name === spoken)
    if (service === undefined || protocol === undefined) throw new Error(`nobody speaks ${spoken} for ${name}`)
    const isJson = spoken === 'awsJson1_0'
    const prefix = name === 'sqs' ? 'AmazonSQS' : name
    const blank = {
      method: 'POST',
      target: `/${name}/`,
      rawHeaders: isJson
        ? ['X-Amz-Target', `${prefix}.${operation}`]
        : ['Content-Type', 'application/x-www-form-urlencoded'],
      body: Buffer.from(isJson ? '{}' : `Action=${operation}`),
    }
    return createExchange({
      id: 'request-1',
      leg: 'client',
      service: name,
      session: 'blue',
      mount: `/${name}`,
      origin: 'http://localhost:3000',
      caller: { accessKey: 'key', region: 'moon-1', account: '123456789012', signingName: service.signingName },
      request: protocol.encodeRequest({ operation, input }, blank),
      receivedAtMs: 0,
      presence: new Presence(),
      decode: (request, mount) => protocol.decodeRequest(request, mount),
    })
  }
}

/** What a client reads of an answer: its output or its error, from the bytes. */
export function readAnswer(exchange: Exchange, outcome: Outcome): unknown {
  if (outcome.kind === 'failure') return outcome.failure.ending
  const call = exchange.call()
  const operation = 'operation' in call ? call.operation : ''
  const result = call.protocol.decodeResponse({ operation }, outcome.response)
  if (header(outcome.response, 'x-amzn-requestid') !== exchange.id) return 'no request id'
  if (result === undefined) return outcome.response.body
  return result.kind === 'output'
    ? result.output
    : `${result.error.code} ${outcome.response.status}: ${result.error.message}`
}
