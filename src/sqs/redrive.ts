import type { ServiceError } from '../core/errors.ts'
import { type QueueKey, arnOf } from './engine/queue-key.ts'
import type { QueueSettings } from './engine/queue-calls.ts'
import type { Queue } from './engine/queue.ts'
import { parseJsonObject } from './json-text.ts'
import { isSameQueue, parseQueueArn } from './queue-arn.ts'
import { invalidParameter } from './validation.ts'

const MOST_RECEIVES = 1000
const MOST_SOURCES = 10

/** Reads a RedrivePolicy. Whether its target exists and suits is asked apart: `checkRedriveTarget`. */
export function parseRedrivePolicy(text: string): NonNullable<QueueSettings['redrive']> {
  const refuse = (reason: string): ServiceError => invalidParameter('RedrivePolicy', text, reason)
  const policy = parseJsonObject(text)
  if (policy === undefined) {
    throw refuse("Amazon SQS can't create the redrive policy, as it's in an unsupported format.")
  }
  const { deadLetterTargetArn: targetArn, maxReceiveCount: count } = policy
  if (targetArn === undefined) throw refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.')
  if (count === undefined) throw refuse('Redrive policy does not contain mandatory attribute: maxReceiveCount.')
  const maxReceiveCount = readCount(count)
  if (maxReceiveCount === undefined) {
    const shown = typeof count === 'string' ? count : JSON.stringify(count)
    throw refuse(`Invalid value for maxReceiveCount: ${shown}, valid values are from 1 to 1000 both inclusive.`)
  }
  // AWS's text is not verified: that it refuses before any look-up is.
  const target = typeof targetArn === 'string' ? parseQueueArn(targetArn) : undefined
  if (target === undefined) throw refuse('Invalid value for deadLetterTargetArn.')
  return { targetArn: arnOf(target), maxReceiveCount }
}

/**
 * May `source` use the queue that its redrive policy names? The texts but the first are AWS's as clients quote them, and
 * the last is not verified.
 */
export function checkRedriveTarget(
  source: { readonly key: QueueKey; readonly isFifo: boolean; readonly arn: string },
  policy: string,
  find: (key: QueueKey) => Queue | undefined,
): void {
  const refuse = (reason: string): ServiceError => invalidParameter('RedrivePolicy', policy, reason)
  const target = parseQueueArn(parseRedrivePolicy(policy).targetArn) as QueueKey
  if (target.account !== source.key.account) throw refuse('Dead-letter target owner should be same as the source.')
  const queue = target.region === source.key.region ? find(target) : undefined
  if (queue === undefined) throw refuse('Dead letter target does not exist.')
  if (queue.isFifo !== source.isFifo) throw refuse('Dead-letter queue must be same type of queue as the source.')
  const allow = queue.attributes.get('RedriveAllowPolicy')
  if (allow !== undefined && !allows(allow, source.key)) {
    throw refuse('The redrive allow policy of the dead letter target does not permit this source queue.')
  }
}

/** Does a queue send its dead letters there? */
export function redrivesTo(source: Queue, target: Queue): boolean {
  return source.settings.redrive?.targetArn === target.arn
}

/** Checks a RedriveAllowPolicy and answers it as it came. AWS's texts are not verified. */
export function checkRedriveAllowPolicy(text: string): string {
  const refuse = (reason: string): ServiceError => invalidParameter('RedriveAllowPolicy', text, reason)
  const policy = parseJsonObject(text)
  if (policy === undefined) {
    throw refuse("Amazon SQS can't create the redrive allow policy, as it's in an unsupported format.")
  }
  const { redrivePermission: permission, sourceQueueArns: sources } = policy
  if (permission !== 'allowAll' && permission !== 'denyAll' && permission !== 'byQueue') {
    throw refuse('redrivePermission must be one of allowAll, denyAll and byQueue.')
  }
  if (permission !== 'byQueue') {
    if (sources !== undefined) throw refuse('sourceQueueArns is allowed only when redrivePermission is byQueue.')
    return text
  }
  if (!Array.isArray(sources) || sources.length < 1 || sources.length > MOST_SOURCES) {
    throw refuse(`sourceQueueArns must have 1 to ${MOST_SOURCES} ARNs when redrivePermission is byQueue.`)
  }
  if (!sources.every((arn) => typeof arn === 'string' && parseQueueArn(arn) !== undefined)) {
    throw refuse('sourceQueueArns must be ARNs of queues.')
  }
  return text
}

function allows(text: string, source: QueueKey): boolean {
  const policy = parseJsonObject(text)
  if (policy?.redrivePermission !== 'byQueue') return policy?.redrivePermission !== 'denyAll'
  return (policy.sourceQueueArns as readonly string[]).some((arn) => {
    const key = parseQueueArn(arn)
    return key !== undefined && isSameQueue(key, source)
  })
}

/** 42 and "42" are both accepted. */
function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_RECEIVES
    ? count
    : undefined
}
