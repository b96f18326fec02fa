import {
  createExchange,
  Presence,
  type Call,
  type DecodeFailure,
  type Outcome,
  type Result,
} from '../../src/core/exchange.ts'
import type { ApiError } from '../../src/core/errors.ts'
import type { Description, Protocol } from '../../src/core/service.ts'
import { type FiredFault, Trace } from '../../src/core/trace.ts'
import type { Finished } from '../../src/log/finished.ts'

export interface Wanted {
  readonly method?: string
  readonly target?: string
  readonly userAgent?: string
  readonly service?: string
  /** `undefined`: it could not be decoded. */
  readonly operation?: string | undefined
  readonly description?: Description
  readonly status?: number
  readonly error?: Partial<ApiError>
  readonly failure?: Extract<Outcome, { kind: 'failure' }>['failure']
  readonly durationMs?: number
  readonly receivedAtMs?: number
  readonly faults?: readonly FiredFault[]
}

const protocol = { name: 'awsJson1_0' } as Protocol

/** What a gateway tells of one exchange; SendMessage to orders unless something else is wanted. */
export function finished(wanted: Wanted = {}): Finished {
  const operation = 'operation' in wanted ? wanted.operation : 'SendMessage'
  const decoded: Call | DecodeFailure =
    operation === undefined
      ? { protocol, error: apiError({ code: 'InvalidAction' }) }
      : { protocol, operation, input: { MessageBody: 'the secret body' }, path: '/000000000000/orders' }
  return {
    exchange: createExchange({
      id: '8f3cabcd-0000-4000-8000-000000000000',
      leg: 'client',
      service: wanted.service ?? 'sqs',
      session: 'default',
      mount: '/sqs',
      origin: 'http://localhost:3000',
      caller: { accessKey: 'AKIASECRET', region: 'us-east-1', account: '000000000000', signingName: 'sqs' },
      request: {
        method: wanted.method ?? 'POST',
        target: wanted.target ?? '/sqs/',
        rawHeaders: [
          'Authorization',
          'AWS4-HMAC-SHA256 Credential=AKIASECRET',
          'User-Agent',
          wanted.userAgent ?? 'aws-sdk-js/3.1169.0 ua/2.1',
        ],
        body: Buffer.from('{"MessageBody":"the secret body"}'),
      },
      receivedAtMs: wanted.receivedAtMs ?? new Date(2026, 0, 1, 12, 3, 11, 481).getTime(),
      presence: new Presence(),
      trace: traceOf(wanted.faults),
      decode: () => decoded,
    }),
    outcome: outcomeOf(wanted),
    description: wanted.description ?? { resource: 'orders', detail: '5B id=8f3c…' },
    durationMs: wanted.durationMs ?? 1.2,
    sentBytes: 378,
  }
}

function outcomeOf({ failure, error, status = 200 }: Wanted): Outcome {
  if (failure !== undefined) return { kind: 'failure', failure }
  const result: Result =
    error === undefined ? { kind: 'output', output: {} } : { kind: 'error', error: apiError(error) }
  return { kind: 'response', response: { status, rawHeaders: [], body: 'the secret answer' }, result }
}

function apiError(error: Partial<ApiError>): ApiError {
  return { shape: 'X', code: 'X', status: 400, fault: 'Sender', message: 'a message', ...error }
}

function traceOf(faults: readonly FiredFault[] = []): Trace {
  const trace = new Trace()
  for (const fault of faults) trace.fired(fault)
  return trace
}
