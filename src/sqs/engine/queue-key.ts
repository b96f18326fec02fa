export interface QueueKey {
  /** Twelve digits. */
  readonly account: string
  readonly region: string
  readonly name: string
}

export function arnOf(key: QueueKey): string {
  return `arn:${partitionOf(key.region)}:sqs:${key.region}:${key.account}:${key.name}`
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
