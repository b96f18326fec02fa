import test from 'ava'
import { checkPolicy, withPermission, withoutPermission } from '../../src/sqs/policy.ts'
import { thrownBy } from './sqs-client.ts'

interface Policy {
  readonly Version: string
  readonly Id: string
  readonly Statement: readonly { readonly Sid: string; readonly Principal: object }[]
}

function read(policy: string | undefined): Policy {
  return JSON.parse(policy ?? '') as Policy
}

const ARN = 'arn:aws:sqs:eu-west-1:111111111111:orders'
const one = { label: 'first', accounts: ['668614515564'], actions: ['ReceiveMessage'] }

test('one account and one action are scalars, several are lists, as AWS writes them', (t) => {
  const policy = withPermission(undefined, ARN, one)
  t.deepEqual(JSON.parse(policy), {
    Version: '2008-10-17',
    Id: `${ARN}/SQSDefaultPolicy`,
    Statement: [
      {
        Sid: 'first',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::668614515564:root' },
        Action: 'SQS:ReceiveMessage',
        Resource: ARN,
      },
    ],
  })
  const more = withPermission(policy, ARN, {
    label: 'second',
    accounts: ['668614515564', '111111111111'],
    actions: ['SendMessage', '*'],
  })
  t.deepEqual(read(more).Statement[1], {
    Sid: 'second',
    Effect: 'Allow',
    Principal: { AWS: ['arn:aws:iam::668614515564:root', 'arn:aws:iam::111111111111:root'] },
    Action: ['SQS:SendMessage', 'SQS:*'],
    Resource: ARN,
  })
})

test('principals are of the partition that the queue is in', (t) => {
  const policy = withPermission(undefined, 'arn:aws-cn:sqs:cn-north-1:111111111111:orders', one)
  t.deepEqual(read(policy).Statement[0]?.Principal, { AWS: 'arn:aws-cn:iam::668614515564:root' })
})

test('a label is taken once', (t) => {
  const policy = withPermission(undefined, ARN, one)
  const error = thrownBy(() => withPermission(policy, ARN, one))
  t.is(error.code, 'InvalidParameterValue')
  t.is(error.message, 'Value first for parameter Label is invalid. Reason: Already exists.')
})

test("a policy of the user's own is extended, not replaced", (t) => {
  const own = JSON.stringify({ Version: '2012-10-17', Id: 'mine', Statement: { Sid: 'own', Effect: 'Deny' } })
  const policy = read(withPermission(own, ARN, one))
  t.is(policy.Version, '2012-10-17')
  t.is(policy.Id, 'mine')
  t.deepEqual(
    policy.Statement.map(({ Sid }) => Sid),
    ['own', 'first'],
  )
})

test('the last statement that goes takes the policy with it', (t) => {
  const both = withPermission(withPermission(undefined, ARN, one), ARN, { ...one, label: 'second' })
  const rest = withoutPermission(both, 'first')
  t.deepEqual(
    read(rest).Statement.map(({ Sid }) => Sid),
    ['second'],
  )
  t.is(withoutPermission(rest, 'second'), undefined)
})

test('a label that is not there cannot be removed', (t) => {
  for (const policy of [undefined, withPermission(undefined, ARN, one)]) {
    t.is(
      thrownBy(() => withoutPermission(policy, 'other')).message,
      "Value other for parameter Label is invalid. Reason: can't find label.",
    )
  }
})

test('a policy is a JSON object, kept as it came', (t) => {
  t.is(checkPolicy('{ "Version": "x" }'), '{ "Version": "x" }')
  for (const text of ['x', '[]', '1']) t.is(thrownBy(() => checkPolicy(text)).code, 'InvalidAttributeValue')
})
