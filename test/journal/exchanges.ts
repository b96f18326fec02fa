import { type Call, createExchange, type Outcome, Presence, type Result } from '../../src/core/exchange.ts'
import type { Finished } from '../../src/core/finished.ts'
import type { Protocol } from '../../src/core/service.ts'
import { Trace } from '../../src/core/trace.ts'
import { describeCall } from '../../src/sqs/describe-call.ts'
import { WholeEntry } from '../../src/journal/entry.ts'

export interface Wanted {
  readonly session?: string
  readonly operation?: string
  readonly input?: Record<string, unknown>
  readonly output?: Record<string, unknown>
  readonly error?: string
  readonly ending?: 'reset' | 'close' | 'hang'
  readonly headers?: readonly string[]
  readonly target?: string
  readonly bodyBytes?: number
  readonly trace?: Trace
  readonly atMs?: number
}

const protocol = { name: 'awsJson1_0' } as Protocol

/** What the gateway tells of one exchange that has ended. */
export function ended(wanted: Wanted = {}): Finished {
  const call: Call = {
    protocol,
    operation: wanted.operation ?? 'SendMessage',
    input: wanted.input ?? { QueueUrl: 'http://localhost/000000000000/orders', MessageBody: 'hello' },
    path: '/',
  }
  const result: Result =
    wanted.error === undefined
      ? { kind: 'output', output: wanted.output ?? {} }
      : {
          kind: 'error',
          error: { shape: wanted.error, code: wanted.error, status: 400, fault: 'Sender', message: 'no' },
        }
  const outcome: Outcome =
    wanted.ending === undefined
      ? {
          kind: 'response',
          response: {
            status: wanted.error === undefined ? 200 : 400,
            rawHeaders: ['x-amzn-RequestId', 'id'],
            body: '{}',
          },
          result,
        }
      : { kind: 'failure', failure: { ending: wanted.ending, reason: 'a fault' } }
  const exchange = createExchange({
    id: '8f3cabcd-0000-4000-8000-000000000000',
    leg: 'client',
    service: 'sqs',
    session: wanted.session ?? 'default',
    mount: '/sqs',
    origin: 'http://localhost:3000',
    caller: { accessKey: 'AKIAIOSFODNN7EXAMPLE', region: 'us-east-1', account: '000000000000', signingName: 'sqs' },
    request: {
      method: 'POST',
      target: wanted.target ?? '/sqs/',
      rawHeaders: wanted.headers ?? ['User-Agent', 'aws-sdk-js/3.1169.0'],
      body: Buffer.alloc(wanted.bodyBytes ?? 10),
    },
    receivedAtMs: wanted.atMs ?? Date.UTC(2026, 0, 1),
    presence: new Presence(),
    trace: wanted.trace ?? new Trace(),
    decode: () => call,
  })
  return { exchange, outcome, description: {}, durationMs: 1.23456, sentBytes: 2 }
}

export function entry(seq: number, wanted: Wanted = {}): WholeEntry {
  return new WholeEntry(seq, ended(wanted), (_service, call, result) => describeCall(call, result))
}

/** Is something held by a value, by whatever way? Private fields are not seen. */
export function reaches(from: unknown, wanted: unknown, seen = new Set<unknown>()): boolean {
  if (from === wanted) return true
  if (typeof from !== 'object' || from === null || seen.has(from)) return false
  seen.add(from)
  return Object.values(from).some((value) => reaches(value, wanted, seen))
}
