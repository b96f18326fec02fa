import type { QueueKey } from './engine/queue-key.ts'

/** `arn:<partition>:sqs:<region>:<account>:<name>`; `undefined` when it is not the ARN of a queue. */
export function parseQueueArn(arn: string): QueueKey | undefined {
  const match = /^arn:[^:]+:sqs:([^:]+):(\d{12}):([A-Za-z0-9_.-]+)$/.exec(arn)
  return match === null
    ? undefined
    : { region: match[1] as string, account: match[2] as string, name: match[3] as string }
}

export function isSameQueue(a: QueueKey, b: QueueKey): boolean {
  return a.name === b.name && a.account === b.account && a.region === b.region
}
