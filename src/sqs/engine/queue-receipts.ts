import { hash } from 'node:crypto'
import type { Message } from './message.ts'
import type { Receipt, ReceiptHandles } from './receipt-handle.ts'
import type { Shelf } from './shelf.ts'

/** From its receive, whatever its timeout is changed to. */
export const LONGEST_VISIBILITY_MS = 43_200_000

/** The message that a handle stands for, or why it stands for none. */
export type Located = readonly [Message, Receipt] | 'gone' | 'expired' | 'invalid'

/** The receipt handles of one queue, in one of its lives: a queue may be deleted and created again. */
export class QueueReceipts {
  readonly #handles: ReceiptHandles
  readonly #queueTag: number
  readonly #incarnation: number

  constructor(handles: ReceiptHandles, arn: string, incarnation: number) {
    this.#handles = handles
    this.#queueTag = parseInt(hash('sha1', arn).slice(0, 8), 16)
    this.#incarnation = incarnation
  }

  issue({ offset, receiveCount }: Message, issuedAtMs: number): string {
    const queueTag = this.#queueTag
    return this.#handles.issue({ queueTag, incarnation: this.#incarnation, offset, receiveCount, issuedAtMs })
  }

  /** `invalid`: never issued for a queue of this name. `gone`: issued in a former life of it. */
  read(receiptHandle: string): Receipt | 'gone' | 'invalid' {
    const receipt = this.#handles.read(receiptHandle)
    if (receipt?.queueTag !== this.#queueTag) return 'invalid'
    return receipt.incarnation === this.#incarnation ? receipt : 'gone'
  }

  /** A FIFO queue knows the current handle only; a standard queue's are good for twelve hours. */
  locate(receiptHandle: string, shelf: Pick<Shelf, 'find'>, nowMs: number, isFifo: boolean): Located {
    const receipt = this.read(receiptHandle)
    if (typeof receipt === 'string') return receipt
    const message = shelf.find(receipt.offset)
    if (message === undefined) return 'gone'
    const isStale = isFifo
      ? message.state !== 'taken' || message.receiveCount !== receipt.receiveCount
      : nowMs - receipt.issuedAtMs > LONGEST_VISIBILITY_MS
    return isStale ? 'expired' : [message, receipt]
  }
}
