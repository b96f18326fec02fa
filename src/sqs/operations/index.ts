import { sqsError } from '../errors.ts'
import { parseQueueUrl } from '../queue-url.ts'
import { sqsShapes } from '../shapes.ts'
import { missingParameter } from '../validation.ts'
import { changeMessageVisibility, changeMessageVisibilityBatch } from './change-message-visibility.ts'
import { createQueue } from './create-queue.ts'
import { deleteMessage, deleteMessageBatch } from './delete-message.ts'
import { deleteQueue } from './delete-queue.ts'
import { getQueueUrl } from './get-queue-url.ts'
import { listDeadLetterSourceQueues, listQueues } from './list-queues.ts'
import { cancelMessageMoveTask, listMessageMoveTasks, startMessageMoveTask } from './move-tasks.ts'
import { type Operation, type OperationContext, type Output, isQuery } from './operation.ts'
import { addPermission, removePermission } from './permissions.ts'
import { purgeQueue } from './purge-queue.ts'
import { getQueueAttributes, setQueueAttributes } from './queue-attributes.ts'
import { receiveMessage } from './receive-message.ts'
import { sendMessage, sendMessageBatch } from './send-message.ts'
import { listQueueTags, tagQueue, untagQueue } from './tags.ts'

/** Every operation of SQS. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  AddPermission: addPermission,
  CancelMessageMoveTask: cancelMessageMoveTask,
  ChangeMessageVisibility: changeMessageVisibility,
  ChangeMessageVisibilityBatch: changeMessageVisibilityBatch,
  CreateQueue: notOnQueuePath(createQueue),
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteMessageBatch,
  DeleteQueue: deleteQueue,
  GetQueueAttributes: getQueueAttributes,
  GetQueueUrl: getQueueUrl,
  ListDeadLetterSourceQueues: listDeadLetterSourceQueues,
  ListMessageMoveTasks: listMessageMoveTasks,
  ListQueueTags: listQueueTags,
  ListQueues: notOnQueuePath(listQueues),
  PurgeQueue: purgeQueue,
  ReceiveMessage: receiveMessage,
  RemovePermission: removePermission,
  SendMessage: sendMessage,
  SendMessageBatch: sendMessageBatch,
  SetQueueAttributes: setQueueAttributes,
  StartMessageMoveTask: startMessageMoveTask,
  TagQueue: tagQueue,
  UntagQueue: untagQueue,
}

interface Row {
  readonly run: Operation
  readonly required: readonly string[]
}

/** Found elsewhere: a query may give its queue by its path, and an empty batch has an error of its own. */
const CHECKED_LATER = new Set(['QueueUrl', 'Entries'])

const rows: ReadonlyMap<string, Row> = new Map(
  Object.entries(OPERATIONS).map(([name, run]) => {
    const required = sqsShapes.operations[name]?.input.required ?? []
    return [name, { run, required: required.filter((member) => !CHECKED_LATER.has(member)) }]
  }),
)

/**
 * Runs a call: what must be there, then the operation, which looks its queue up first. In which order AWS looks at a
 * missing queue and at a missing parameter is not verified.
 */
export function runOperation(context: OperationContext): Output | Promise<Output> {
  const { operation, input } = context.call
  const row = rows.get(operation)
  if (row === undefined) throw sqsError('UnsupportedOperation')
  for (const member of row.required) {
    const value = input[member]
    if (value === undefined || value === '') throw missingParameter(member)
  }
  return row.run(context)
}

/** In query, the address of a queue is no address for what concerns all of them. JSON is sent to any path. */
function notOnQueuePath(run: Operation): Operation {
  return (context) => {
    if (isQuery(context) && parseQueueUrl(context.call.path) !== undefined) {
      throw sqsError('InvalidAction', `The action ${context.call.operation} is not valid for this endpoint.`)
    }
    return run(context)
  }
}
