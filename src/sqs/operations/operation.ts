import { ServiceError } from '../../core/errors.ts'
import type { Call, Exchange } from '../../core/exchange.ts'
import type { Policy } from '../disruptions/disruption.ts'
import type { QueueKey } from '../engine/queue-key.ts'
import type { Queue } from '../engine/queue.ts'
import { sqsError } from '../errors.ts'
import { formatQueueUrl, parseQueueUrl, regionOfUrl } from '../queue-url.ts'
import { missingParameter } from '../validation.ts'
import type { World } from '../world.ts'

/** One call on its way through an operation. */
export interface OperationContext {
  readonly call: Call
  readonly exchange: Exchange
  readonly world: World
  /** What is to go wrong with it. */
  readonly policies: readonly Policy[] | undefined
}

export type Output = Readonly<Record<string, unknown>>

/** Answers the output, or throws a ServiceError. Only a long poll promises. */
export type Operation = (context: OperationContext) => Output | Promise<Output>

/** What void operations answer. */
export const NOTHING: Output = {}

/** The members that the protocols have decoded by the operation's shape. */
export function inputOf<I>(context: OperationContext): Partial<I> {
  return context.call.input as Partial<I>
}

/**
 * The queue that a call means, by its QueueUrl, or by the path that a query request was sent to. The account is the
 * URL's, else the caller's; the region is the signature's.
 */
export function queueOf(context: OperationContext): Queue {
  const url = queueUrlOf(context)
  const address = parseQueueUrl(url)
  if (address === undefined) throw sqsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`)
  const account = address.account ?? context.exchange.caller.account
  const queue = existingQueue(context, { account, region: regionOf(context, url), name: address.name })
  if (context.policies !== undefined)
    for (const policy of context.policies) policy.admit?.(queue, context.call.operation)
  return queue
}

export function existingQueue(context: OperationContext, key: QueueKey): Queue {
  const queue = context.world.lookUp(key)
  if (queue !== undefined) return queue
  const { error } = sqsError('QueueDoesNotExist')
  const hint = context.world.hint(key)
  throw new ServiceError(hint === undefined ? error : { ...error, hint })
}

/**
 * A signature says which region is meant. Who does not sign is asked by the URL, as a client would be that reaches
 * regions by host names, before the default.
 */
export function regionOf({ exchange }: OperationContext, url?: string): string {
  const { caller } = exchange
  if (caller.signingName !== '') return caller.region
  return (url === undefined ? undefined : regionOfUrl(url)) ?? regionOfUrl(exchange.origin) ?? caller.region
}

export function urlOf(context: OperationContext, queue: Queue): string {
  return formatQueueUrl(context.exchange, queue.key)
}

export function isQuery(context: OperationContext): boolean {
  return context.call.protocol.name === 'awsQuery'
}

function queueUrlOf(context: OperationContext): string {
  const given = context.call.input.QueueUrl
  if (typeof given === 'string' && given !== '') return given
  if (isQuery(context) && parseQueueUrl(context.call.path) !== undefined) return context.call.path
  throw missingParameter('QueueUrl')
}
