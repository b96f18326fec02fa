import { Heap, type HeapItem } from '../../core/heap.ts'
import type { Message } from './message.ts'

const SEGMENT_SLOTS = 128
const NONE: readonly Message[] = []

interface Segment extends HeapItem {
  readonly index: number
  readonly slots: (Message | undefined)[]
  live: number
  /** No message in it is older. Exact when made, a lower bound after deletions. */
  oldestMs: number
}

/**
 * All messages of a queue in order of arrival, found by offset, and in order of age for retention.
 *
 *     offset 0 ......... 127 | 128 ........ 255 | 256 …          segments with nothing left in them are dropped,
 *            [ . m . . m m ]   [ m m m m m m m ]   [ m m _ _ ]   so one old message keeps one segment, not the log
 *
 * Age is not arrival: a message moved to a dead-letter queue keeps its enqueue time. So the segments stand in a heap by
 * their oldest message, and retention looks into the first segment only.
 */
export class MessageLog {
  readonly #segments = new Map<number, Segment>()
  readonly #byAge = new Heap<Segment>((a, b) => a.oldestMs < b.oldestMs)
  #nextOffset: number
  size = 0

  constructor(firstOffset = 0) {
    this.#nextOffset = firstOffset
  }

  get nextOffset(): number {
    return this.#nextOffset
  }

  get segments(): number {
    return this.#segments.size
  }

  /** The message's offset must be `nextOffset`. */
  add(message: Message): void {
    const index = Math.floor(message.offset / SEGMENT_SLOTS)
    let segment = this.#segments.get(index)
    if (segment === undefined) {
      segment = { index, slots: [], live: 0, oldestMs: message.sentAtMs, heapIndex: -1 }
      this.#segments.set(index, segment)
      this.#byAge.add(segment)
    } else if (message.sentAtMs < segment.oldestMs) {
      segment.oldestMs = message.sentAtMs
      this.#byAge.update(segment)
    }
    segment.slots[message.offset % SEGMENT_SLOTS] = message
    segment.live++
    this.size++
    this.#nextOffset++
  }

  find(offset: number): Message | undefined {
    return this.#segments.get(Math.floor(offset / SEGMENT_SLOTS))?.slots[offset % SEGMENT_SLOTS]
  }

  remove(message: Message): void {
    const index = Math.floor(message.offset / SEGMENT_SLOTS)
    const segment = this.#segments.get(index)
    if (segment?.slots[message.offset % SEGMENT_SLOTS] !== message) return
    segment.slots[message.offset % SEGMENT_SLOTS] = undefined
    this.size--
    if (--segment.live > 0) return
    this.#segments.delete(index)
    this.#byAge.remove(segment)
  }

  /** Some messages sent at `atMs` or earlier; none when there are none. Remove them, and ask again for more. */
  sentBy(atMs: number): readonly Message[] {
    for (let segment = this.#byAge.peek(); segment !== undefined; segment = this.#byAge.peek()) {
      if (segment.oldestMs > atMs) return NONE
      const found = segment.slots.filter((message) => message !== undefined && message.sentAtMs <= atMs)
      if (found.length > 0) return found as Message[]
      this.#correct(segment, oldestOf(segment))
    }
    return NONE
  }

  /** The oldest message: what `ApproximateAgeOfOldestMessage` counts from. */
  oldest(): Message | undefined {
    for (let segment = this.#byAge.peek(); segment !== undefined; segment = this.#byAge.peek()) {
      const oldest = oldestOf(segment)
      if (oldest.sentAtMs === segment.oldestMs) return oldest
      this.#correct(segment, oldest)
    }
    return undefined
  }

  /**
   * Shows messages from an offset on, in order of arrival, until one is not wanted any more or so many places have been
   * looked at: a log of a million is looked through in small steps. Answers where to go on; `undefined`: that was all.
   */
  scan(from: number, places: number, visit: (message: Message) => boolean): number | undefined {
    const first = this.#segments.keys().next().value
    if (first === undefined) return undefined
    let offset = Math.max(from, first * SEGMENT_SLOTS)
    for (let left = places; offset < this.#nextOffset; left--) {
      if (left <= 0) return offset
      const segment = this.#segments.get(Math.floor(offset / SEGMENT_SLOTS))
      if (segment === undefined) {
        offset = (Math.floor(offset / SEGMENT_SLOTS) + 1) * SEGMENT_SLOTS
        continue
      }
      const message = segment.slots[offset++ % SEGMENT_SLOTS]
      if (message !== undefined && !visit(message)) return offset < this.#nextOffset ? offset : undefined
    }
    return undefined
  }

  /** In order of arrival. */
  *[Symbol.iterator](): Generator<Message> {
    for (const segment of this.#segments.values())
      for (const message of segment.slots) if (message !== undefined) yield message
  }

  #correct(segment: Segment, oldest: Message): void {
    segment.oldestMs = oldest.sentAtMs
    this.#byAge.update(segment)
  }
}

function oldestOf(segment: Segment): Message {
  let oldest: Message | undefined
  for (const message of segment.slots)
    if (message !== undefined && (oldest === undefined || message.sentAtMs < oldest.sentAtMs)) oldest = message
  if (oldest === undefined) throw new Error(`segment ${segment.index} is empty but was kept`)
  return oldest
}
