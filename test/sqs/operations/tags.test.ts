import test from 'ava'
import { sqsClient } from '../sqs-client.ts'

test('tags are set, overwritten by key, removed and listed', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  t.deepEqual(sqs.ok('ListQueueTags', { QueueUrl }), {})
  sqs.ok('TagQueue', { QueueUrl, Tags: { a: '1', A: '2', b: '' } })
  sqs.ok('TagQueue', { QueueUrl, Tags: { a: '3' } })
  t.deepEqual(sqs.ok('ListQueueTags', { QueueUrl }), { Tags: { a: '3', A: '2', b: '' } })
  t.deepEqual(sqs.ok('UntagQueue', { QueueUrl, TagKeys: ['a', 'A', 'nothing'] }), {})
  t.deepEqual(sqs.ok('ListQueueTags', { QueueUrl }), { Tags: { b: '' } })
  sqs.ok('UntagQueue', { QueueUrl, TagKeys: ['b'] })
  t.deepEqual(sqs.ok('ListQueueTags', { QueueUrl }), {})
})

const tags = (count: number, from = 0): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${from + i}`, 'v']))

const REFUSED: ReadonlyArray<readonly [title: string, tags: Record<string, string>]> = [
  ['an empty key', { '': 'v' }],
  ['a long key', { ['k'.repeat(129)]: 'v' }],
  ['a long value', { k: 'v'.repeat(257) }],
  ['a key of AWS', { 'aws:k': 'v' }],
  ['51 tags', tags(51)],
]

for (const [title, refused] of REFUSED) {
  test(`${title} is refused, and nothing is tagged`, (t) => {
    const sqs = sqsClient()
    const QueueUrl = sqs.queue('orders')
    t.is(sqs.error('TagQueue', { QueueUrl, Tags: { ok: 'v', ...refused } }).code, 'InvalidParameterValue')
    t.deepEqual(sqs.ok('ListQueueTags', { QueueUrl }), {})
  })
}

test('fifty tags are all there is room for; overwriting needs none', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  sqs.ok('TagQueue', { QueueUrl, Tags: tags(50) })
  t.notThrows(() => sqs.ok('TagQueue', { QueueUrl, Tags: tags(10) }))
  t.is(sqs.error('TagQueue', { QueueUrl, Tags: tags(1, 50) }).code, 'InvalidParameterValue')
})

test('the longest key and value are fine', (t) => {
  const sqs = sqsClient()
  const Tags = { ['k'.repeat(128)]: 'v'.repeat(256) }
  t.notThrows(() => sqs.ok('TagQueue', { QueueUrl: sqs.queue('orders'), Tags }))
})
