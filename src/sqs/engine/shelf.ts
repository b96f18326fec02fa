import { Deadlines } from './deadlines.ts'
import { FifoPlace } from './fifo-order.ts'
import { Message, type MessageContent, type MessageIds } from './message.ts'
import { MessageLog } from './message-log.ts'
import type { Order } from './order.ts'

export type FifoPart = Pick<FifoPlace, 'deduplicationId' | 'sequence'>

/**
 * The messages of one queue and what state they are in. Everything else of a queue stands on these few moves:
 *
 *     store ──► delayed ──┐
 *       │                 ▼ settle
 *       └──────────────► visible ──── take ───► taken ──┐
 *                          ▲ ▲                          │ settle, hide 0
 *                          │ └──────────────────────────┘
 *     any of them ── discard, retention ──► gone
 */
export class Shelf {
  readonly #ids: MessageIds
  readonly #newOrder: () => Order
  readonly #onShown: (message: Message) => void
  #log = new MessageLog()
  #order: Order
  #delayed = new Deadlines()
  #taken = new Deadlines()

  /** `onShown` is told what becomes visible after it was not. */
  constructor(ids: MessageIds, newOrder: () => Order, onShown: (message: Message) => void = () => {}) {
    this.#ids = ids
    this.#newOrder = newOrder
    this.#onShown = onShown
    this.#order = newOrder()
  }

  get size(): number {
    return this.#log.size
  }

  get delayedCount(): number {
    return this.#delayed.size
  }

  get takenCount(): number {
    return this.#taken.size
  }

  /** When a message will next become visible by itself. */
  get nextMs(): number {
    return Math.min(this.#delayed.nextMs, this.#taken.nextMs)
  }

  get order(): Order {
    return this.#order
  }

  oldest(): Message | undefined {
    return this.#log.oldest()
  }

  find(offset: number): Message | undefined {
    return this.#log.find(offset)
  }

  /** Where the next message will be. */
  get nextOffset(): number {
    return this.#log.nextOffset
  }

  scan(from: number, places: number, visit: (message: Message) => boolean): number | undefined {
    return this.#log.scan(from, places, visit)
  }

  /** In order of arrival. */
  [Symbol.iterator](): Iterator<Message> {
    return this.#log[Symbol.iterator]()
  }

  /** `fifo`: what a message of a FIFO queue has beside its content. */
  store(content: MessageContent, nowMs: number, delayMs: number, fifo?: FifoPart): Message {
    const message = new Message(this.#ids, this.#log.nextOffset, content)
    if (fifo !== undefined) message.fifo = new FifoPlace(message, fifo.deduplicationId, fifo.sequence)
    this.#log.add(message)
    if (delayMs > 0) {
      message.state = 'delayed'
      this.#delayed.add(message, delayMs, nowMs + delayMs)
    }
    this.#order.enter(message)
    return message
  }

  /**
   * Takes up to `max` visible messages for `visibilityMs`. `divert` may send a message elsewhere instead: then it has
   * been discarded here when it returns true. `source` says which, if they are not to be taken in order.
   */
  take(
    max: number,
    visibilityMs: number,
    nowMs: number,
    divert: (message: Message) => boolean,
    source: Pick<Order, 'next'> = this.#order,
  ): readonly Message[] {
    const taken: Message[] = []
    while (taken.length < max) {
      const message = source.next()
      if (message === undefined) break
      if (divert(message)) continue
      message.state = 'taken'
      this.#order.hide(message)
      this.#taken.add(message, visibilityMs, nowMs + visibilityMs)
      taken.push(message)
    }
    // A visibility timeout of 0 is over at once; but not before the receive is, or it would take the same one again.
    if (visibilityMs === 0)
      for (const message of taken) {
        this.#taken.remove(message)
        this.#show(message)
      }
    this.#order.finish()
    return taken
  }

  /**
   * Offers up to `max` visible messages, in order of delivery, to `accept`, which discards those that it wants. The first
   * one that it does not want ends it. Answers how many it took.
   */
  offer(max: number, accept: (message: Message) => boolean): number {
    let accepted = 0
    while (accepted < max) {
      const message = this.#order.next()
      if (message === undefined || !accept(message)) break
      accepted++
    }
    this.#order.finish()
    return accepted
  }

  /** From now on invisible for so long; 0 shows it. Not for delayed ones: nobody holds a handle of those. */
  hide(message: Message, durationMs: number, nowMs: number): void {
    const from = message.state
    if (from === 'taken') this.#taken.remove(message)
    if (durationMs > 0) {
      message.state = 'taken'
      if (from === 'visible') this.#order.hide(message)
      this.#taken.add(message, durationMs, nowMs + durationMs)
    } else if (from === 'taken') this.#show(message)
  }

  /** Visible now, whatever it waits for. */
  reveal(message: Message): void {
    if (message.state === 'delayed') this.#delayed.remove(message)
    else if (message.state === 'taken') this.#taken.remove(message)
    else return
    this.#show(message)
  }

  /** Everything is visible now, in the order in which it would have become so. */
  revealAll(): void {
    this.settle(Number.MAX_VALUE, Infinity)
  }

  discard(message: Message): void {
    const from = message.state
    if (from === 'gone') return
    if (from === 'taken') this.#taken.remove(message)
    if (from === 'delayed') this.#delayed.remove(message)
    message.state = 'gone'
    this.#order.leave(message, from)
    this.#log.remove(message)
  }

  /** Brings about what time has: first the end of retention, then the end of delays and of visibility timeouts. */
  settle(nowMs: number, retentionMs: number): void {
    const atMs = nowMs - retentionMs
    for (let expired = this.#log.sentBy(atMs); expired.length > 0; expired = this.#log.sentBy(atMs))
      for (const message of expired) this.discard(message)
    while (this.nextMs <= nowMs) {
      const source = this.#delayed.nextMs <= this.#taken.nextMs ? this.#delayed : this.#taken
      const message = source.takeDue(nowMs)
      if (message !== undefined) this.#show(message)
    }
  }

  /** Counts the delay of delayed messages anew, from when they were sent. */
  redelay(delayMs: number): void {
    const delayed = [...this.#delayed]
    for (const message of delayed) {
      this.#delayed.remove(message)
      this.#delayed.add(message, delayMs, message.sentAtMs + delayMs)
    }
  }

  /** In one step, however many there are: nobody keeps a message whose queue is cleared. */
  clear(): void {
    this.#log = new MessageLog(this.#log.nextOffset)
    this.#order = this.#newOrder()
    this.#delayed = new Deadlines()
    this.#taken = new Deadlines()
  }

  /** It waits in no lane any more. */
  #show(message: Message): void {
    const from = message.state
    message.state = 'visible'
    this.#order.show(message, from)
    this.#onShown(message)
  }
}
