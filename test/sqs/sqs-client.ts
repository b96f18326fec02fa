import { VirtualClock } from '../../src/core/clock.ts'
import { type ApiError, ServiceError } from '../../src/core/errors.ts'
import {
  type Caller,
  type Disruption,
  type Exchange,
  Presence,
  type Result,
  createExchange,
} from '../../src/core/exchange.ts'
import { seededRandom } from '../../src/core/random.ts'
import { type SqsOptions, sqs } from '../../src/sqs/service.ts'

export type Input = Readonly<Record<string, unknown>>

/** One of at least one, as a test knows it that has sent something. */
type Some<T> = readonly [T, ...T[]]
/** Of names that are known here, so that each is a text. */
type Texts = Readonly<Record<AttributeName, string>>
type AttributeName = 'ApproximateReceiveCount' | 'Policy' | 'RedrivePolicy' | 'SenderId' | 'VisibilityTimeout'

export interface ReceivedMessage {
  readonly MessageId: string
  readonly ReceiptHandle: string
  readonly Body: string
  readonly MD5OfBody: string
  readonly Attributes: Texts
  readonly MessageAttributes: Readonly<Record<string, unknown>>
  readonly MD5OfMessageAttributes: string
}

export interface SentEntry {
  readonly Id: string
  readonly MessageId: string
  readonly SequenceNumber: string
}

export interface FailedEntry {
  readonly Id: string
  readonly Code: string
  readonly Message: string
  readonly SenderFault: boolean
}

/** All members of all answers, as if they were there: whether they are is what the tests look at. */
export interface Output {
  readonly QueueUrl: string
  readonly QueueUrls: readonly string[]
  readonly queueUrls: readonly string[]
  readonly NextToken: string | undefined
  readonly Attributes: Texts
  readonly Tags: Readonly<Record<string, string>>
  readonly Messages: Some<ReceivedMessage>
  readonly Successful: Some<SentEntry>
  readonly Failed: Some<FailedEntry>
  readonly TaskHandle: string
  readonly Results: Some<Readonly<Record<string, unknown>>>
  readonly MessageId: string
  readonly SequenceNumber: string
  readonly MD5OfMessageBody: string
  readonly MD5OfMessageAttributes: string
  readonly MD5OfMessageSystemAttributes: string
}

export interface CallOptions {
  readonly protocol?: 'awsJson1_0' | 'awsQuery'
  readonly path?: string
  readonly mount?: string
  readonly origin?: string
  readonly headers?: readonly string[]
  readonly caller?: Partial<Caller>
  readonly presence?: Presence
  readonly disruptions?: readonly Disruption[]
}

export interface SqsClient {
  readonly clock: VirtualClock
  readonly wall: VirtualClock
  /** The output of a call that succeeds. */
  ok(operation: string, input?: Input, options?: CallOptions): Output
  /** The error of a call that fails. */
  error(operation: string, input?: Input, options?: CallOptions): ApiError
  /** For long polls. */
  start(operation: string, input?: Input, options?: CallOptions): Result | Promise<Result>
  /** CreateQueue; answers the QueueUrl. */
  queue(name: string, attributes?: Readonly<Record<string, string>>): string
  /** Totals by CloudWatch's names, of all queues that are there. */
  totals(): Readonly<Record<string, number>>
  close(): void
}

const CALLER: Caller = { accessKey: 'test', region: 'eu-west-1', account: '000000000000', signingName: 'sqs' }

/** SQS without HTTP, on clocks that move only when told. */
export function sqsClient(options: SqsOptions = {}): SqsClient {
  const clock = new VirtualClock()
  const wall = new VirtualClock()
  const service = sqs(options)
  const mock = service.mock({ clock, wall, random: seededRandom(1) })

  const start: SqsClient['start'] = (operation, input = {}, how = {}) => {
    const protocol = service.protocols.find(({ name }) => name === (how.protocol ?? 'awsJson1_0'))
    if (protocol === undefined) throw new Error(`no protocol ${how.protocol}`)
    const call = { protocol, operation, input, path: how.path ?? '/' }
    return mock.call(call, exchangeOf(how, clock.nowMs()))
  }
  const now = (operation: string, input: Input = {}, how: CallOptions = {}): Result => {
    const result = start(operation, input, how)
    if (result instanceof Promise) throw new Error(`${operation} waits`)
    return result
  }
  const client: SqsClient = {
    clock,
    wall,
    start,
    ok(operation, input, how) {
      const result = now(operation, input, how)
      if (result.kind === 'error') throw new Error(`${operation}: ${result.error.code}: ${result.error.message}`)
      return result.output as unknown as Output
    },
    error(operation, input, how) {
      const result = now(operation, input, how)
      if (result.kind !== 'error') throw new Error(`${operation} succeeds: ${JSON.stringify(result.output)}`)
      return result.error
    },
    queue: (name, attributes) =>
      client.ok('CreateQueue', { QueueName: name, ...(attributes !== undefined && { Attributes: attributes }) })
        .QueueUrl,
    totals() {
      const measures = [...(mock.metrics?.() ?? [])].filter(({ metric }) => metric.endsWith('_total'))
      return Object.fromEntries(measures.map(({ metric, value }) => [metric.replace(/^aws_sqs_|_total$/g, ''), value]))
    },
    close: () => mock.close(),
  }
  return client
}

/** The answer that a function throws. */
export function thrownBy(run: () => unknown): ApiError {
  try {
    run()
  } catch (error) {
    if (error instanceof ServiceError) return error.error
    throw error
  }
  throw new Error('nothing is thrown')
}

export function exchangeOf(how: CallOptions, nowMs: number): Exchange {
  return createExchange({
    id: '00000000-0000-4000-8000-000000000000',
    leg: 'mock',
    service: 'sqs',
    session: 'default',
    mount: how.mount ?? '/sqs',
    origin: how.origin ?? 'http://localhost:3000',
    caller: { ...CALLER, ...how.caller },
    request: { method: 'POST', target: '/sqs/', rawHeaders: how.headers ?? [], body: Buffer.alloc(0) },
    receivedAtMs: nowMs,
    presence: how.presence ?? new Presence(),
    ...(how.disruptions !== undefined && { disruptions: how.disruptions }),
    decode: () => {
      throw new Error('a test decodes nothing')
    },
  })
}
