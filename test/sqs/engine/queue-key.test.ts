import test from 'ava'
import { arnOf } from '../../../src/sqs/engine/queue-key.ts'

for (const [region, partition] of [
  ['us-east-1', 'aws'],
  ['moon-base-alpha', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
] as const)
  test(`a queue in ${region} is in partition ${partition}`, (t) => {
    t.is(
      arnOf({ account: '123456789012', region, name: 'orders.fifo' }),
      `arn:${partition}:sqs:${region}:123456789012:orders.fifo`,
    )
  })
