import { hash } from 'node:crypto'
import type { Message } from './message.ts'
import type { Receipt, ReceiptHandles } from './receipt-handle.ts'

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
}
