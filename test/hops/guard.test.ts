import test from 'ava'
import type { Call } from '../../src/core/exchange.ts'
import type { Guards } from '../../src/core/upstream.ts'
import { guardComplaint } from '../../src/hops/guard.ts'
import { JSON_PROTOCOL, SQS } from './exchanges.ts'

const OPEN: Guards = { only: undefined, operations: undefined, readOnly: false, confirmAccount: undefined }

const callOf = (operation: string, input: Call['input'] = {}): Call => ({
  protocol: JSON_PROTOCOL,
  operation,
  input,
  path: '/',
})
const complaint = (guards: Partial<Guards>, call: Call, service: typeof SQS | undefined = SQS): string | undefined =>
  guardComplaint({ ...OPEN, ...guards }, call, service)

test('without guard rails everything passes', (t) => {
  for (const operation of SQS.operations) t.is(complaint({}, callOf(operation)), undefined)
  t.is(complaint({}, callOf('PutItem'), undefined), undefined)
})

test('readOnly lets six operations of SQS through, and receiving is none of them', (t) => {
  const passing = SQS.operations.filter((operation) => complaint({ readOnly: true }, callOf(operation)) === undefined)
  t.deepEqual(passing.toSorted(), [
    'GetQueueAttributes',
    'GetQueueUrl',
    'ListDeadLetterSourceQueues',
    'ListMessageMoveTasks',
    'ListQueueTags',
    'ListQueues',
  ])
  t.is(
    complaint({ readOnly: true }, callOf('ReceiveMessage')),
    'ReceiveMessage changes something, and only reads may pass (readOnly)',
  )
})

test('operations are told by globs', (t) => {
  const operations = ['Send*', 'GetQueueUrl']
  t.is(complaint({ operations }, callOf('SendMessageBatch')), undefined)
  t.is(complaint({ operations }, callOf('GetQueueUrl')), undefined)
  t.is(
    complaint({ operations }, callOf('DeleteQueue')),
    'DeleteQueue is not among the operations that may pass (operations: Send*, GetQueueUrl)',
  )
})

test('only lets calls through that are about nothing else', (t) => {
  const only = ['queue:orders*', 'queue:dead']
  t.is(complaint({ only }, callOf('SendMessage', { QueueUrl: 'http://h/000000000000/orders.fifo' })), undefined)
  t.is(complaint({ only }, callOf('CreateQueue', { QueueName: 'orders' })), undefined)
  t.is(
    complaint({ only }, callOf('SendMessage', { QueueUrl: 'http://h/000000000000/billing' })),
    'SendMessage is about queue:billing, which may not pass (only: queue:orders*, queue:dead)',
  )
  const arn = (name: string): string => `arn:aws:sqs:eu-west-1:000000000000:${name}`
  const move = (to: string): Call => callOf('StartMessageMoveTask', { SourceArn: arn('dead'), DestinationArn: arn(to) })
  t.is(complaint({ only }, move('orders')), undefined)
  t.regex(complaint({ only }, move('billing')) ?? '', /is about queue:billing/)
})

test('a call that is about nothing passes only if it reads', (t) => {
  const only = ['queue:orders*']
  t.is(complaint({ only }, callOf('ListQueues')), undefined)
  t.regex(
    complaint({ only }, callOf('CancelMessageMoveTask', { TaskHandle: 'x' })) ?? '',
    /does not say what it is about/,
  )
})

test('only cannot be kept for a service that pipit does not know, so nothing passes', (t) => {
  t.regex(guardComplaint({ ...OPEN, only: ['*'] }, callOf('GetItem'), undefined) ?? '', /cannot tell what/)
  t.regex(guardComplaint({ ...OPEN, readOnly: true }, callOf('GetItem'), undefined) ?? '', /may change something/)
})
