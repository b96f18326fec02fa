import type { Message } from './message.ts'

/** Somebody who wants to know which messages there are, without receiving any. Called in the middle of a call: no calls back. */
export interface Watch {
  /** A message came, or became visible again: possibly one that was seen before. */
  readonly seen: (message: Message) => void
  /** The queue is gone: nothing more will be seen. */
  readonly ended: () => void
}

/** Who watches a queue. While nobody does, telling costs one comparison. */
export class Watches {
  readonly #watches = new Set<Watch>()

  get size(): number {
    return this.#watches.size
  }

  /** Answers how to stop. */
  add(watch: Watch): () => void {
    const own = { ...watch }
    this.#watches.add(own)
    return () => this.#watches.delete(own)
  }

  tell(message: Message): void {
    if (this.#watches.size === 0) return
    for (const { seen } of this.#watches) seen(message)
  }

  endAll(): void {
    const ending = [...this.#watches]
    this.#watches.clear()
    for (const { ended } of ending) ended()
  }
}
