import test from 'ava'
import { sqsClient } from '../sqs-client.ts'

test('a queue is found by its name, in the account that is asked for', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  t.deepEqual(sqs.ok('GetQueueUrl', { QueueName: 'orders' }), { QueueUrl })
  const caller = { account: '111111111111' }
  t.deepEqual(sqs.ok('GetQueueUrl', { QueueName: 'orders', QueueOwnerAWSAccountId: '000000000000' }, { caller }), {
    QueueUrl,
  })
  const error = sqs.error('GetQueueUrl', { QueueName: 'orders' }, { caller })
  t.is(error.code, 'AWS.SimpleQueueService.NonExistentQueue')
  t.regex(error.hint ?? '', /account 000000000000; this call looked in region eu-west-1, account 111111111111$/)
})
