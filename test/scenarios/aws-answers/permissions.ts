import { queueArn, scenario } from './scenario.ts'
import type { Answer } from './send.ts'

const OTHER_ACCOUNT = '668614515564'

scenario('test_sqs_permission_lifecycle', async ({ sqs, queue, recorded, t }) => {
  const QueueUrl = await queue()
  const account = (await queueArn(sqs, QueueUrl)).split(':')[4] as string
  const add = (Label: string, ...AWSAccountIds: readonly string[]) =>
    sqs.ask('AddPermission', { QueueUrl, Label, AWSAccountIds, Actions: ['ReceiveMessage'] })
  const remove = (Label: string) => sqs.ask('RemovePermission', { QueueUrl, Label })
  const policy = () => sqs.ask('GetQueueAttributes', { QueueUrl, AttributeNames: ['Policy'] })
  const [first, second] = ['crossaccountpermission', 'crossaccountpermission2']

  recorded('add-permission-response', await add(first, account, OTHER_ACCOUNT))
  const both = await policy()
  recorded('get-queue-policy-attribute', withOtherAccountFirst(both))
  // The recording has tokens for these two words.
  const text = (both['Attributes'] as Readonly<Record<string, string>>)['Policy'] as string
  t.regex(text, /"Id":"[^"]+\/SQSDefaultPolicy"/)
  t.regex(text, new RegExp(`"arn:aws[a-z-]*:iam::${account}:root"`))
  recorded('remove-permission-response', await remove(first))
  recorded('get-queue-policy-attribute-after-removal', await policy())

  await add(first, account)
  recorded('get-queue-policy-attribute-first-account-same-label', await policy())
  recorded('get-queue-policy-attribute-second-account-same-label', await add(first, OTHER_ACCOUNT))
  await add(second, account)
  recorded('get-queue-policy-attribute-second-account-different-label', await policy())
  await remove(first)
  recorded('get-queue-policy-attribute-delete-first-permission', await policy())
  await remove(second)
  recorded('get-queue-policy-attribute-delete-second-permission', await policy())
  recorded('get-queue-policy-attribute-delete-non-existent-label', await remove(second))
})

/** The order of several principals is not fixed; the recorder sorted them like this. */
function withOtherAccountFirst(answer: Answer): Answer {
  const attributes = answer['Attributes'] as Readonly<Record<string, string>>
  const policy = JSON.parse(attributes['Policy'] as string) as { Statement: { Principal: { AWS: string[] } }[] }
  policy.Statement[0]?.Principal.AWS.sort(
    (a, b) => Number(b.includes(OTHER_ACCOUNT)) - Number(a.includes(OTHER_ACCOUNT)),
  )
  return { ...answer, Attributes: { ...attributes, Policy: JSON.stringify(policy) } }
}
