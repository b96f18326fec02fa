import test from 'ava'
import { sqsClient } from '../sqs-client.ts'

const ACCOUNT = '000000000000'

for (const QueueUrl of [
  `http://localhost:3000/sqs/${ACCOUNT}/orders`,
  `http://pipit:3000/${ACCOUNT}/orders`,
  `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/orders`,
  'http://localhost:9324/queue/orders',
  `/queue/us-east-1/${ACCOUNT}/orders`,
  'orders',
]) {
  test(`a queue is found by ${QueueUrl}`, (t) => {
    const sqs = sqsClient()
    sqs.queue('orders')
    t.notThrows(() => sqs.ok('PurgeQueue', { QueueUrl }))
  })
}

test('a QueueUrl without a queue is an InvalidAddress', (t) => {
  const error = sqsClient().error('PurgeQueue', { QueueUrl: 'http://localhost:3000/sqs/' })
  t.is(error.code, 'InvalidAddress')
  t.is(error.status, 404)
  t.is(error.message, 'The address http://localhost:3000/sqs/ is not valid for this endpoint.')
})

test('a query without QueueUrl means the queue of its path; a QueueUrl wins over it', (t) => {
  const sqs = sqsClient()
  const first = sqs.queue('first')
  const second = sqs.queue('second')
  const how = { protocol: 'awsQuery', path: `/${ACCOUNT}/second` } as const
  sqs.ok('SendMessage', { MessageBody: 'by path' }, how)
  sqs.ok('SendMessage', { QueueUrl: first, MessageBody: 'by parameter' }, how)
  t.is(sqs.ok('ReceiveMessage', { QueueUrl: second }).Messages[0].Body, 'by path')
  t.is(sqs.ok('ReceiveMessage', { QueueUrl: first }).Messages[0].Body, 'by parameter')
})

test('the path of a JSON call says nothing, nor does a path without a queue', (t) => {
  const sqs = sqsClient()
  sqs.queue('orders')
  for (const how of [
    { path: `/${ACCOUNT}/orders` },
    { protocol: 'awsQuery', path: '/' },
    { protocol: 'awsQuery', path: `/${ACCOUNT}` },
  ] as const)
    t.is(sqs.error('PurgeQueue', {}, how).message, 'The request must contain the parameter QueueUrl.')
})

test("regions and accounts are apart; the URL's account is meant", (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  t.is(sqs.error('PurgeQueue', { QueueUrl }, { caller: { region: 'us-east-1' } }).shape, 'QueueDoesNotExist')
  t.notThrows(() => sqs.ok('PurgeQueue', { QueueUrl }, { caller: { account: '111111111111' } }))
  t.is(
    sqs.error('PurgeQueue', { QueueUrl: 'orders' }, { caller: { account: '111111111111' } }).shape,
    'QueueDoesNotExist',
  )
})

test('who does not sign is asked by the host for the region', (t) => {
  const sqs = sqsClient()
  const unsigned = { signingName: '', region: 'us-east-1' }
  const here = { caller: unsigned, origin: 'http://sqs.eu-west-1.localhost:4566' }
  sqs.ok('CreateQueue', { QueueName: 'orders' }, here)
  t.notThrows(() => sqs.ok('PurgeQueue', { QueueUrl: 'orders' }))
  t.notThrows(() =>
    sqs.ok('PurgeQueue', { QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/000000000000/orders' }, { caller: unsigned }),
  )
  t.is(sqs.error('PurgeQueue', { QueueUrl: 'orders' }, { caller: unsigned }).shape, 'QueueDoesNotExist')
})

test('a queue that is elsewhere is hinted at, in the text of AWS', (t) => {
  const sqs = sqsClient()
  sqs.queue('orders')
  const error = sqs.error('PurgeQueue', { QueueUrl: 'orders' }, { caller: { region: 'us-east-1' } })
  t.is(error.message, 'The specified queue does not exist.')
  t.is(error.query?.message, 'The specified queue does not exist for this wsdl version.')
  t.regex(error.hint ?? '', /^queue 'orders' exists in region eu-west-1, account 000000000000; this call looked in/)
  t.is(sqs.error('PurgeQueue', { QueueUrl: 'nowhere' }).hint, undefined)
})

test('QueueUrls have the host and the prefix that was called', (t) => {
  const sqs = sqsClient()
  const how = { origin: 'http://pipit:3000', mount: '/s/blue/sqs' }
  t.is(sqs.ok('CreateQueue', { QueueName: 'q' }, how).QueueUrl, `http://pipit:3000/s/blue/sqs/${ACCOUNT}/q`)
  t.is(sqs.ok('GetQueueUrl', { QueueName: 'q' }, { mount: '' }).QueueUrl, `http://localhost:3000/${ACCOUNT}/q`)
})
