import type { Queue } from '../engine/queue.ts'
import { redrivesTo } from '../redrive.ts'
import { isQueueName, invalidParameter } from '../validation.ts'
import { type OperationContext, type Output, inputOf, queueOf, regionOf, urlOf } from './operation.ts'

interface PageInput {
  readonly MaxResults: number
  readonly NextToken: string
}

const LARGEST_PAGE = 1000

/** The prefix is case-sensitive. */
export function listQueues(context: OperationContext): Output {
  const { QueueNamePrefix: prefix = '' } = inputOf<{ QueueNamePrefix: string }>(context)
  const queues = context.world.queues(context.exchange.caller.account, regionOf(context))
  const { urls, token } = page(context, queues, (queue) => queue.key.name.startsWith(prefix))
  return { ...(urls.length > 0 && { QueueUrls: urls }), ...token }
}

/** Its list is spelt in lower case, AWS's own, and is there even when it is empty: the model requires it. */
export function listDeadLetterSourceQueues(context: OperationContext): Output {
  const target = queueOf(context)
  const queues = context.world.queues(target.key.account, target.key.region)
  const { urls, token } = page(context, queues, (queue) => redrivesTo(queue, target))
  return { queueUrls: urls, ...token }
}

/**
 * One page, by name. A token is given only to those who asked for pages by MaxResults; the others get the first thousand
 * and never learn of more. Its format is not AWS's, which nobody knows: the last name of the page.
 */
function page(
  context: OperationContext,
  queues: Iterable<Queue>,
  isListed: (queue: Queue) => boolean,
): { urls: string[]; token: { NextToken?: string } } {
  const { MaxResults: max, NextToken: token } = inputOf<PageInput>(context)
  if (max !== undefined && !(max >= 1 && max <= LARGEST_PAGE)) {
    throw invalidParameter('MaxResults', max, 'Must be between 1 and 1000, if provided.')
  }
  const after = token === undefined ? '' : readToken(token)
  const size = max ?? LARGEST_PAGE
  const urls: string[] = []
  let last = ''
  for (const queue of queues) {
    if (queue.key.name <= after || !isListed(queue) || context.world.hiddenMs(queue) > 0) continue
    if (urls.length === size) return { urls, token: max === undefined ? {} : { NextToken: writeToken(last) } }
    urls.push(urlOf(context, queue))
    last = queue.key.name
  }
  return { urls, token: {} }
}

function writeToken(name: string): string {
  return Buffer.from(name).toString('base64url')
}

function readToken(token: string): string {
  const name = Buffer.from(token, 'base64url').toString()
  if (!isQueueName(name) || writeToken(name) !== token) {
    throw invalidParameter('NextToken', token, 'The token is not one that this service has issued.')
  }
  return name
}
