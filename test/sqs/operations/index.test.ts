import test from 'ava'
import { sqsShapes } from '../../../src/sqs/shapes.ts'
import { type Input, sqsClient } from '../sqs-client.ts'

test('every operation of the model runs', (t) => {
  const unsupported = Object.keys(sqsShapes.operations).filter((operation) => {
    const result = sqsClient().start(operation, { QueueUrl: 'orders' })
    return !(result instanceof Promise) && result.kind === 'error' && result.error.shape === 'UnsupportedOperation'
  })
  t.is(Object.keys(sqsShapes.operations).length, 23)
  t.deepEqual(unsupported, [])
})

test('what is no operation is unsupported', (t) => {
  t.is(sqsClient().error('Frobnicate').code, 'AWS.SimpleQueueService.UnsupportedOperation')
})

const REQUIRED: ReadonlyArray<readonly [operation: string, input: Input, missing: string]> = [
  ['CreateQueue', {}, 'QueueName'],
  ['GetQueueUrl', { QueueName: '' }, 'QueueName'],
  ['SendMessage', {}, 'MessageBody'],
  ['SendMessage', { MessageBody: '' }, 'MessageBody'],
  ['DeleteMessage', {}, 'ReceiptHandle'],
  ['DeleteMessage', { ReceiptHandle: '' }, 'ReceiptHandle'],
  ['ChangeMessageVisibility', { ReceiptHandle: 'x' }, 'VisibilityTimeout'],
  ['SetQueueAttributes', {}, 'Attributes'],
  ['TagQueue', {}, 'Tags'],
  ['UntagQueue', {}, 'TagKeys'],
  ['AddPermission', { Label: 'l', AWSAccountIds: ['000000000000'] }, 'Actions'],
  ['RemovePermission', {}, 'Label'],
  ['StartMessageMoveTask', {}, 'SourceArn'],
  ['CancelMessageMoveTask', { TaskHandle: '' }, 'TaskHandle'],
]

for (const [operation, input, missing] of REQUIRED) {
  test(`${operation} with ${JSON.stringify(input)} lacks ${missing}`, (t) => {
    const sqs = sqsClient()
    const QueueUrl = sqs.queue('orders')
    const error = sqs.error(operation, { ...(operation.endsWith('Url') ? {} : { QueueUrl }), ...input })
    t.is(error.code, 'MissingParameter')
    t.is(error.message, `The request must contain the parameter ${missing}.`)
  })
}

test('0 is no missing parameter', (t) => {
  const sqs = sqsClient()
  const error = sqs.error('ChangeMessageVisibility', {
    QueueUrl: sqs.queue('orders'),
    ReceiptHandle: 'x',
    VisibilityTimeout: 0,
  })
  t.is(error.code, 'ReceiptHandleIsInvalid')
})

for (const operation of ['ListQueues', 'CreateQueue']) {
  test(`${operation} is not for the path of a queue in query, and is for any path in JSON`, (t) => {
    const sqs = sqsClient()
    const path = '/000000000000/orders'
    const input = { QueueName: 'orders' }
    const error = sqs.error(operation, input, { protocol: 'awsQuery', path })
    t.is(error.code, 'InvalidAction')
    t.is(error.message, `The action ${operation} is not valid for this endpoint.`)
    t.notThrows(() => sqs.ok(operation, input, { path }))
    for (const fine of ['', '/', '/000000000000'])
      t.notThrows(() => sqs.ok(operation, input, { protocol: 'awsQuery', path: fine }))
  })
}

test('GetQueueUrl works on any path', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  for (const path of ['/', '/000000000000/orders', '/000000000000/other'])
    t.is(sqs.ok('GetQueueUrl', { QueueName: 'orders' }, { protocol: 'awsQuery', path }).QueueUrl, QueueUrl)
})
