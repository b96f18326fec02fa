import test from 'ava'
import type { Call } from '../../src/core/exchange.ts'
import { sqsRecordable } from '../../src/sqs/recordable.ts'
import { sqs } from '../../src/sqs/service.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'
import { sqsClient } from './sqs-client.ts'

const service = sqs()
const caller = { accessKey: 'x', account: '123456789012', region: 'eu-west-1', signingName: 'sqs' }
const call = (operation: string, input: object, path = '/'): Call => ({ operation, input, path }) as unknown as Call

test('every operation has a role or only looks, and every role is of an operation', (t) => {
  const { roles } = sqsRecordable
  t.deepEqual(
    service.operations.filter((operation) => !(operation in roles) && !service.reads.includes(operation)),
    [],
  )
  t.deepEqual(
    Object.keys(roles).filter(
      (operation) => !service.operations.includes(operation) || service.reads.includes(operation),
    ),
    [],
  )
})

test('roles name members that their operations have', (t) => {
  for (const [operation, role] of Object.entries(sqsRecordable.roles)) {
    const { input, output } = sqsShapes.operations[operation] ?? {}
    if (role.kind === 'make') t.true(role.id in (output?.members ?? {}))
    if (role.kind === 'touch') t.true(role.handle in (input?.members ?? {}))
    if (role.kind === 'batch') t.true(role.of in sqsRecordable.roles)
    if (role.kind !== 'take') continue
    for (const name of role.by) t.true(name in (input?.members ?? {}))
    t.true(role.items in (output?.members ?? {}))
  }
})

for (const [url, path, plain] of [
  ['http://localhost:3000/s/blue/sqs/000000000000/q', '/', '/000000000000/q'],
  ['https://sqs.eu-west-1.amazonaws.com/999999999999/q.fifo', '/', '/999999999999/q.fifo'],
  ['q', '/', '/123456789012/q'],
  [undefined, '/999999999999/q', '/999999999999/q'],
  ['http://localhost:3000/', '/', 'http://localhost:3000/'],
  [undefined, '/', undefined],
] as const)
  test(`the queue of ${url ?? path} is plainly ${plain}`, (t) => {
    const input = url === undefined ? {} : { QueueUrl: url }
    t.is(sqsRecordable.plainInput(call('SendMessage', input, path), caller)['QueueUrl'], plain)
  })

test('an operation that takes no queue stays as it is', (t) => {
  const input = { QueueName: 'q' }
  t.is(sqsRecordable.plainInput(call('CreateQueue', input, '/123456789012/q'), caller), input)
  t.is(sqsRecordable.plainInput(call('Odd', input), caller), input)
})

test('messages of one group of a FIFO queue are in one lane, others in none', (t) => {
  const lane = (QueueUrl: string, MessageGroupId?: string) =>
    sqsRecordable.lane?.('SendMessage', { QueueUrl, MessageGroupId })
  t.is(lane('/000000000000/q.fifo', 'g'), lane('/000000000000/q.fifo', 'g'))
  t.not(lane('/000000000000/q.fifo', 'g'), lane('/000000000000/q.fifo', 'h'))
  t.is(lane('/000000000000/q', 'g'), undefined)
  t.is(lane('/000000000000/q.fifo'), undefined)
})

test('what a fixture leaves out of an answer is worked out again', (t) => {
  const MessageAttributes = {
    k: { DataType: 'String', StringValue: 'v' },
    b: { DataType: 'Binary', BinaryValue: Buffer.from('x') },
  }
  const input = { MessageBody: 'a', MessageAttributes }
  const client = sqsClient()
  const { MD5OfMessageBody, MD5OfMessageAttributes } = client.ok('SendMessage', {
    QueueUrl: client.queue('q'),
    ...input,
  })
  t.deepEqual(sqsRecordable.complete?.('SendMessage', input, { MessageId: 'm' }), {
    MessageId: 'm',
    MD5OfMessageBody,
    MD5OfMessageAttributes,
  })
  t.deepEqual(sqsRecordable.complete?.('SendMessage', { MessageBody: 'a' }, {}), { MD5OfMessageBody })
  t.deepEqual(sqsRecordable.complete?.('DeleteMessage', {}, {}), {})
})
