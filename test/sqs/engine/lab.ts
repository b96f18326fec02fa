import { VirtualClock } from '../../../src/core/clock.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { Engine, type EngineLimits } from '../../../src/sqs/engine/engine.ts'
import { Message, type MessageContent, MessageIds } from '../../../src/sqs/engine/message.ts'
import type { Delivered, QueueSettings, ReceiveRequest } from '../../../src/sqs/engine/queue-calls.ts'
import type { Queue } from '../../../src/sqs/engine/queue.ts'

export interface Lab {
  readonly clock: VirtualClock
  readonly engine: Engine
  readonly standard: (name: string, settings?: Partial<QueueSettings>) => Queue
  readonly fifo: (name: string, settings?: Partial<QueueSettings>) => Queue
}

export const DAY_MS = 86_400_000
const DEFAULTS: QueueSettings = { visibilityTimeoutSeconds: 30, delaySeconds: 0, retentionSeconds: 345_600 }

/** An engine on a clock that only the test moves. */
export function lab(limits: Partial<EngineLimits> = {}): Lab {
  const clock = new VirtualClock()
  const engine = new Engine({ clock, random: seededRandom(1), limits })
  const create = (name: string, settings: Partial<QueueSettings>): Queue =>
    engine.create({ account: '000000000000', region: 'us-east-1', name }, { ...DEFAULTS, ...settings })
  return {
    clock,
    engine,
    standard: (name, settings = {}) => create(name, settings),
    fifo: (name, settings = {}) => create(name, { fifo: { deduplicationScope: 'queue' }, ...settings }),
  }
}

/** Sends bodies to a standard queue; `group:body` goes to that group. */
export function send(queue: Queue, ...texts: readonly string[]): void {
  for (const text of texts) {
    const [groupId, body] = text.includes(':') ? (text.split(':') as [string, string]) : [undefined, text]
    queue.send({ body, senderId: 'AIDA', ...(groupId === undefined ? {} : { groupId }) })
  }
}

let deduplications = 0

/** Sends `g1-m1` to group `g1` of a FIFO queue; never a duplicate. */
export function sendFifo(queue: Queue, ...texts: readonly string[]): void {
  for (const body of texts)
    queue.send({
      body,
      senderId: 'AIDA',
      groupId: body.split('-')[0],
      deduplicationId: `d${deduplications++}`,
    })
}

export function receive(
  queue: Queue,
  max = 10,
  seconds = 30,
  more: Partial<ReceiveRequest> = {},
): readonly Delivered[] {
  const delivered = queue.receive({ max, visibilityTimeoutSeconds: seconds, ...more })
  if (delivered === 'over-limit') throw new Error('over the in-flight limit')
  return delivered
}

/** The one message that a receive gives. */
export function receiveOne(queue: Queue, seconds = 30): Delivered {
  const [only, ...others] = receive(queue, 1, seconds)
  if (only === undefined || others.length > 0) throw new Error('exactly one message was expected')
  return only
}

export function bodies(delivered: readonly Delivered[]): string[] {
  return delivered.map(({ message }) => message.body)
}

export function receiveBodies(queue: Queue, max = 10, seconds = 30): string[] {
  return bodies(receive(queue, max, seconds))
}

/** The handle of the message with this body. */
export function handleOf(delivered: readonly Delivered[], body: string): string {
  const found = delivered.find(({ message }) => message.body === body)
  if (found === undefined) throw new Error(`${body} was not delivered`)
  return found.receiptHandle
}

export interface Poll {
  /** What each answer had in it; empty while the poll waits. */
  readonly answers: string[][]
  readonly giveUp: () => void
}

/** A long poll of so many seconds. */
export function poll({ clock }: Lab, queue: Queue, waitSeconds: number, max = 1): Poll {
  const answers: string[][] = []
  const giveUp = queue.poll({ max, visibilityTimeoutSeconds: 30 }, clock.nowMs() + waitSeconds * 1000, (delivered) => {
    answers.push(bodies(delivered))
  })
  return { answers, giveUp }
}

const ids = new MessageIds(seededRandom(2), 0)

/** A message for the parts that a queue is made of. */
export function messageAt(offset: number, content: Partial<MessageContent> = {}): Message {
  return new Message(ids, offset, {
    serial: offset,
    body: `m${offset}`,
    attributes: undefined,
    traceHeader: undefined,
    senderId: 'AIDA',
    groupId: undefined,
    sentAtMs: 0,
    ...content,
  })
}
