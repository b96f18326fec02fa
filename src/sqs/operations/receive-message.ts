import { integerOf } from '../attributes.ts'
import { receivePolicies } from '../disruptions/index.ts'
import type { Delivered, ReceiveRequest } from '../engine/queue-calls.ts'
import type { Queue } from '../engine/queue.ts'
import { sqsError } from '../errors.ts'
import { checkToken, checkVisibilityTimeout, invalidParameter, wrongQueueType } from '../validation.ts'
import { type MessageView, messageViewOf, showMessage } from './message-view.ts'
import { NOTHING, type OperationContext, type Output, inputOf, isQuery, queueOf } from './operation.ts'

interface ReceiveInput {
  readonly MaxNumberOfMessages: number
  readonly VisibilityTimeout: number
  readonly WaitTimeSeconds: number
  readonly ReceiveRequestAttemptId: string
}

const MOST_MESSAGES = 10
const LONGEST_WAIT_SECONDS = 20

export function receiveMessage(context: OperationContext): Output | Promise<Output> {
  const queue = queueOf(context)
  const ordinary = readRequest(queue, inputOf<ReceiveInput>(context))
  const waitSeconds = readWait(queue, inputOf<ReceiveInput>(context).WaitTimeSeconds)
  const { policies } = context
  const kind = waitSeconds > 0 ? 'long' : 'short'
  const request = policies === undefined ? ordinary : { ...ordinary, policies: receivePolicies(policies, kind) }
  const view = messageViewOf(context.call.input, isQuery(context))
  if (waitSeconds > 0) return longPoll(context, queue, request, waitSeconds, view)
  const delivered = queue.receive(request)
  if (delivered === 'over-limit') {
    throw sqsError('OverLimit', 'The maximum number of in flight messages of this queue is reached.')
  }
  return outputOf(queue, delivered, view)
}

/**
 * The only promise of the service. It ends with messages, or empty: when the wait is over on the session's clock or in
 * real time, whichever is first (a frozen session must not hold its clients), when the queue is deleted (AWS's own
 * answer then is not verified; an empty one is what every client survives), or when the client has gone, which then
 * takes no message with it, unless a policy does not see it go.
 */
function longPoll(
  { exchange, world: { clock, wall }, policies }: OperationContext,
  queue: Queue,
  request: ReceiveRequest,
  waitSeconds: number,
  view: MessageView,
): Output | Promise<Output> {
  let answer: Output | undefined
  let end = (output: Output): void => {
    answer = output
  }
  const blind = policies?.find(({ swallowed }) => swallowed !== undefined)
  let hasLeft = false
  if (blind !== undefined) exchange.onLeave(() => (hasLeft = true))
  const giveUp = queue.poll(request, clock.nowMs() + waitSeconds * 1000, (delivered) => {
    if (blind !== undefined && delivered.length > 0 && hasLeft) blind.swallowed?.(delivered.length)
    end(outputOf(queue, delivered, view))
  })
  if (answer !== undefined) return answer
  return new Promise((resolve) => {
    let forget = (): void => {}
    const leave = (): void => {
      giveUp()
      end(outputOf(queue, [], view))
    }
    const cancel = wall.schedule(wall.nowMs() + waitSeconds * 1000, leave)
    end = (output) => {
      cancel()
      forget()
      resolve(output)
    }
    if (blind === undefined) forget = exchange.onLeave(leave)
  })
}

function readRequest(queue: Queue, input: Partial<ReceiveInput>): ReceiveRequest {
  const max = input.MaxNumberOfMessages ?? 1
  if (!(max >= 1 && max <= MOST_MESSAGES)) {
    throw invalidParameter('MaxNumberOfMessages', max, 'Must be between 1 and 10, if provided.')
  }
  if (input.VisibilityTimeout !== undefined) checkVisibilityTimeout(input.VisibilityTimeout)
  const visibilityTimeoutSeconds = input.VisibilityTimeout ?? queue.settings.visibilityTimeoutSeconds
  const attemptId = input.ReceiveRequestAttemptId
  if (attemptId === undefined) return { max, visibilityTimeoutSeconds }
  checkToken('ReceiveRequestAttemptId', attemptId)
  if (!queue.isFifo) throw wrongQueueType('ReceiveRequestAttemptId', attemptId)
  return { max, visibilityTimeoutSeconds, attemptId }
}

/** An explicit 0 beats the queue's own wait: documented, not verified. */
function readWait(queue: Queue, seconds: number | undefined): number {
  if (seconds === undefined) return integerOf(queue.attributes, 'ReceiveMessageWaitTimeSeconds')
  if (!(seconds >= 0 && seconds <= LONGEST_WAIT_SECONDS)) {
    throw invalidParameter('WaitTimeSeconds', seconds, 'Must be >= 0 and <= 20, if provided.')
  }
  return seconds
}

/** Without messages there is no `Messages`: an empty list is not what clients test for. */
function outputOf(queue: Queue, delivered: readonly Delivered[], view: MessageView): Output {
  queue.tally.receive(delivered.length)
  return delivered.length === 0 ? NOTHING : { Messages: delivered.map((each) => showMessage(each, view)) }
}
