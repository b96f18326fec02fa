import test from 'ava'
import { optionName } from '../../src/awslocal/option-name.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'

for (const [api, option] of [
  ['CreateQueue', 'create-queue'],
  ['QueueUrl', 'queue-url'],
  ['AWSAccountIds', 'aws-account-ids'],
  ['MaxNumberOfMessages', 'max-number-of-messages'],
  ['SourceArn', 'source-arn'],
] as const)
  test(`${api} is ${option} on the command line`, (t) => {
    t.is(optionName(api), option)
  })

test('no two operations of SQS, and no two members of one, share a name', (t) => {
  const names = Object.keys(sqsShapes.operations)
  t.is(new Set(names.map(optionName)).size, names.length)
  for (const { input } of Object.values(sqsShapes.operations)) {
    const members = Object.keys(input.members)
    t.is(new Set(members.map(optionName)).size, members.length)
  }
})
