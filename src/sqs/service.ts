import { ServiceError } from '../core/errors.ts'
import type { Result } from '../core/exchange.ts'
import type { Mock, MintedKind, Service } from '../core/service.ts'
import { awsJson } from '../protocols/aws-json.ts'
import { awsQuery } from '../protocols/aws-query.ts'
import { sqsAdminRoutes } from './admin/routes.ts'
import { type DeclaredQueue, queueTemplates } from './declared-queues.ts'
import { delocalize } from './delocalize.ts'
import { describeCall } from './describe-call.ts'
import { disruptionSchemas, policiesOf } from './disruptions/index.ts'
import { sqsErrors } from './errors.ts'
import { Engine, type EngineLimits } from './engine/engine.ts'
import { linking, localize } from './localize.ts'
import { measureQueues } from './metrics.ts'
import { runOperation } from './operations/index.ts'
import type { Output } from './operations/operation.ts'
import { arrive, ownWait, passOn, presume } from './outside.ts'
import { queuesOfCall } from './queues-of-call.ts'
import { sqsRecordable } from './recordable.ts'
import { sqsShapes } from './shapes.ts'
import { type Strictness, World } from './world.ts'

export interface SqsOptions {
  /** Queues that are there from the start, in every account, region and session. */
  readonly queues?: readonly DeclaredQueue[]
  /** AWS's two 60-second rules; off by default. */
  readonly strict?: Partial<Strictness>
  readonly limits?: Partial<EngineLimits>
  /** Where the control plane looks for a queue whose region nobody says. */
  readonly region?: string
}

/** SQS. Throws a PipitError when a declared queue cannot be. */
export function sqs(options: SqsOptions = {}): Service {
  const templates = queueTemplates(options.queues ?? [])
  const strict = { recreateDelay: false, purgeDelay: false, ...options.strict }
  const { limits, region = 'us-east-1' } = options
  const worlds = new WeakMap<Mock, World>()
  const errors = Object.values(sqsErrors)
  return {
    name: 'sqs',
    signingName: 'sqs',
    protocols: [awsJson(sqsShapes, errors), awsQuery(sqsShapes, errors)],
    operations: Object.keys(sqsShapes.operations),
    reads: READS,
    errors,
    minted: MINTED,
    mock: ({ clock, wall, random }) => {
      const engine = new Engine({ clock, random, ...(limits !== undefined && { limits }) })
      const world = new World({ engine, templates, strict, clock, wall })
      const mock = mockOf(world)
      worlds.set(mock, world)
      return mock
    },
    describe: describeCall,
    subjects: queuesOfCall,
    linking,
    delocalize,
    localize,
    recordable: sqsRecordable,
    disruptions: disruptionSchemas,
    adminRoutes: (mocks) => sqsAdminRoutes({ region, worldOf: (ask) => worlds.get(mocks.of(ask)) as World }),
  }
}

const READS = [
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'ListMessageMoveTasks',
  'ListQueueTags',
  'ListQueues',
]

/** As the API's members and its message and queue attributes are called. */
const MINTED: Readonly<Record<string, MintedKind>> = {
  MessageId: 'messageId',
  ReceiptHandle: 'receiptHandle',
  SequenceNumber: 'sequence',
  SenderId: 'senderId',
  TaskHandle: 'taskHandle',
  StartedTimestamp: 'time',
  SentTimestamp: 'time',
  ApproximateFirstReceiveTimestamp: 'time',
  CreatedTimestamp: 'time',
  LastModifiedTimestamp: 'time',
  NextToken: 'pageToken',
  ApproximateNumberOfMessages: 'count',
  ApproximateNumberOfMessagesDelayed: 'count',
  ApproximateNumberOfMessagesNotVisible: 'count',
  ApproximateNumberOfMessagesMoved: 'count',
  ApproximateNumberOfMessagesToMove: 'count',
}

/** A ServiceError is an answer; every other error is a bug and goes on to whoever catches bugs. */
function mockOf(world: World): Mock {
  return {
    call(call, exchange) {
      try {
        const { disruptions } = exchange
        const policies = disruptions.length === 0 ? undefined : policiesOf(disruptions, world.clock)
        const output = runOperation({ call, exchange, world, policies })
        return output instanceof Promise ? output.then(resultOf, errorOf) : resultOf(output)
      } catch (error) {
        return errorOf(error)
      }
    },
    arrive: (input, message, exchange) => arrive(world, input, message, exchange),
    ownWait: (call, exchange) => ownWait(world, call, exchange),
    passOn: (from, to, after, exchange) => passOn(world, from, to, after, exchange),
    presume: (call, told, exchange) => presume(world, call, told, exchange),
    clear: () => world.engine.clear(),
    metrics: () => measureQueues(world),
    close: () => world.engine.close(),
  }
}

function resultOf(output: Output): Result {
  return { kind: 'output', output }
}

function errorOf(error: unknown): Result {
  if (error instanceof ServiceError) return { kind: 'error', error: error.error }
  throw error
}
