import test from 'ava'
import { sqsClient } from '../sqs-client.ts'

const BASE = 'http://localhost:3000/sqs/000000000000'

test('queues are listed by name, below the prefix as it is spelt', (t) => {
  const sqs = sqsClient()
  t.deepEqual(sqs.ok('ListQueues'), {})
  for (const name of ['b', 'a2', 'A1', 'a1']) sqs.queue(name)
  t.deepEqual(
    sqs.ok('ListQueues').QueueUrls,
    ['A1', 'a1', 'a2', 'b'].map((name) => `${BASE}/${name}`),
  )
  t.deepEqual(sqs.ok('ListQueues', { QueueNamePrefix: 'a' }).QueueUrls, [`${BASE}/a1`, `${BASE}/a2`])
  t.deepEqual(sqs.ok('ListQueues', { QueueNamePrefix: 'x' }), {})
  t.deepEqual(sqs.ok('ListQueues', {}, { caller: { region: 'us-east-1' } }), {})
  t.deepEqual(sqs.ok('ListQueues', {}, { caller: { account: '111111111111' } }), {})
})

test('pages follow each other until there are no more', (t) => {
  const sqs = sqsClient()
  const names = ['a', 'b', 'c', 'd', 'e']
  for (const name of names) sqs.queue(name)
  const pages: string[][] = []
  let token: string | undefined
  do {
    const page = sqs.ok('ListQueues', { MaxResults: 2, ...(token !== undefined && { NextToken: token }) })
    pages.push(page.QueueUrls.map((url: string) => url.slice(-1)))
    token = page.NextToken
  } while (token !== undefined)
  t.deepEqual(pages, [['a', 'b'], ['c', 'd'], ['e']])
})

test('a page that takes all of them has no token', (t) => {
  const sqs = sqsClient()
  for (const name of ['a', 'b']) sqs.queue(name)
  t.false('NextToken' in sqs.ok('ListQueues', { MaxResults: 2 }))
  t.true('NextToken' in sqs.ok('ListQueues', { MaxResults: 1 }))
})

test('without MaxResults there are a thousand at most, and no token', (t) => {
  const sqs = sqsClient()
  for (let i = 0; i < 1001; i++) sqs.queue(`q${i}`)
  const listed = sqs.ok('ListQueues')
  t.is(listed.QueueUrls.length, 1000)
  t.false('NextToken' in listed)
  t.true('NextToken' in sqs.ok('ListQueues', { MaxResults: 1000 }))
})

test('a page survives that its last queue is deleted', (t) => {
  const sqs = sqsClient()
  for (const name of ['a', 'b', 'c']) sqs.queue(name)
  const { NextToken } = sqs.ok('ListQueues', { MaxResults: 2 })
  sqs.ok('DeleteQueue', { QueueUrl: 'b' })
  t.deepEqual(sqs.ok('ListQueues', { MaxResults: 2, NextToken }).QueueUrls, [`${BASE}/c`])
})

for (const MaxResults of [0, -1, 1001]) {
  test(`MaxResults cannot be ${MaxResults}`, (t) => {
    t.is(sqsClient().error('ListQueues', { MaxResults }).code, 'InvalidParameterValue')
  })
}

for (const NextToken of ['x', '', '!!!!', 'YQ==', 'YSBi']) {
  test(`'${NextToken}' is no token`, (t) => {
    t.is(sqsClient().error('ListQueues', { MaxResults: 1, NextToken }).code, 'InvalidParameterValue')
  })
}

test("a dead-letter queue's sources are listed, in pages too", (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('dlq')
  t.deepEqual(sqs.ok('ListDeadLetterSourceQueues', { QueueUrl }), { queueUrls: [] })
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:000000000000:dlq',
    maxReceiveCount: 1,
  })
  sqs.queue('other')
  for (const name of ['a', 'b']) sqs.queue(name, { RedrivePolicy })
  t.deepEqual(sqs.ok('ListDeadLetterSourceQueues', { QueueUrl }), { queueUrls: [`${BASE}/a`, `${BASE}/b`] })
  const first = sqs.ok('ListDeadLetterSourceQueues', { QueueUrl, MaxResults: 1 })
  t.deepEqual(first.queueUrls, [`${BASE}/a`])
  t.deepEqual(sqs.ok('ListDeadLetterSourceQueues', { QueueUrl, MaxResults: 1, NextToken: first.NextToken }), {
    queueUrls: [`${BASE}/b`],
  })
  sqs.ok('SetQueueAttributes', { QueueUrl: 'a', Attributes: { RedrivePolicy: '' } })
  t.deepEqual(sqs.ok('ListDeadLetterSourceQueues', { QueueUrl }).queueUrls, [`${BASE}/b`])
})
