import test from 'ava'
import { formatQueueUrl, parseQueueUrl, regionOfUrl } from '../../src/sqs/queue-url.ts'

const ACCOUNT = '123456789012'

for (const url of [
  'https://sqs.eu-west-1.amazonaws.com/123456789012/orders',
  'https://eu-west-1.queue.amazonaws.com/123456789012/orders',
  'https://queue.amazonaws.com/123456789012/orders',
  'http://localhost:3000/sqs/123456789012/orders',
  'http://localhost:3000/123456789012/orders',
  'http://pipit:3000/s/blue/sqs/123456789012/orders',
  'http://[::1]:3000/123456789012/orders',
  'http://sqs.us-east-1.localhost.localstack.cloud:4566/123456789012/orders',
  'http://localhost:4566/queue/eu-west-1/123456789012/orders',
  'http://localhost:9324/queue/123456789012/orders',
  '/123456789012/orders',
  '/sqs/123456789012/orders',
  '/123456789012/orders/',
  '/123456789012/orders?Action=GetQueueAttributes',
  'http://localhost:3000/123456789012/orders?x=/a#b',
  'localhost:3000/123456789012/orders',
  '123456789012/orders',
]) {
  test(`${url} is the queue orders of that account`, (t) => {
    t.deepEqual(parseQueueUrl(url), { name: 'orders', account: ACCOUNT })
  })
}

for (const url of [
  'http://localhost:9324/queue/orders',
  'http://localhost:3000/sqs/orders',
  'http://localhost:3000/s/blue/sqs/orders',
  'http://localhost:3000/orders',
  'http://localhost:3000/12345/orders',
  'http://localhost:3000/1234567890123/orders',
  '/orders',
  'orders',
]) {
  test(`${url} is the queue orders of the caller's account`, (t) => {
    t.deepEqual(parseQueueUrl(url), { name: 'orders' })
  })
}

for (const url of [
  '',
  '/',
  '/sqs',
  '/sqs/',
  '/queue',
  '/s/blue',
  '/s/blue/sqs/',
  '/123456789012',
  '/sqs/123456789012/',
  'http://localhost:3000',
  'http://localhost:3000/',
  'https://sqs.eu-west-1.amazonaws.com/?Action=ListQueues',
]) {
  test(`'${url}' names no queue`, (t) => {
    t.is(parseQueueUrl(url), undefined)
  })
}

test('a queue may be called like a prefix or an account, below an account', (t) => {
  t.deepEqual(parseQueueUrl('/123456789012/sqs'), { name: 'sqs', account: ACCOUNT })
  t.deepEqual(parseQueueUrl('/123456789012/123456789012'), { name: ACCOUNT, account: ACCOUNT })
  t.deepEqual(parseQueueUrl('123456789012'), { name: ACCOUNT })
})

const REGIONS: ReadonlyArray<readonly [url: string, region: string | undefined]> = [
  ['https://sqs.eu-west-1.amazonaws.com/123456789012/orders', 'eu-west-1'],
  ['https://sqs-fips.us-gov-west-1.amazonaws.com/123456789012/orders', 'us-gov-west-1'],
  ['https://ap-southeast-2.queue.amazonaws.com/123456789012/orders', 'ap-southeast-2'],
  ['https://queue.amazonaws.com/123456789012/orders', 'us-east-1'],
  ['http://sqs.us-west-2.localhost:4566/123456789012/orders', 'us-west-2'],
  ['http://localhost:4566/queue/moon-base-alpha/123456789012/orders', 'moon-base-alpha'],
  ['/queue/eu-west-1/123456789012/orders', 'eu-west-1'],
  ['http://localhost:3000/123456789012/orders', undefined],
  ['http://sqs.localhost:3000/123456789012/orders', undefined],
  ['http://sqs.my-company.example/123456789012/orders', undefined],
  ['/queue/orders', undefined],
  ['orders', undefined],
]

for (const [url, region] of REGIONS) {
  test(`${url} is of ${region ?? 'no'} region`, (t) => {
    t.is(regionOfUrl(url), region)
  })
}

test('a QueueUrl has the host and the prefix that the client called', (t) => {
  const queue = { account: ACCOUNT, name: 'orders' }
  t.is(
    formatQueueUrl({ origin: 'http://pipit:3000', mount: '/s/blue/sqs' }, queue),
    'http://pipit:3000/s/blue/sqs/123456789012/orders',
  )
  t.is(
    formatQueueUrl({ origin: 'http://localhost:41234', mount: '' }, queue),
    'http://localhost:41234/123456789012/orders',
  )
})
