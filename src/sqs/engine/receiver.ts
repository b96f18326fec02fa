import type { Turn } from './desk.ts'
import { contentOf, type Message } from './message.ts'
import type { Order } from './order.ts'
import type { Delivered, ReceiveRequest } from './queue-calls.ts'
import type { QueueReceipts } from './queue-receipts.ts'
import { ReceiveAttempts } from './receive-attempts.ts'
import type { Again, ReceivePolicy } from './receive-policy.ts'
import type { Shelf } from './shelf.ts'

const NOTHING: readonly Delivered[] = []

/** What a receive does with messages that were received often enough. */
export interface DeadLetters {
  /** Does it go to the dead-letter queue instead of being delivered? */
  readonly isDue: (message: Message) => boolean
  /** Moves it there if so, out of the shelf, and answers whom to wake when the receive is over. */
  readonly divert: (message: Message) => Pick<Turn, 'wake'> | undefined
}

export interface ReceiverParts {
  readonly shelf: Shelf
  readonly receipts: QueueReceipts
  readonly deadLetters: DeadLetters
  readonly isFifo: boolean
  /** Most messages in flight. */
  readonly limit: number
}

/** The receives of one queue: how many messages one may take, which ones, and under which handles. */
export class Receiver {
  readonly #parts: ReceiverParts
  readonly #attempts = new ReceiveAttempts()
  /** Messages that were delivered again, and what they were delivered as. Made by the first. */
  #repeated: WeakSet<Message> | undefined

  constructor(parts: ReceiverParts) {
    this.#parts = parts
  }

  receive(request: ReceiveRequest, nowMs: number): readonly Delivered[] | 'over-limit' {
    if (request.attemptId === undefined) return this.#take(request, nowMs)
    const repeated = this.#attempts.repeat(request.attemptId, nowMs)
    const visibilityMs = request.visibilityTimeoutSeconds * 1000
    for (const { message } of repeated ?? []) this.#parts.shelf.hide(message, visibilityMs, nowMs)
    const delivered = repeated ?? this.#take(request, nowMs)
    if (delivered.length > 0 && delivered !== 'over-limit') this.#attempts.remember(request.attemptId, delivered, nowMs)
    return delivered
  }

  /** What it remembers of former receives. */
  clear(): void {
    this.#attempts.clear()
  }

  #take(request: ReceiveRequest, nowMs: number): readonly Delivered[] | 'over-limit' {
    const { shelf, receipts, deadLetters, isFifo, limit } = this.#parts
    const { policies } = request
    const room = limit - shelf.takenCount
    const isFull = room <= 0 || (policies !== undefined && this.#isFull(policies))
    if (isFull) return isFifo ? NOTHING : 'over-limit'
    const max = Math.min(request.max, room)
    let visibilityMs = request.visibilityTimeoutSeconds * 1000
    for (const policy of policies ?? []) visibilityMs = policy.visibilityMs?.(visibilityMs) ?? visibilityMs
    const source = policies === undefined ? undefined : this.#chosen(policies, max)
    let target: Pick<Turn, 'wake'> | undefined
    const divert = (message: Message): boolean => {
      const diverted = deadLetters.divert(message)
      target ??= diverted
      return diverted !== undefined
    }
    const taken = shelf.take(max, visibilityMs, nowMs, divert, source)
    const delivered = taken.map((message) => {
      message.receiveCount++
      message.firstReceivedAtMs ??= nowMs
      return { message, receiptHandle: receipts.issue(message, nowMs), receiveCount: message.receiveCount }
    })
    target?.wake()
    if (policies !== undefined) this.#deliver(policies, delivered, nowMs)
    return delivered
  }

  #isFull(policies: readonly ReceivePolicy[]): boolean {
    const { shelf, isFifo } = this.#parts
    return !isFifo && policies.some((policy) => policy.isFull?.(shelf.takenCount))
  }

  /** The messages that the policies leave, in their order; `undefined`: they leave the line as it is. */
  #chosen(policies: readonly ReceivePolicy[], max: number): Pick<Order, 'next'> | undefined {
    const { shelf, deadLetters, isFifo } = this.#parts
    const { order } = shelf
    const receiving = { max, inFlight: shelf.takenCount, isFifo, isDead: deadLetters.isDue }
    const whole = order.ahead()
    let line: Iterable<Message> = whole
    for (const policy of policies) line = policy.line?.(line, receiving) ?? line
    if (line === whole) return undefined
    const chosen: Message[] = []
    let living = 0
    for (const message of line) {
      chosen.push(message)
      if (!deadLetters.isDue(message) && ++living === max) break
    }
    let at = 0
    return {
      next() {
        const message = chosen[at++]
        if (message !== undefined) order.reach(message)
        return message
      },
    }
  }

  #deliver(policies: readonly ReceivePolicy[], delivered: readonly Delivered[], nowMs: number): void {
    if (delivered.length === 0) return
    const again: Again = (message, copies, afterMs) => this.#repeat(message, copies, afterMs, nowMs)
    for (const policy of policies) policy.delivered?.(delivered, again)
  }

  /**
   * As AWS's servers do that have not heard of the receive: the same message under a handle of its own, which deleting
   * the first one does not delete. Once per message, or who never deletes would have more with every receive. Not in a
   * FIFO queue, which delivers once.
   */
  #repeat(message: Message, copies: number, afterMs: number, nowMs: number): boolean {
    const repeated = (this.#repeated ??= new WeakSet())
    if (this.#parts.isFifo || repeated.has(message)) return false
    repeated.add(message)
    for (let left = copies; left > 0; left--) {
      const copy = this.#parts.shelf.store(contentOf(message, message.serial, message.sentAtMs), nowMs, afterMs)
      copy.receiveCount = message.receiveCount
      copy.firstReceivedAtMs = message.firstReceivedAtMs
      copy.redriven = message.redriven
      repeated.add(copy)
    }
    return true
  }
}
