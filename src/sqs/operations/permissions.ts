import { sqsError } from '../errors.ts'
import { withPermission, withoutPermission } from '../policy.ts'
import { invalidParameter, missingParameter } from '../validation.ts'
import { NOTHING, type OperationContext, type Output, inputOf, queueOf } from './operation.ts'
import { replaceAttributes } from './queue-attributes.ts'

interface AddPermissionInput {
  readonly Label: string
  readonly AWSAccountIds: readonly string[]
  readonly Actions: readonly string[]
}

const MOST_ACTIONS = 7
const GRANTABLE = new Set([
  '*',
  'ChangeMessageVisibility',
  'DeleteMessage',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'PurgeQueue',
  'ReceiveMessage',
  'SendMessage',
])

/** Grants write the queue's Policy; nothing enforces it here. */
export function addPermission(context: OperationContext): Output {
  const queue = queueOf(context)
  const {
    Label: label = '',
    AWSAccountIds: accounts = [],
    Actions: actions = [],
  } = inputOf<AddPermissionInput>(context)
  checkLabel(label)
  checkAccounts(accounts)
  checkActions(actions)
  const policy = withPermission(queue.attributes.get('Policy'), queue.arn, { label, accounts, actions })
  replaceAttributes(context, queue, new Map(queue.attributes).set('Policy', policy))
  return NOTHING
}

export function removePermission(context: OperationContext): Output {
  const queue = queueOf(context)
  const { Label: label = '' } = inputOf<AddPermissionInput>(context)
  const policy = withoutPermission(queue.attributes.get('Policy'), label)
  const attributes = new Map(queue.attributes)
  if (policy === undefined) attributes.delete('Policy')
  else attributes.set('Policy', policy)
  replaceAttributes(context, queue, attributes)
  return NOTHING
}

/** Documented: up to 80 of these characters. The text is not verified. */
function checkLabel(label: string): void {
  if (/^[A-Za-z0-9_-]{1,80}$/.test(label)) return
  throw invalidParameter(
    'Label',
    label,
    'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
  )
}

function checkAccounts(accounts: readonly string[]): void {
  if (accounts.length === 0) throw missingParameter('AWSAccountIds')
  const wrong = accounts.find((account) => !/^\d{12}$/.test(account))
  if (wrong !== undefined) throw invalidParameter('PrincipalId', `[${accounts.join(', ')}]`, 'Unable to verify.')
}

function checkActions(actions: readonly string[]): void {
  if (actions.length === 0) throw missingParameter('Actions')
  if (actions.length > MOST_ACTIONS) {
    throw sqsError('OverLimit', `${actions.length} Actions were found, maximum allowed is ${MOST_ACTIONS}.`)
  }
  const wrong = actions.find((action) => !GRANTABLE.has(action))
  if (wrong !== undefined) {
    throw invalidParameter('ActionName', `SQS:${wrong}`, 'Only the queue owner is allowed to invoke this action.')
  }
}
