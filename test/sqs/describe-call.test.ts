import test from 'ava'
import fc from 'fast-check'
import type { ServiceError } from '../../src/core/errors.ts'
import type { Call, Result } from '../../src/core/exchange.ts'
import { describeCall } from '../../src/sqs/describe-call.ts'
import { sqsError } from '../../src/sqs/errors.ts'
import { sqs } from '../../src/sqs/service.ts'

const [protocol] = sqs().protocols
const QueueUrl = 'http://localhost:3000/000000000000/orders'

function call(operation: string, input: Call['input'] = { QueueUrl }, path = '/'): Call {
  if (protocol === undefined) throw new Error('no protocol')
  return { protocol, operation, input, path }
}

function output(value: Readonly<Record<string, unknown>>): Result {
  return { kind: 'output', output: value }
}

const RESULTS: ReadonlyArray<readonly [operation: string, output: Readonly<Record<string, unknown>>, detail: string]> =
  [
    ['ReceiveMessage', {}, 'empty'],
    ['ReceiveMessage', { Messages: [{}] }, '1 message'],
    ['ReceiveMessage', { Messages: [{}, {}] }, '2 messages'],
    ['ListQueues', {}, 'empty'],
    ['ListQueues', { QueueUrls: ['a'] }, '1 queue'],
    ['ListDeadLetterSourceQueues', { queueUrls: ['a', 'b'] }, '2 queues'],
    ['SendMessageBatch', { Successful: [{}, {}] }, '2 ok'],
    ['DeleteMessageBatch', { Successful: [{}], Failed: [{}, {}] }, '1 ok, 2 failed'],
    ['ChangeMessageVisibilityBatch', { Failed: [{}] }, '0 ok, 1 failed'],
  ]

for (const [operation, value, detail] of RESULTS) {
  test(`${operation} with ${JSON.stringify(value)} is '${detail}'`, (t) => {
    t.like(describeCall(call(operation), output(value)), { resource: 'orders', detail })
  })
}

test('a send says its size in bytes and the beginning of its id', (t) => {
  const send = call('SendMessage', { QueueUrl, MessageBody: 'żółw' })
  t.is(describeCall(send, output({ MessageId: '8f3c1234-0000' })).detail, '7B id=8f3c…')
})

test('what is there because of it is told by id', (t) => {
  t.deepEqual(describeCall(call('SendMessage'), output({ MessageId: 'm-1' })).created, ['m-1'])
  const batch = output({ Successful: [{ MessageId: 'm-1' }, { MessageId: 'm-2' }] })
  t.deepEqual(describeCall(call('SendMessageBatch'), batch).created, ['m-1', 'm-2'])
  t.is(describeCall(call('ReceiveMessage'), output({})).created, undefined)
})

test('the queue is known by its URL, name, ARN or the path', (t) => {
  t.is(describeCall(call('GetQueueUrl', { QueueName: 'orders' }), undefined).resource, 'orders')
  const arn = 'arn:aws:sqs:eu-west-1:000000000000:orders'
  t.is(describeCall(call('StartMessageMoveTask', { SourceArn: arn }), undefined).resource, 'orders')
  t.is(describeCall(call('DeleteQueue', {}, '/000000000000/orders'), undefined).resource, 'orders')
  t.deepEqual(describeCall(call('ListQueues', {}), undefined), {})
})

test('of an error and of a void answer there is nothing to add', (t) => {
  const error: ServiceError = sqsError('QueueDoesNotExist')
  t.deepEqual(describeCall(call('SendMessage'), { kind: 'error', error: error.error }), { resource: 'orders' })
  t.deepEqual(describeCall(call('PurgeQueue'), output({})), { resource: 'orders' })
})

test('whatever a fault has put into an answer, there are words for it', (t) => {
  const json = fc.jsonValue({ maxDepth: 2 })
  const members = fc.constantFrom('MessageId', 'Messages', 'Successful', 'Failed', 'QueueUrls', 'queueUrls')
  const operations = fc.constantFrom(...sqs().operations)
  const mutated = fc.dictionary(members, fc.oneof(json, fc.array(json)))
  fc.assert(
    fc.property(operations, mutated, (operation, value) => {
      t.notThrows(() => describeCall(call(operation), output(value)))
    }),
  )
  t.deepEqual(describeCall(call('SendMessageBatch'), output({ Successful: [null] })).created, [])
})
