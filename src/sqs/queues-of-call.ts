import type { Call } from '../core/exchange.ts'
import { parseQueueArn } from './queue-arn.ts'
import { parseQueueUrl } from './queue-url.ts'

/**
 * Every queue that a call is about, as `queue:orders`: by QueueUrl, by the path of the query protocol, by name or by ARN.
 * Empty for ListQueues, and for CancelMessageMoveTask, whose task handle is opaque.
 */
export function queuesOfCall({ input, path }: Call): readonly string[] {
  const { QueueUrl, QueueName, SourceArn, DestinationArn } = input
  const names = [
    typeof QueueName === 'string' ? QueueName : undefined,
    ...[QueueUrl, path].map((url) => (typeof url === 'string' ? parseQueueUrl(url)?.name : undefined)),
    ...[SourceArn, DestinationArn].map((arn) => (typeof arn === 'string' ? parseQueueArn(arn)?.name : undefined)),
  ]
  return [...new Set(names.filter((name) => name !== undefined))].map((name) => `queue:${name}`)
}
