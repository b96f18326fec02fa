import type { Message, MessageIds } from './message.ts'
import type { Shelf } from './shelf.ts'
import type { Watch, Watches } from './watches.ts'

/** How every call of a queue begins, and how those end after which there may be something to give. */
export interface Turn {
  readonly begin: () => void
  readonly wake: () => void
}

/**
 * What is done with a queue's messages from outside of the API: looking without receiving, watching, taking one out,
 * ending its waiting time. Looking changes nothing that any later call could tell.
 */
export class Desk {
  readonly #ids: MessageIds
  readonly #shelf: Shelf
  readonly #watches: Watches
  readonly #turn: Turn

  constructor(ids: MessageIds, shelf: Shelf, watches: Watches, turn: Turn) {
    this.#ids = ids
    this.#shelf = shelf
    this.#watches = watches
    this.#turn = turn
  }

  /** Offsets grow as messages come and are never used twice: a place to go on from, whatever happens meanwhile. */
  get nextOffset(): number {
    return this.#shelf.nextOffset
  }

  /**
   * Shows messages from an offset on, in order of arrival, while `visit` wants more and for so many places at most.
   * Answers where to go on; `undefined`: there are no more.
   */
  scan(from: number, places: number, visit: (message: Message) => boolean): number | undefined {
    this.#turn.begin()
    return this.#shelf.scan(from, places, visit)
  }

  /** Every message there is, in order of arrival. */
  messages(): Iterable<Message> {
    this.#turn.begin()
    return this.#shelf
  }

  /** Of an empty queue it is 0. */
  ageOfOldestMs(nowMs: number): number {
    this.#turn.begin()
    const oldest = this.#shelf.oldest()
    return oldest === undefined ? 0 : Math.max(0, nowMs - oldest.sentAtMs)
  }

  find(messageId: string): Message | undefined {
    this.#turn.begin()
    const serial = this.#ids.serialOf(messageId)
    if (serial === undefined) return undefined
    // By serial number alone: a million comparisons are some milliseconds, an index is memory for every message.
    let found: Message | undefined
    this.#shelf.scan(0, Infinity, (message) => {
      if (message.serial === serial) found = message
      return found === undefined
    })
    return found
  }

  /** False: there is none of this id. */
  remove(messageId: string): boolean {
    const message = this.find(messageId)
    if (message === undefined) return false
    this.#shelf.discard(message)
    this.#turn.wake()
    return true
  }

  /** Ends its delay or its visibility timeout. `undefined`: there is none of this id. */
  show(messageId: string): Message | undefined {
    const message = this.find(messageId)
    if (message === undefined) return undefined
    this.#shelf.reveal(message)
    this.#turn.wake()
    return message
  }

  /** All that are delayed or in flight. Answers how many. */
  showAll(): number {
    this.#turn.begin()
    const hidden = this.#shelf.delayedCount + this.#shelf.takenCount
    this.#shelf.revealAll()
    this.#turn.wake()
    return hidden
  }

  /** Tells of messages that come from now on, and of those that become visible, in time. Answers how to stop. */
  watch(watch: Watch): () => void {
    this.#turn.begin()
    const stop = this.#watches.add(watch)
    this.#turn.wake()
    return () => {
      stop()
      this.#turn.wake()
    }
  }
}
