import { Heap, type HeapItem } from '../../core/heap.ts'
import { LinkedList } from '../../core/linked-list.ts'
import type { Message } from './message.ts'

class Lane extends LinkedList<Message> implements HeapItem {
  readonly durationMs: number
  heapIndex = -1

  constructor(durationMs: number) {
    super()
    this.durationMs = durationMs
  }

  get dueMs(): number {
    return this.first?.dueMs ?? Infinity
  }
}

/**
 * Messages that wait for their `dueMs`, soonest first. Those that wait equally long come due in the order in which they
 * began, so there is one list for each distinct duration and a small heap over the heads of these lists: adding and
 * removing are O(1) in messages, O(log d) in distinct durations.
 */
export class Deadlines {
  readonly #lanes = new Map<number, Lane>()
  /** Of two that are due together, the one that waits longer began first. */
  readonly #byDue = new Heap<Lane>((a, b) => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.durationMs > b.durationMs))
  size = 0

  get nextMs(): number {
    return this.#byDue.peek()?.dueMs ?? Infinity
  }

  add(message: Message, durationMs: number, dueMs: number): void {
    message.dueMs = dueMs
    let lane = this.#lanes.get(durationMs)
    if (lane === undefined) this.#lanes.set(durationMs, (lane = new Lane(durationMs)))
    // Only a clock that was set back makes this loop run.
    let before = lane.last
    while (before?.dueMs !== undefined && before.dueMs > dueMs) before = before.previous
    lane.insertAfter(message, before)
    this.size++
    if (lane.first !== message) return
    if (lane.size === 1) this.#byDue.add(lane)
    else this.#byDue.update(lane)
  }

  remove(message: Message): void {
    const lane = message.list as Lane
    const wasFirst = lane.first === message
    lane.remove(message)
    this.size--
    if (!wasFirst) return
    if (lane.first !== undefined) return this.#byDue.update(lane)
    this.#byDue.remove(lane)
    this.#lanes.delete(lane.durationMs)
  }

  /** Takes out the next message due at `nowMs` or before. */
  takeDue(nowMs: number): Message | undefined {
    const message = this.#byDue.peek()?.first
    if (message?.dueMs === undefined || message.dueMs > nowMs) return undefined
    this.remove(message)
    return message
  }

  *[Symbol.iterator](): Generator<Message> {
    for (const lane of this.#lanes.values()) yield* lane
  }
}
