import type { Ask } from '../../core/admin-route.ts'
import { PipitError, ServiceError } from '../../core/errors.ts'
import { createExchange, Presence } from '../../core/exchange.ts'
import { awsJson } from '../../protocols/aws-json.ts'
import { runOperation } from '../operations/index.ts'
import { formatQueueUrl } from '../queue-url.ts'
import { sqsShapes } from '../shapes.ts'
import type { World } from '../world.ts'

const protocol = awsJson(sqsShapes)

export interface ApiCall {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly region: string
  readonly account: string
  /** Names the queue of the call, by its QueueUrl. */
  readonly queueName?: string
}

/**
 * Makes a call of the API for somebody who steers, by the same code and the same rules as for clients. What the API
 * refuses is a PipitError: `bad-request`, with its words.
 */
export async function apiCall(
  world: World,
  { request, origin }: Ask,
  { operation, input, region, account, queueName }: ApiCall,
): Promise<Readonly<Record<string, unknown>>> {
  const reached = { origin, mount: '/sqs' }
  const QueueUrl = queueName === undefined ? undefined : formatQueueUrl(reached, { account, name: queueName })
  const call = { protocol, operation, input: { ...input, ...(QueueUrl !== undefined && { QueueUrl }) }, path: '/' }
  const exchange = createExchange({
    id: '',
    leg: 'client',
    service: 'sqs',
    session: '',
    ...reached,
    caller: { accessKey: '', region, account, signingName: 'sqs' },
    request,
    receivedAtMs: world.wall.nowMs(),
    presence: new Presence(),
    decode: () => call,
  })
  try {
    return await runOperation({ call, exchange, world, policies: undefined })
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    throw new PipitError('bad-request', `${error.error.code}: ${error.error.message}`, { cause: error })
  }
}
