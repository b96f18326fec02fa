import { hash } from 'node:crypto'
import type { Call, Caller } from '../core/exchange.ts'
import type { Recordable } from '../core/recordable.ts'
import type { MessageAttributes } from './engine/message.ts'
import { messageAttributesMd5, type WireAttributes } from './message-attributes.ts'
import { parseQueueUrl } from './queue-url.ts'
import { sqsShapes } from './shapes.ts'
import { isFifoName } from './validation.ts'

type Members = Readonly<Record<string, unknown>>

/** What a recorder and a replayer know of SQS. */
export const sqsRecordable: Recordable = {
  roles: {
    CreateQueue: { kind: 'barrier', isRepeatable: true, creates: true },
    DeleteQueue: { kind: 'barrier', destroys: true },
    PurgeQueue: { kind: 'barrier' },
    SetQueueAttributes: { kind: 'barrier' },
    AddPermission: { kind: 'barrier' },
    RemovePermission: { kind: 'barrier' },
    TagQueue: { kind: 'barrier' },
    UntagQueue: { kind: 'barrier' },
    StartMessageMoveTask: { kind: 'barrier', moves: true },
    CancelMessageMoveTask: { kind: 'barrier' },
    SendMessage: { kind: 'make', id: 'MessageId', content: 'MessageBody' },
    SendMessageBatch: { kind: 'batch', of: 'SendMessage' },
    ReceiveMessage: {
      kind: 'take',
      by: ['QueueUrl'],
      items: 'Messages',
      id: 'MessageId',
      handle: 'ReceiptHandle',
      content: 'Body',
      waits: 'WaitTimeSeconds',
    },
    DeleteMessage: { kind: 'touch', handle: 'ReceiptHandle', isLast: true },
    DeleteMessageBatch: { kind: 'batch', of: 'DeleteMessage' },
    ChangeMessageVisibility: { kind: 'touch', handle: 'ReceiptHandle', isRepeatable: true },
    ChangeMessageVisibilityBatch: { kind: 'batch', of: 'ChangeMessageVisibility' },
  },
  computed: ['MD5OfBody', 'MD5OfMessageBody', 'MD5OfMessageAttributes', 'MD5OfMessageSystemAttributes'],
  plainInput,
  complete,
  lane,
}

function plainInput(call: Call, { account }: Caller): Members {
  const members = sqsShapes.operations[call.operation]?.input.members
  if (members === undefined || !('QueueUrl' in members)) return call.input
  const { QueueUrl } = call.input
  const address = parseQueueUrl(typeof QueueUrl === 'string' && QueueUrl !== '' ? QueueUrl : call.path)
  return address === undefined
    ? call.input
    : { ...call.input, QueueUrl: `/${address.account ?? account}/${address.name}` }
}

/** The digests that SDKs compare. */
function complete(operation: string, input: Members, output: Members): Members {
  if (operation !== 'SendMessage') return output
  const { MessageBody, MessageAttributes } = input
  const given = Object.entries((MessageAttributes ?? {}) as WireAttributes)
  // Not checked: the other server has taken them.
  const attributes = given.map(([name, { DataType = '', BinaryValue, StringValue }]) => [
    name,
    BinaryValue === undefined
      ? { dataType: DataType, stringValue: StringValue }
      : { dataType: DataType, binaryValue: BinaryValue },
  ])
  return {
    ...output,
    MD5OfMessageBody: hash('md5', String(MessageBody)),
    ...(given.length > 0 && {
      MD5OfMessageAttributes: messageAttributesMd5(Object.fromEntries(attributes) as MessageAttributes),
    }),
  }
}

/** The groups of a FIFO queue. */
function lane(_: string, { QueueUrl, MessageGroupId }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof QueueUrl !== 'string' || typeof MessageGroupId !== 'string') return undefined
  return isFifoName(QueueUrl) ? `${QueueUrl} ${MessageGroupId}` : undefined
}
