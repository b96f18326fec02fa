import { PipitError, ServiceError } from '../core/errors.ts'
import { type GivenAttributes, checkAttributes, mergeAttributes } from './attributes.ts'
import { isFifoName, isQueueName } from './validation.ts'

/** A queue as the operator declares it: `services.sqs.queues` or `PIPIT_QUEUES`. */
export interface DeclaredQueue {
  readonly name: string
  readonly attributes: GivenAttributes
  readonly dlq?: { readonly name: string; readonly maxReceiveCount: number }
  /** Where it is declared, for complaints: `pipit.yaml:7:5`, `PIPIT_QUEUES`. */
  readonly source?: string
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
    if (templates.has(queue.name)) throw mistake(queue, 'declared twice: remove one')
    templates.set(queue.name, readTemplate(queue))
  }
  for (const queue of declared) {
    const { dlq } = queue
    if (dlq === undefined) continue
    checkDlq(queue, dlq)
    if (!templates.has(dlq.name)) templates.set(dlq.name, readTemplate({ name: dlq.name, attributes: {} }))
  }
  return templates
}

function readTemplate(queue: DeclaredQueue): QueueTemplate {
  const { name, attributes: given, dlq } = queue
  if (!isQueueName(name)) {
    throw mistake(
      queue,
      'a queue name is 1 to 80 letters, digits, hyphens and underscores, `.fifo` at the end included',
    )
  }
  const isFifo = isFifoName(name)
  if (!isFifo && given.FifoQueue?.toLowerCase() === 'true') {
    throw mistake(queue, `the name of a FIFO queue ends in .fifo: call it ${name}.fifo, or remove FifoQueue`)
  }
  if (given.RedrivePolicy !== undefined) {
    throw mistake(queue, 'RedrivePolicy names one region and account, this queue is in all: use dlq instead')
  }
  return { name, isFifo, attributes: readAttributes(queue, isFifo), ...(dlq !== undefined && { dlq }) }
}

function readAttributes(queue: DeclaredQueue, isFifo: boolean): Map<string, string> {
  const given = isFifo ? { FifoQueue: 'true', ...queue.attributes } : queue.attributes
  try {
    return mergeAttributes(new Map(), checkAttributes(given, isFifo))
  } catch (error) {
    if (error instanceof ServiceError) throw mistake(queue, error.message, error)
    throw error
  }
}

function checkDlq(queue: DeclaredQueue, dlq: NonNullable<DeclaredQueue['dlq']>): void {
  const isFifo = isFifoName(queue.name)
  if (dlq.name === queue.name) throw mistake(queue, 'it is its own dlq: name another queue')
  if (!isQueueName(dlq.name)) throw mistake(queue, `its dlq '${dlq.name}' is no queue name`)
  if (isFifoName(dlq.name) !== isFifo) {
    throw mistake(
      queue,
      `its dlq '${dlq.name}' must be ${isFifo ? 'FIFO as well: end its name in .fifo' : 'a standard queue as well'}`,
    )
  }
  if (!Number.isInteger(dlq.maxReceiveCount) || dlq.maxReceiveCount < 1 || dlq.maxReceiveCount > 1000) {
    throw mistake(queue, `maxReceiveCount is ${dlq.maxReceiveCount}: use a whole number from 1 to 1000`)
  }
}

function mistake({ name, source }: DeclaredQueue, what: string, cause?: Error): PipitError {
  const place = source === undefined ? '' : `${source}: `
  return new PipitError('declared-queue', `${place}queue '${name}': ${what}`, { cause })
}
