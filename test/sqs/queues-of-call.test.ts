import test from 'ava'
import type { Call } from '../../src/core/exchange.ts'
import { sqs } from '../../src/sqs/service.ts'
import { queuesOfCall } from '../../src/sqs/queues-of-call.ts'

const protocol = sqs().protocols[0] as Call['protocol']

const CALLS: ReadonlyArray<
  readonly [what: string, operation: string, input: Call['input'], path: string, queues: readonly string[]]
> = [
  ['a queue URL', 'SendMessage', { QueueUrl: 'http://h/1/orders' }, '/', ['queue:orders']],
  ['the path of the query protocol', 'SendMessage', {}, '/000000000000/orders', ['queue:orders']],
  ['both, when they differ', 'SendMessage', { QueueUrl: 'http://h/a' }, '/000000000000/b', ['queue:a', 'queue:b']],
  ['both, when they say the same', 'SendMessage', { QueueUrl: 'http://h/a' }, '/000000000000/a', ['queue:a']],
  ['a name', 'CreateQueue', { QueueName: 'orders' }, '/', ['queue:orders']],
  [
    'two ARNs',
    'StartMessageMoveTask',
    {
      SourceArn: 'arn:aws:sqs:eu-west-1:000000000000:dead',
      DestinationArn: 'arn:aws:sqs:eu-west-1:000000000000:orders',
    },
    '/',
    ['queue:dead', 'queue:orders'],
  ],
  ['nothing', 'ListQueues', { QueueNamePrefix: 'orders' }, '/', []],
  ['an opaque handle', 'CancelMessageMoveTask', { TaskHandle: 'AQEB' }, '/', []],
]

for (const [what, operation, input, path, queues] of CALLS) {
  test(`a call names its queues by ${what}`, (t) => {
    t.deepEqual(queuesOfCall({ protocol, operation, input, path }), queues)
  })
}
