import type { Clock } from '../../core/clock.ts'
import { Alarm } from './alarm.ts'
import { deadLetterTargetOf } from './dead-letters.ts'
import { Deduplication } from './deduplication.ts'
import { Desk, type Turn } from './desk.ts'
import type { Engine } from './engine.ts'
import { FifoOrder } from './fifo-order.ts'
import { contentOf, type Message, type MessageContent } from './message.ts'
import type {
  ChangeResult,
  Counts,
  DeleteResult,
  Delivered,
  Draft,
  QueueSettings,
  ReceiveRequest,
  SendPolicy,
  Sent,
} from './queue-calls.ts'
import { arnOf, type QueueKey } from './queue-key.ts'
import { type Located, LONGEST_VISIBILITY_MS, QueueReceipts } from './queue-receipts.ts'
import { Rates } from './rates.ts'
import { Receiver } from './receiver.ts'
import { Shelf } from './shelf.ts'
import { StandardOrder } from './standard-order.ts'
import { Tally } from './tally.ts'
import { Waiters } from './waiters.ts'
import { Watches } from './watches.ts'

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
  /** Owned by the operations, as the next two: the attributes as given. The engine reads `settings` only. */
  readonly attributes = new Map<string, string>()
  readonly tags = new Map<string, string>()
  readonly tally = new Tally()
  /** Until then other calls than its creation do not find it. The engine itself finds it always. */
  foundFromMs: number | undefined
  readonly desk: Desk
  readonly rates = new Rates()
  readonly #engine: Engine
  readonly #clock: Clock
  readonly #receipts: QueueReceipts
  readonly #shelf: Shelf
  readonly #receiver: Receiver
  readonly #turn: Turn
  readonly #waiters: Waiters
  readonly #watches = new Watches()
  readonly #deduplication: Deduplication | undefined
  /** Rings for the next message that will show by itself, and is set only while somebody waits for it. */
  readonly #alarm: Alarm
  #settings: QueueSettings
  #purgedAtMs: number | undefined

  constructor(engine: Engine, key: QueueKey, settings: QueueSettings, incarnation: number) {
    this.#engine = engine
    this.#clock = engine.clock
    this.key = key
    this.arn = arnOf(key)
    this.#settings = settings
    this.createdAtMs = this.modifiedAtMs = this.#clock.nowMs()
    this.#receipts = new QueueReceipts(engine.handles, this.arn, incarnation)
    const newOrder = () => (this.isFifo ? new FifoOrder() : new StandardOrder(this.#clock))
    this.#shelf = new Shelf(engine.ids, newOrder, (message) => this.#watches.tell(message))
    this.#turn = { begin: () => this.#begin(), wake: () => this.#wake() }
    this.desk = new Desk(engine.ids, this.#shelf, this.#watches, this.#turn)
    this.#receiver = new Receiver({
      shelf: this.#shelf,
      receipts: this.#receipts,
      deadLetters: {
        isDue: (message) => deadLetterTargetOf(message, this, engine) !== undefined,
        divert: (message) => this.#divert(message),
      },
      isFifo: this.isFifo,
      limit: engine.inFlightLimit(this.isFifo),
    })
    this.#waiters = new Waiters(this.#clock)
    this.#deduplication = settings.fifo === undefined ? undefined : new Deduplication(settings.fifo.deduplicationScope)
    this.#alarm = new Alarm(this.#clock, () => {
      this.#settle()
      this.#wake()
    })
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
    this.#begin()
    const isRedelay = this.isFifo && settings.delaySeconds !== this.#settings.delaySeconds
    this.#settings = settings
    if (isRedelay) this.#shelf.redelay(settings.delaySeconds * 1000)
    this.#settle()
    this.#wake()
  }

  send(draft: Draft, policies?: readonly SendPolicy[]): Sent {
    const nowMs = this.#begin()
    const accepted = this.#deduplication?.find(draft, nowMs)
    if (accepted !== undefined) return this.#sent(accepted)
    const serial = this.#engine.ids.next()
    const content = contentOf(draft, serial, nowMs)
    let delayMs = (draft.delaySeconds ?? this.#settings.delaySeconds) * 1000
    if (policies !== undefined) for (const policy of policies) delayMs = policy.delayMs(delayMs)
    this.#watches.tell(this.#store(content, draft.deduplicationId, delayMs, serial))
    this.#deduplication?.remember(draft, serial, nowMs)
    this.#wake()
    return this.#sent(serial)
  }

  /** `over-limit`: a standard queue has too many messages in flight. A FIFO queue then just has nothing to give. */
  receive(request: ReceiveRequest): readonly Delivered[] | 'over-limit' {
    this.#begin()
    const delivered = this.#receive(request)
    this.#wake()
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
    const [message, { receiveCount }] = found
    if (message.receiveCount === receiveCount) this.#shelf.discard(message)
    this.#wake()
    return 'deleted'
  }

  /** `beyond-limit`: it would be invisible for more than twelve hours since its receive. */
  changeVisibility(receiptHandle: string, seconds: number): ChangeResult {
    const found = this.#locate(receiptHandle)
    if (typeof found === 'string') return found
    const [message, { issuedAtMs }] = found
    const nowMs = this.#clock.nowMs()
    if (nowMs + seconds * 1000 - issuedAtMs > LONGEST_VISIBILITY_MS) return 'beyond-limit'
    this.#shelf.hide(message, seconds * 1000, nowMs)
    this.#wake()
    return 'changed'
  }

  /** Everything: visible, delayed, in flight, and the memory of deduplication ids. */
  purge(): void {
    this.#purgedAtMs = this.#clock.nowMs()
    if (this.#shelf.size > 0) this.#shelf.clear()
    this.#deduplication?.clear()
    this.#receiver.clear()
    this.#setAlarm()
  }

  /** The same, that there ever was a purge, and how often it was called. */
  clear(): void {
    this.purge()
    this.#purgedAtMs = undefined
    this.rates.clear()
  }

  counts(): Counts {
    this.#begin()
    const { size, takenCount, delayedCount } = this.#shelf
    return { visible: size - takenCount - delayedCount, inFlight: takenCount, delayed: delayedCount }
  }

  /** Groups of a FIFO queue that a message in flight locks. */
  get groupsInFlight(): number {
    this.#begin()
    return this.#shelf.order.lockedGroups
  }

  /**
   * For move tasks: moves up to `max` visible messages, in order of delivery, to where `destinationOf` says; one without
   * a destination ends it. They arrive as new messages. Answers how many moved.
   */
  move(max: number, destinationOf: (message: Message) => Queue | undefined): number {
    this.#begin()
    const targets = new Set<Queue>()
    const moved = this.#shelf.offer(max, (message) => {
      const target = destinationOf(message)
      if (target === undefined) return false
      this.#shelf.discard(message)
      target.#admit(message)
      targets.add(target)
      return true
    })
    for (const target of targets) target.#wake()
    this.#setAlarm()
    return moved
  }

  /** Ends every long poll with an empty answer, and every watch. */
  close(): void {
    this.#waiters.endAll()
    this.#watches.endAll()
    this.#setAlarm()
  }

  #receive(request: ReceiveRequest): readonly Delivered[] | 'over-limit' {
    return this.#receiver.receive(request, this.#clock.nowMs())
  }

  #divert(message: Message): Turn | undefined {
    const target = deadLetterTargetOf(message, this, this.#engine)
    if (target === undefined) return undefined
    this.#shelf.discard(message)
    target.#adopt(message, this.arn)
    return target.#turn
  }

  /** Same id, body and count. A FIFO queue counts its retention anew, a standard queue from the first sending. */
  #adopt(message: Message, sourceArn: string): void {
    const nowMs = this.#settle()
    const { ids } = this.#engine
    const content = contentOf(message, message.serial, this.isFifo ? nowMs : message.sentAtMs)
    const adopted = this.#store(content, message.deduplicationId, 0, this.isFifo ? ids.next() : message.serial)
    adopted.receiveCount = message.receiveCount
    adopted.firstReceivedAtMs = message.firstReceivedAtMs
    adopted.redriven = { sourceArn, receiveCount: message.receiveCount }
    this.#watches.tell(adopted)
  }

  /** A new message of the same content; never taken for a duplicate, or the move would lose it. */
  #admit(message: Message): void {
    const nowMs = this.#settle()
    const serial = this.#engine.ids.next()
    this.#watches.tell(this.#store(contentOf(message, serial, nowMs), message.deduplicationId, 0, serial))
  }

  #store(content: MessageContent, deduplicationId: string | undefined, delayMs: number, sequence: number): Message {
    const nowMs = this.#clock.nowMs()
    if (!this.isFifo) return this.#shelf.store(content, nowMs, delayMs)
    if (content.groupId === undefined || deduplicationId === undefined)
      throw new Error('a message of a FIFO queue has a group and a deduplication id')
    return this.#shelf.store(content, nowMs, delayMs, { deduplicationId, sequence })
  }

  #sent(serial: number): Sent {
    const { ids } = this.#engine
    const messageId = ids.format(serial)
    return this.isFifo ? { messageId, sequenceNumber: ids.sequenceNumber(serial) } : { messageId }
  }

  #locate(receiptHandle: string): Located {
    return this.#receipts.locate(receiptHandle, this.#shelf, this.#begin(), this.isFifo)
  }

  /** So every call from outside begins. Who waits for what time has brought about is first, also when an alarm is late. */
  #begin(): number {
    const nowMs = this.#settle()
    if (this.#alarm.atMs <= nowMs) this.#wake()
    return nowMs
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

  #setAlarm(): void {
    this.#alarm.set(this.#waiters.size + this.#watches.size === 0 ? Infinity : this.#shelf.nextMs)
  }
}
