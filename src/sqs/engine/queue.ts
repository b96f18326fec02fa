import { hash } from 'node:crypto'
import type { Clock } from '../../core/clock.ts'
import type { Engine } from './engine.ts'
import { ExpiringMap } from './expiring-map.ts'
import { FifoOrder, FifoPlace } from './fifo-order.ts'
import type { Message, MessageContent } from './message.ts'
import type {
  ChangeResult,
  Counts,
  DeleteResult,
  Delivered,
  Draft,
  QueueSettings,
  ReceiveRequest,
  Sent,
} from './queue-calls.ts'
import { arnOf, type QueueKey } from './queue-key.ts'
import { ReceiveAttempts } from './receive-attempts.ts'
import { Shelf } from './shelf.ts'
import { StandardOrder } from './standard-order.ts'
import { Waiters } from './waiters.ts'

const DEDUPLICATION_MS = 5 * 60_000
const LONGEST_VISIBILITY_MS = 43_200_000
const NOTHING: readonly Delivered[] = []

/**
 * One queue. Every call first settles what the clock has brought about: messages past retention vanish, ended delays and
 * visibility timeouts show messages again. A timer is set only while somebody waits in a long poll.
 */
export class Queue {
  readonly key: QueueKey
  readonly arn: string
  readonly createdAtMs: number
  modifiedAtMs: number
  /** Owned by the operations: the attributes as given. The engine reads `settings` only. */
  readonly attributes = new Map<string, string>()
  readonly tags = new Map<string, string>()
  readonly #engine: Engine
  readonly #clock: Clock
  readonly #tag: number
  readonly #incarnation: number
  readonly #shelf: Shelf
  readonly #waiters: Waiters
  /** What each deduplication id was answered with. */
  readonly #accepted = new ExpiringMap<Sent>(DEDUPLICATION_MS)
  readonly #attempts = new ReceiveAttempts()
  #settings: QueueSettings
  #purgedAtMs: number | undefined
  #sequence: number
  #alarmMs = Infinity
  #cancelAlarm: () => void = () => {}

  constructor(engine: Engine, key: QueueKey, settings: QueueSettings, incarnation: number) {
    this.#engine = engine
    this.#clock = engine.clock
    this.key = key
    this.arn = arnOf(key)
    this.#settings = settings
    this.createdAtMs = this.modifiedAtMs = this.#clock.nowMs()
    this.#tag = parseInt(hash('sha1', this.arn).slice(0, 8), 16)
    this.#incarnation = incarnation
    this.#shelf = new Shelf(engine.ids, () => (this.isFifo ? new FifoOrder() : new StandardOrder(this.#clock)))
    this.#waiters = new Waiters(this.#clock)
    // A queue created again under its name goes on above its former life.
    this.#sequence = this.createdAtMs * 256
  }

  get settings(): QueueSettings {
    return this.#settings
  }

  get isFifo(): boolean {
    return this.#settings.fifo !== undefined
  }

  get purgedAtMs(): number | undefined {
    return this.#purgedAtMs
  }

  /** Open long polls. */
  get waiting(): number {
    return this.#waiters.size
  }

  /** Retention acts on messages that are there already; a FIFO queue's delay does too, a standard queue's does not. */
  configure(settings: QueueSettings): void {
    const isRedelay = this.isFifo && settings.delaySeconds !== this.#settings.delaySeconds
    this.#settings = settings
    if (isRedelay) this.#shelf.redelay(settings.delaySeconds * 1000)
    this.#settle()
    this.#wake()
  }

  send(draft: Draft): Sent {
    const nowMs = this.#settle()
    const key = this.#deduplicationKey(draft)
    const accepted = key === undefined ? undefined : this.#accepted.get(key, nowMs)
    if (accepted !== undefined) return accepted
    const content: MessageContent = {
      serial: this.#engine.ids.next(),
      body: draft.body,
      attributes: draft.attributes,
      traceHeader: draft.traceHeader,
      senderId: draft.senderId,
      groupId: draft.groupId,
      sentAtMs: nowMs,
    }
    const delayMs = (draft.delaySeconds ?? this.#settings.delaySeconds) * 1000
    const message = this.#store(content, draft.deduplicationId, delayMs)
    const sent = sentOf(message)
    if (key !== undefined) this.#accepted.set(key, sent, nowMs)
    this.#wake()
    return sent
  }

  /** `over-limit`: a standard queue has too many messages in flight. A FIFO queue then just has nothing to give. */
  receive(request: ReceiveRequest): readonly Delivered[] | 'over-limit' {
    const delivered = this.#receive(request)
    this.#setAlarm()
    return delivered
  }

  /** Long poll: `done` is called exactly once, maybe at once. The answer gives up: after it `done` is never called. */
  poll(request: ReceiveRequest, untilMs: number, done: (delivered: readonly Delivered[]) => void): () => void {
    const delivered = this.receive(request)
    if (delivered !== 'over-limit' && delivered.length > 0) {
      done(delivered)
      return () => {}
    }
    const giveUp = this.#waiters.add(request, untilMs, done)
    this.#setAlarm()
    return () => {
      giveUp()
      this.#setAlarm()
    }
  }

  /**
   * `gone`: it was there once. `expired`: not the current handle (FIFO), or twelve hours old. A standard queue's handle
   * that a later receive has replaced deletes nothing, and AWS calls that a success.
   */
  delete(receiptHandle: string): DeleteResult {
    const found = this.#locate(receiptHandle)
    if (typeof found === 'string') return found
    if (found.receiveCount === found.message.receiveCount) this.#shelf.discard(found.message)
    this.#wake()
    return 'deleted'
  }

  /** `beyond-limit`: it would be invisible for more than twelve hours since its receive. */
  changeVisibility(receiptHandle: string, seconds: number): ChangeResult {
    const found = this.#locate(receiptHandle)
    if (typeof found === 'string') return found
    const nowMs = this.#clock.nowMs()
    if (nowMs + seconds * 1000 - found.issuedAtMs > LONGEST_VISIBILITY_MS) return 'beyond-limit'
    this.#shelf.hide(found.message, seconds * 1000, nowMs)
    this.#wake()
    return 'changed'
  }

  /** Everything: visible, delayed, in flight, and the memory of deduplication ids. */
  purge(): void {
    this.#purgedAtMs = this.#clock.nowMs()
    this.#shelf.clear()
    this.#accepted.clear()
    this.#attempts.clear()
    this.#setAlarm()
  }

  counts(): Counts {
    this.#settle()
    const { size, takenCount, delayedCount } = this.#shelf
    return { visible: size - takenCount - delayedCount, inFlight: takenCount, delayed: delayedCount }
  }

  /** Every message there is, in order of arrival; to look at, nothing changes. */
  messages(): Iterable<Message> {
    this.#settle()
    return this.#shelf
  }

  /** Ends every long poll with an empty answer. */
  close(): void {
    this.#waiters.endAll()
    this.#setAlarm()
  }

  #receive(request: ReceiveRequest): readonly Delivered[] | 'over-limit' {
    const nowMs = this.#settle()
    const visibilityMs = request.visibilityTimeoutSeconds * 1000
    if (request.attemptId === undefined) return this.#take(request.max, visibilityMs, nowMs)
    const repeated = this.#attempts.repeat(request.attemptId, nowMs)
    for (const { message } of repeated ?? []) this.#shelf.hide(message, visibilityMs, nowMs)
    const delivered = repeated ?? this.#take(request.max, visibilityMs, nowMs)
    if (delivered.length > 0 && delivered !== 'over-limit') this.#attempts.remember(request.attemptId, delivered, nowMs)
    return delivered
  }

  #take(max: number, visibilityMs: number, nowMs: number): readonly Delivered[] | 'over-limit' {
    const room = this.#engine.inFlightLimit(this.isFifo) - this.#shelf.takenCount
    if (room <= 0) return this.isFifo ? NOTHING : 'over-limit'
    const targets = new Set<Queue>()
    const taken = this.#shelf.take(Math.min(max, room), visibilityMs, nowMs, (message) =>
      this.#divert(message, targets),
    )
    for (const target of targets) target.#wake()
    return taken.map((message) => {
      message.receiveCount++
      message.firstReceivedAtMs ??= nowMs
      return { message, receiptHandle: this.#issueHandle(message, nowMs), receiveCount: message.receiveCount }
    })
  }

  /** Moves a message to the dead-letter queue when it has been received often enough; without one it stays. */
  #divert(message: Message, targets: Set<Queue>): boolean {
    const { redrive } = this.#settings
    if (redrive === undefined) return false
    if (message.receiveCount - (message.redriven?.receiveCount ?? 0) < redrive.maxReceiveCount) return false
    const target = this.#engine.findByArn(redrive.targetArn)
    if (target === undefined || target === this || target.isFifo !== this.isFifo) return false
    this.#shelf.discard(message)
    target.#adopt(message, this.arn)
    targets.add(target)
    return true
  }

  /** Same id, body and count. A FIFO queue counts its retention anew, a standard queue from the first sending. */
  #adopt(message: Message, sourceArn: string): void {
    const nowMs = this.#settle()
    const content: MessageContent = {
      serial: message.serial,
      body: message.body,
      attributes: message.attributes,
      traceHeader: message.traceHeader,
      senderId: message.senderId,
      groupId: message.groupId,
      sentAtMs: this.isFifo ? nowMs : message.sentAtMs,
    }
    const adopted = this.#store(content, message.deduplicationId, 0)
    adopted.receiveCount = message.receiveCount
    adopted.firstReceivedAtMs = message.firstReceivedAtMs
    adopted.redriven = { sourceArn, receiveCount: message.receiveCount }
  }

  #store(content: MessageContent, deduplicationId: string | undefined, delayMs: number): Message {
    if (!this.isFifo) return this.#shelf.store(content, this.#clock.nowMs(), delayMs)
    if (content.groupId === undefined || deduplicationId === undefined)
      throw new Error('a message of a FIFO queue has a group and a deduplication id')
    return this.#shelf.store(content, this.#clock.nowMs(), delayMs, (message) => {
      message.fifo = new FifoPlace(message, deduplicationId, (this.#sequence += 256))
    })
  }

  #deduplicationKey(draft: Draft): string | undefined {
    const { fifo } = this.#settings
    if (fifo === undefined) return undefined
    return fifo.deduplicationScope === 'queue'
      ? (draft.deduplicationId as string)
      : `${draft.groupId as string}\n${draft.deduplicationId as string}`
  }

  #issueHandle(message: Message, issuedAtMs: number): string {
    const { offset, receiveCount } = message
    const queueTag = this.#tag
    return this.#engine.handles.issue({ queueTag, incarnation: this.#incarnation, offset, receiveCount, issuedAtMs })
  }

  #locate(
    receiptHandle: string,
  ): { message: Message; receiveCount: number; issuedAtMs: number } | 'gone' | 'expired' | 'invalid' {
    const nowMs = this.#settle()
    const receipt = this.#engine.handles.read(receiptHandle)
    if (receipt === undefined || receipt.queueTag !== this.#tag) return 'invalid'
    const message = receipt.incarnation === this.#incarnation ? this.#shelf.find(receipt.offset) : undefined
    if (message === undefined) return 'gone'
    const { receiveCount, issuedAtMs } = receipt
    const isStale = this.isFifo
      ? message.state !== 'taken' || message.receiveCount !== receiveCount
      : nowMs - issuedAtMs > LONGEST_VISIBILITY_MS
    return isStale ? 'expired' : { message, receiveCount, issuedAtMs }
  }

  #settle(): number {
    const nowMs = this.#clock.nowMs()
    this.#shelf.settle(nowMs, this.#settings.retentionSeconds * 1000)
    return nowMs
  }

  /** Something may have become visible: whoever waits gets it. */
  #wake(): void {
    if (this.#waiters.size > 0)
      this.#waiters.serve((request) => {
        const delivered = this.#receive(request)
        return delivered === 'over-limit' ? NOTHING : delivered
      })
    this.#setAlarm()
  }

  /** One timer, for the next message that will show by itself, and only while somebody waits for it. */
  #setAlarm(): void {
    const nextMs = this.#waiters.size === 0 ? Infinity : this.#shelf.nextMs
    if (nextMs === this.#alarmMs) return
    this.#cancelAlarm()
    this.#alarmMs = nextMs
    if (nextMs === Infinity) return
    this.#cancelAlarm = this.#clock.schedule(nextMs, () => {
      this.#alarmMs = Infinity
      this.#settle()
      this.#wake()
    })
  }
}

function sentOf(message: Message): Sent {
  const { messageId, sequenceNumber } = message
  return sequenceNumber === undefined ? { messageId } : { messageId, sequenceNumber }
}
