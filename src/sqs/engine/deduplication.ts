import { ExpiringMap } from './expiring-map.ts'
import type { Draft } from './queue-calls.ts'

const REMEMBERED_MS = 5 * 60_000

/**
 * The memory of a FIFO queue: for five minutes from an accepted send, whatever became of the message meanwhile, a send of
 * the same deduplication id is answered as that one was.
 */
export class Deduplication {
  readonly #scope: 'queue' | 'messageGroup'
  /** The serial numbers of the messages. A million ids may be in here: nothing more is kept. */
  readonly #accepted = new ExpiringMap<number>(REMEMBERED_MS)

  constructor(scope: 'queue' | 'messageGroup') {
    this.#scope = scope
  }

  /** The serial number of the message that the queue accepted instead. */
  find(draft: Draft, nowMs: number): number | undefined {
    return this.#accepted.get(this.#keyOf(draft), nowMs)
  }

  remember(draft: Draft, serial: number, nowMs: number): void {
    this.#accepted.set(this.#keyOf(draft), serial, nowMs)
  }

  clear(): void {
    this.#accepted.clear()
  }

  /** Neither id can contain a line break. */
  #keyOf(draft: Draft): string {
    const deduplicationId = draft.deduplicationId as string
    return this.#scope === 'queue' ? deduplicationId : `${draft.groupId as string}\n${deduplicationId}`
  }
}
