import { PipitError, ServiceError } from '../core/errors.ts'
import { type GivenAttributes, checkAttributes, mergeAttributes } from './attributes.ts'
import { isFifoName, isQueueName } from './validation.ts'

/** A queue as the operator declares it: `services.sqs.queues` or `PIPIT_QUEUES`. */
export interface DeclaredQueue {
  readonly name: string
  readonly attributes: GivenAttributes
  readonly dlq?: { readonly name: string; readonly maxReceiveCount: number }
}

/**
 * A declared queue, checked. It exists in every account and region and session: a client may call with any region it
 * likes and finds it, made at the first look.
 */
export interface QueueTemplate {
  readonly name: string
  readonly isFifo: boolean
  readonly attributes: ReadonlyMap<string, string>
  readonly dlq?: { readonly name: string; readonly maxReceiveCount: number }
}

export type QueueTemplates = ReadonlyMap<string, QueueTemplate>

/** Checks declared queues, dead-letter queues that only a `dlq` names included. Throws the operator's mistakes. */
export function queueTemplates(declared: readonly DeclaredQueue[]): QueueTemplates {
  const templates = new Map<string, QueueTemplate>()
  for (const queue of declared) {
    if (templates.has(queue.name)) throw mistake(queue.name, 'declared twice: remove one')
    templates.set(queue.name, readTemplate(queue))
  }
  for (const { name, dlq } of declared) {
    if (dlq === undefined) continue
    checkDlq(name, isFifoName(name), dlq)
    if (!templates.has(dlq.name)) templates.set(dlq.name, readTemplate({ name: dlq.name, attributes: {} }))
  }
  return templates
}

function readTemplate({ name, attributes: given, dlq }: DeclaredQueue): QueueTemplate {
  if (!isQueueName(name)) {
    throw mistake(name, 'a queue name is 1 to 80 letters, digits, hyphens and underscores, `.fifo` at the end included')
  }
  const isFifo = isFifoName(name)
  if (!isFifo && given.FifoQueue?.toLowerCase() === 'true') {
    throw mistake(name, `the name of a FIFO queue ends in .fifo: call it ${name}.fifo, or remove FifoQueue`)
  }
  if (given.RedrivePolicy !== undefined) {
    throw mistake(name, 'RedrivePolicy names one region and account, this queue is in all: use dlq instead')
  }
  const attributes = isFifo ? { FifoQueue: 'true', ...given } : given
  return { name, isFifo, attributes: readAttributes(name, isFifo, attributes), ...(dlq !== undefined && { dlq }) }
}

function readAttributes(name: string, isFifo: boolean, given: GivenAttributes): Map<string, string> {
  try {
    return mergeAttributes(new Map(), checkAttributes(given, isFifo))
  } catch (error) {
    if (error instanceof ServiceError) throw mistake(name, error.message, error)
    throw error
  }
}

function checkDlq(name: string, isFifo: boolean, dlq: NonNullable<DeclaredQueue['dlq']>): void {
  if (dlq.name === name) throw mistake(name, 'it is its own dlq: name another queue')
  if (!isQueueName(dlq.name)) throw mistake(name, `its dlq '${dlq.name}' is no queue name`)
  if (isFifoName(dlq.name) !== isFifo) {
    throw mistake(
      name,
      `its dlq '${dlq.name}' must be ${isFifo ? 'FIFO as well: end its name in .fifo' : 'a standard queue as well'}`,
    )
  }
  if (!Number.isInteger(dlq.maxReceiveCount) || dlq.maxReceiveCount < 1 || dlq.maxReceiveCount > 1000) {
    throw mistake(name, `maxReceiveCount is ${dlq.maxReceiveCount}: use a whole number from 1 to 1000`)
  }
}

function mistake(name: string, what: string, cause?: Error): PipitError {
  return new PipitError('declared-queue', `declared queue '${name}': ${what}`, { cause })
}
