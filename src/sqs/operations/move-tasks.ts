import type { MoveFailure, MoveTask } from '../engine/move-tasks.ts'
import type { Queue } from '../engine/queue.ts'
import { sqsError } from '../errors.ts'
import { parseJsonObject } from '../json-text.ts'
import { parseQueueArn } from '../queue-arn.ts'
import { redrivesTo } from '../redrive.ts'
import { invalidParameter } from '../validation.ts'
import { type OperationContext, type Output, inputOf, regionOf } from './operation.ts'

interface StartInput {
  readonly SourceArn: string
  readonly DestinationArn: string
  readonly MaxNumberOfMessagesPerSecond: number
}

interface ListInput {
  readonly SourceArn: string
  readonly MaxResults: number
}

interface TaskHandle {
  readonly taskId: string
  readonly sourceArn: string
}

const FASTEST_PER_SECOND = 500
const MOST_RESULTS = 10

/** The first is AWS's; the others are not verified. */
const FAILURE_REASONS: Readonly<Record<MoveFailure, string>> = {
  'destination-gone': 'AWS.SimpleQueueService.NonExistentQueue',
  'no-source': 'CouldNotDetermineMessageSource',
  'too-long': 'MessageMoveTaskTimedOut',
}

/** Without a destination, every message goes back to the queue that it was redriven from. */
export function startMessageMoveTask(context: OperationContext): Output {
  const { SourceArn = '', DestinationArn, MaxNumberOfMessagesPerSecond: maxPerSecond } = inputOf<StartInput>(context)
  const source = queueByArn(context, 'SourceArn', SourceArn)
  const destination = DestinationArn === undefined ? undefined : queueByArn(context, 'DestinationArn', DestinationArn)
  if (maxPerSecond !== undefined && !(maxPerSecond >= 1 && maxPerSecond <= FASTEST_PER_SECOND)) {
    throw invalidParameter('MaxNumberOfMessagesPerSecond', maxPerSecond, 'Must be between 1 and 500, if provided.')
  }
  if (!isDeadLetterQueue(context, source)) {
    throw sqsError('InvalidParameterValueException', 'Source queue must be configured as a Dead Letter Queue.')
  }
  if (destination !== undefined) checkDestination(source, destination)
  const task = context.world.engine.moveTasks.start({ source, destination, maxPerSecond })
  if (task === 'already-running') {
    throw sqsError(
      'InvalidParameterValueException',
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
    )
  }
  // A documented quota, with no documented error.
  if (task === 'too-many') throw sqsError('OverLimit', 'There are too many active message move tasks.')
  return { TaskHandle: handleOf(task) }
}

/** Newest first; one, unless more are asked for. The list is there even when it is empty: clients read it unasked. */
export function listMessageMoveTasks(context: OperationContext): Output {
  const { SourceArn = '', MaxResults: max = 1 } = inputOf<ListInput>(context)
  const source = queueByArn(context, 'SourceArn', SourceArn)
  if (!(max >= 1 && max <= MOST_RESULTS)) {
    throw invalidParameter('MaxResults', max, 'Must be between 1 and 10, if provided.')
  }
  return { Results: context.world.engine.moveTasks.list(source.arn).slice(0, max).map(showTask) }
}

/** What has moved stays moved. AWS cancels only what is running; its text for the rest is not verified. */
export function cancelMessageMoveTask(context: OperationContext): Output {
  const { taskId, sourceArn } = readHandle(inputOf<{ TaskHandle: string }>(context).TaskHandle ?? '')
  const source = queueByArn(context, 'SourceArn', sourceArn)
  const { moveTasks } = context.world.engine
  const task = moveTasks.list(source.arn).find((each) => each.taskId === taskId)
  if (task === undefined) throw sqsError('ResourceNotFoundException', 'Task does not exist.')
  if (task.status !== 'running') {
    throw sqsError('InvalidParameterValueException', 'Only active tasks can be cancelled.')
  }
  moveTasks.cancel(source.arn, taskId)
  return { ApproximateNumberOfMessagesMoved: task.moved }
}

/** The handle only while there is something to cancel, as AWS does. */
function showTask(task: MoveTask): Output {
  const { destinationArn, maxPerSecond, failure } = task
  return {
    ...(task.status === 'running' && { TaskHandle: handleOf(task) }),
    Status: task.status.toUpperCase(),
    SourceArn: task.sourceArn,
    ...(destinationArn !== undefined && { DestinationArn: destinationArn }),
    ...(maxPerSecond !== undefined && { MaxNumberOfMessagesPerSecond: maxPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(failure !== undefined && { FailureReason: FAILURE_REASONS[failure] }),
    StartedTimestamp: task.startedAtMs,
  }
}

/** Queues of another region are not there. */
function queueByArn(context: OperationContext, parameter: string, arn: string): Queue {
  const key = parseQueueArn(arn)
  if (key === undefined) {
    throw sqsError(
      'InvalidParameterValueException',
      `You must use this format to specify the ${parameter}: arn:<partition>:<service>:<region>:<account-id>:<resource-id>`,
    )
  }
  const queue = key.region === regionOf(context) ? context.world.lookUp(key) : undefined
  if (queue !== undefined) return queue
  throw sqsError(
    'ResourceNotFoundException',
    `The resource that you specified for the ${parameter} parameter doesn't exist.`,
  )
}

function isDeadLetterQueue({ world }: OperationContext, queue: Queue): boolean {
  for (const each of world.queues(queue.key.account, queue.key.region)) if (redrivesTo(each, queue)) return true
  return false
}

/** AWS's texts are not verified. */
function checkDestination(source: Queue, destination: Queue): void {
  if (destination === source) {
    throw invalidParameter('DestinationArn', destination.arn, 'Source and destination must be different queues.')
  }
  if (destination.isFifo !== source.isFifo) {
    throw invalidParameter('DestinationArn', destination.arn, 'Source and destination must be queues of the same type.')
  }
}

/** AWS's own format, which clients take apart. */
function handleOf({ taskId, sourceArn }: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId, sourceArn })).toString('base64')
}

function readHandle(text: string): TaskHandle {
  const handle = parseJsonObject(Buffer.from(text, 'base64').toString())
  const { taskId, sourceArn } = handle ?? {}
  if (typeof taskId === 'string' && typeof sourceArn === 'string' && parseQueueArn(sourceArn) !== undefined) {
    return { taskId, sourceArn }
  }
  throw sqsError('InvalidParameterValueException', 'Value for parameter TaskHandle is invalid.')
}
