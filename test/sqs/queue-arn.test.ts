import test from 'ava'
import { isSameQueue, parseQueueArn } from '../../src/sqs/queue-arn.ts'

test('the ARN of a queue says region, account and name, in every partition', (t) => {
  const key = { region: 'eu-west-1', account: '123456789012', name: 'orders.fifo' }
  t.deepEqual(parseQueueArn('arn:aws:sqs:eu-west-1:123456789012:orders.fifo'), key)
  t.deepEqual(parseQueueArn('arn:aws-cn:sqs:eu-west-1:123456789012:orders.fifo'), key)
})

for (const text of [
  '',
  'orders',
  'arn:aws:sns:eu-west-1:123456789012:orders',
  'arn:aws:sqs:eu-west-1:1234:orders',
  'arn:aws:sqs::123456789012:orders',
  'arn:aws:sqs:eu-west-1:123456789012:',
  'arn:aws:sqs:eu-west-1:123456789012:a:b',
  'arn:aws:sqs:eu-west-1:123456789012:bad name',
]) {
  test(`'${text}' is no ARN of a queue`, (t) => {
    t.is(parseQueueArn(text), undefined)
  })
}

test('queues are the same when account, region and name are', (t) => {
  const key = { region: 'eu-west-1', account: '123456789012', name: 'orders' }
  t.true(isSameQueue(key, { ...key }))
  t.false(isSameQueue(key, { ...key, region: 'eu-west-2' }))
  t.false(isSameQueue(key, { ...key, account: '000000000000' }))
  t.false(isSameQueue(key, { ...key, name: 'Orders' }))
})
