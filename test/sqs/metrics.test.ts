import test from 'ava'
import type { Result } from '../../src/core/exchange.ts'
import { measureCall, measureQueues } from '../../src/sqs/metrics.ts'
import { deskLab } from './admin/desk-lab.ts'
import { ended } from '../journal/exchanges.ts'

function measured(operation: string, input: Record<string, unknown>, output: Record<string, unknown>) {
  const { exchange } = ended({ operation, input: { QueueUrl: '/000000000000/orders', ...input } })
  const call = exchange.call()
  if ('error' in call) throw new Error('it can be decoded')
  const result: Result = { kind: 'output', output }
  return measureCall(call, result, exchange).map(({ metric, value }) => [
    metric.replace(/^aws_sqs_|_total$/g, ''),
    value,
  ])
}

for (const [operation, input, output, expected] of [
  [
    'SendMessage',
    { MessageBody: 'żółw' },
    {},
    [
      ['number_of_messages_sent', 1],
      ['sent_message_size_bytes', 7],
    ],
  ],
  [
    'SendMessageBatch',
    {
      Entries: [
        { Id: 'a', MessageBody: 'xx' },
        { Id: 'b', MessageBody: 'lost' },
      ],
    },
    { Successful: [{ Id: 'a' }] },
    [
      ['number_of_messages_sent', 1],
      ['sent_message_size_bytes', 2],
    ],
  ],
  ['ReceiveMessage', {}, {}, [['number_of_empty_receives', 1]]],
  ['ReceiveMessage', {}, { Messages: [{}, {}] }, [['number_of_messages_received', 2]]],
  ['DeleteMessage', {}, {}, [['number_of_messages_deleted', 1]]],
  ['DeleteMessageBatch', {}, { Successful: [{}, {}] }, [['number_of_messages_deleted', 2]]],
  ['ListQueues', {}, {}, []],
] as const)
  test(`CloudWatch counts of ${operation} ${JSON.stringify(output)}: ${JSON.stringify(expected)}`, (t) => {
    t.deepEqual(
      measured(operation, input, output),
      expected.map((pair) => [...pair]),
    )
  })

test('how full a queue is, and how old its oldest message', (t) => {
  const { clock, world, make, send } = deskLab()
  const queue = make('orders')
  send(queue, 'a')
  send(queue, 'b')
  send(queue, 'c', 60)
  queue.receive({ max: 1, visibilityTimeoutSeconds: 30 })
  clock.advance(5000)
  t.deepEqual(
    measureQueues(world).map(({ metric, value }) => [metric.replace('aws_sqs_approximate_', ''), value]),
    [
      ['number_of_messages_visible', 1],
      ['number_of_messages_not_visible', 1],
      ['number_of_messages_delayed', 1],
      ['age_of_oldest_message', 5],
    ],
  )
})
