import * as v from 'valibot'
import { type Clock, VirtualClock } from '../../src/core/clock.ts'
import {
  createExchange,
  type Exchange,
  type HttpRequest,
  isDecodeFailure,
  type Outcome,
  Presence,
} from '../../src/core/exchange.ts'
import type { Protocol, Service } from '../../src/core/service.ts'
import type { Effect, Firing } from '../../src/injectors/effect.ts'
import { sqs } from '../../src/sqs/service.ts'

export const sqsService = sqs()
const [json, query] = sqsService.protocols as [Protocol, Protocol]

export const SENT = { MessageId: 'an-id', MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' }

/** What a client sends: SendMessage, unless it says otherwise. */
export interface Asked {
  readonly protocol?: 'json' | 'query'
  readonly operation?: string
  readonly input?: Readonly<Record<string, unknown>>
  readonly headers?: readonly string[]
  readonly target?: string
  readonly presence?: Presence
}

const SEND = { QueueUrl: 'http://localhost/000000000000/orders', MessageBody: 'hello' }

export function exchangeOf(asked: Asked = {}): Exchange {
  const { operation = 'SendMessage', input = SEND, headers = [], target = '/', presence = new Presence() } = asked
  const isJson = asked.protocol !== 'query'
  const request: HttpRequest = {
    method: 'POST',
    target,
    rawHeaders: isJson
      ? ['Content-Type', 'application/x-amz-json-1.0', 'X-Amz-Target', `AmazonSQS.${operation}`, ...headers]
      : ['Content-Type', 'application/x-www-form-urlencoded', ...headers],
    body: Buffer.from(
      isJson
        ? JSON.stringify(input)
        : new URLSearchParams({ Action: operation, ...(input as Record<string, string>) }).toString(),
    ),
  }
  return createExchange({
    id: '00000000-0000-4000-8000-000000000000',
    leg: 'client',
    service: 'sqs',
    session: 'default',
    mount: '',
    origin: 'http://localhost:3000',
    caller: { accessKey: 'any', region: 'us-east-1', account: '000000000000', signingName: 'sqs' },
    request,
    receivedAtMs: 0,
    presence,
    decode: (given, mount) => (isJson ? json : query).decodeRequest(given, mount),
  })
}

/** The answer to a call that was executed. */
export function answerOf(exchange: Exchange, output: Readonly<Record<string, unknown>> = SENT): Outcome {
  const call = exchange.call()
  if (isDecodeFailure(call)) throw new TypeError('the call is one')
  const result = { kind: 'output', output } as const
  const response = call.protocol.encodeResponse(call, result, exchange.id, exchange.request)
  return { kind: 'response', response, result }
}

export const LOST: Outcome = { kind: 'failure', failure: { ending: 'close', reason: 'lost further in' } }

export interface ActOptions extends Asked {
  /** What is behind the effect; by default the message is sent. */
  readonly next?: (exchange: Exchange) => Outcome | Promise<Outcome>
  readonly wall?: Clock
  readonly service?: Service | undefined
  /** By purpose. */
  readonly draws?: Readonly<Record<string, number>>
}

export interface Acted {
  readonly outcome: Outcome
  /** `after-commit reset` */
  readonly happened: readonly string[]
  /** How often the request was executed. */
  readonly executed: number
  readonly refusedMs: readonly number[]
}

/** One effect, with a value as a rule has it, in front of one call. */
export async function act(effect: Effect<unknown>, given: unknown, options: ActOptions = {}): Promise<Acted> {
  const exchange = exchangeOf(options)
  const happened: string[] = []
  const refusedMs: number[] = []
  let executed = 0
  const firing = firingOf({ ...options, happened, refusedMs })
  const outcome = await effect.inject(v.parse(effect.args, given))(
    exchange,
    async (asked) => {
      executed++
      return options.next === undefined ? answerOf(asked) : options.next(asked)
    },
    firing,
  )
  return { outcome, happened, executed, refusedMs }
}

interface FiringOptions extends ActOptions {
  readonly happened?: string[]
  readonly refusedMs?: number[]
}

export function firingOf(options: FiringOptions = {}): Firing {
  const wall = options.wall ?? new VirtualClock()
  return {
    draw: (purpose) => options.draws?.[purpose] ?? 0.5,
    happened: (phase, what) => void options.happened?.push(`${phase} ${what}`),
    service: 'service' in options ? options.service : sqsService,
    wall,
    clock: wall,
    refuse: (forMs) => void options.refusedMs?.push(forMs),
  }
}

/** On a connection that nobody reads as HTTP. */
export function onWire(effect: Effect<unknown>, given: unknown, options: ActOptions = {}) {
  const happened: string[] = []
  const refusedMs: number[] = []
  const firing = firingOf({ ...options, happened, refusedMs })
  return { deliveries: effect.deliveries?.(v.parse(effect.args, given), firing), happened, refusedMs }
}

/** What an operator is told of a value that cannot be. */
export function complaint(effect: Effect<unknown>, given: unknown): string | undefined {
  const { issues } = v.safeParse(effect.args, given)
  if (issues === undefined) return undefined
  const [issue] = issues
  const path = v.getDotPath(issue)
  return path === null ? issue.message : `${path}: ${issue.message}`
}

export function responseOf({ outcome }: Pick<Acted, 'outcome'>): Outcome & { readonly kind: 'response' } {
  if (outcome.kind !== 'response') throw new Error(`no answer, but ${outcome.failure.ending}`)
  return outcome
}

export const bodyOf = (acted: Pick<Acted, 'outcome'>): string => String(responseOf(acted).response.body)
