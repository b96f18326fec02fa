import test from 'ava'
import { type SqsClient, sqsClient } from '../sqs-client.ts'

const ACCOUNT = '668614515564'
const permission = { Label: 'crossaccountpermission', AWSAccountIds: [ACCOUNT], Actions: ['ReceiveMessage'] }

function policyOf(sqs: SqsClient, QueueUrl: string): unknown {
  const { Attributes } = sqs.ok('GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] })
  return Attributes === undefined ? undefined : JSON.parse(Attributes.Policy)
}

test('permissions are added to the policy and removed from it, as AWS was recorded', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  t.deepEqual(sqs.ok('AddPermission', { QueueUrl, ...permission }), {})
  const Resource = 'arn:aws:sqs:eu-west-1:000000000000:orders'
  const statement = {
    Sid: 'crossaccountpermission',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: 'SQS:ReceiveMessage',
    Resource,
  }
  const policy = { Version: '2008-10-17', Id: `${Resource}/SQSDefaultPolicy`, Statement: [statement] }
  t.deepEqual(policyOf(sqs, QueueUrl), policy)

  const again = sqs.error('AddPermission', { QueueUrl, ...permission })
  t.is(again.message, 'Value crossaccountpermission for parameter Label is invalid. Reason: Already exists.')

  const Label = 'crossaccountpermission2'
  sqs.ok('AddPermission', { QueueUrl, ...permission, Label })
  t.deepEqual(policyOf(sqs, QueueUrl), { ...policy, Statement: [statement, { ...statement, Sid: Label }] })

  sqs.ok('RemovePermission', { QueueUrl, Label: 'crossaccountpermission' })
  t.deepEqual(policyOf(sqs, QueueUrl), { ...policy, Statement: [{ ...statement, Sid: Label }] })
  t.deepEqual(sqs.ok('RemovePermission', { QueueUrl, Label }), {})
  t.is(policyOf(sqs, QueueUrl), undefined)
  t.is(
    sqs.error('RemovePermission', { QueueUrl, Label }).message,
    "Value crossaccountpermission2 for parameter Label is invalid. Reason: can't find label.",
  )
})

const ACTIONS = [
  'ReceiveMessage',
  'SendMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
  'PurgeQueue',
]

const REFUSED: ReadonlyArray<readonly [title: string, input: object, code: string, message: RegExp]> = [
  [
    'eight actions',
    { Actions: [...ACTIONS, 'ListDeadLetterSourceQueues'] },
    'OverLimit',
    /^8 Actions were found, maximum allowed is 7\.$/,
  ],
  [
    "an owner's action",
    { Actions: ['CreateQueue'] },
    'InvalidParameterValue',
    /^Value SQS:CreateQueue for parameter ActionName is invalid\. Reason: Only the queue owner/,
  ],
  ['no actions', { Actions: [] }, 'MissingParameter', /Actions/],
  ['no accounts', { AWSAccountIds: [] }, 'MissingParameter', /AWSAccountIds/],
  ['an account that is none', { AWSAccountIds: ['12'] }, 'InvalidParameterValue', /PrincipalId .* Unable to verify/],
  ['an illegal label', { Label: 'a b' }, 'InvalidParameterValue', /^Value a b for parameter Label/],
]

for (const [title, input, code, message] of REFUSED) {
  test(`${title} is no permission`, (t) => {
    const sqs = sqsClient()
    const QueueUrl = sqs.queue('orders')
    const error = sqs.error('AddPermission', { QueueUrl, ...permission, ...input })
    t.is(error.code, code)
    t.regex(error.message, message)
    t.is(policyOf(sqs, QueueUrl), undefined)
  })
}

test('seven actions and a star are fine', (t) => {
  const sqs = sqsClient()
  const QueueUrl = sqs.queue('orders')
  t.notThrows(() => sqs.ok('AddPermission', { QueueUrl, ...permission, Actions: ACTIONS }))
  t.notThrows(() => sqs.ok('AddPermission', { QueueUrl, ...permission, Label: 'star', Actions: ['*'] }))
})
