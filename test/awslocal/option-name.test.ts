import test from 'ava'
import { optionName } from '../../src/awslocal/option-name.ts'

for (const [api, cli] of [
  ['CreateQueue', 'create-queue'],
  ['QueueUrl', 'queue-url'],
  ['AWSAccountIds', 'aws-account-ids'],
  ['QueueOwnerAWSAccountId', 'queue-owner-aws-account-id'],
  ['ListDeadLetterSourceQueues', 'list-dead-letter-source-queues'],
  ['tags', 'tags'],
] as const)
  test(`the AWS CLI calls ${api} ${cli}`, (t) => t.is(optionName(api), cli))
