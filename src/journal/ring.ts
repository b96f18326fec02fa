import type { HeapItem } from '../core/heap.ts'
import type { Kept } from './entry.ts'

/** Grows like an array until it is full, then overwrites. */
const FIRST_CAPACITY = 16

/**
 * The exchanges of one session, oldest first. Each has an ordinal, its number in this session from 0, so that a reader
 * knows how many it has missed.
 */
export class Ring implements HeapItem {
  readonly session: string
  heapIndex = -1
  /** Ordinal of the oldest that is there. */
  firstOrdinal = 0
  size = 0
  #slots: (Kept | undefined)[] = emptySlots(FIRST_CAPACITY)

  constructor(session: string) {
    this.session = session
  }

  /** Ordinal that the next one will have. */
  get nextOrdinal(): number {
    return this.firstOrdinal + this.size
  }

  /** Of the oldest; Infinity when it is empty. */
  get oldestSeq(): number {
    return this.size === 0 ? Infinity : this.at(this.firstOrdinal).seq
  }

  at(ordinal: number): Kept {
    const entry = this.#slots[ordinal % this.#slots.length]
    if (entry === undefined || ordinal < this.firstOrdinal || ordinal >= this.nextOrdinal)
      throw new RangeError(`no entry ${ordinal}`)
    return entry
  }

  push(entry: Kept): void {
    if (this.size === this.#slots.length) this.#grow()
    this.#slots[this.nextOrdinal % this.#slots.length] = entry
    this.size++
  }

  shift(): Kept {
    const entry = this.at(this.firstOrdinal)
    this.#slots[this.firstOrdinal % this.#slots.length] = undefined
    this.firstOrdinal++
    this.size--
    return entry
  }

  /** Ordinal of the first one with a greater seq; `nextOrdinal` when there is none. */
  after(seq: number): number {
    let low = this.firstOrdinal
    let high = this.nextOrdinal
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.at(middle).seq > seq) high = middle
      else low = middle + 1
    }
    return low
  }

  #grow(): void {
    const slots = emptySlots(this.#slots.length * 2)
    for (let ordinal = this.firstOrdinal; ordinal < this.nextOrdinal; ordinal++)
      slots[ordinal % slots.length] = this.at(ordinal)
    this.#slots = slots
  }
}

function emptySlots(length: number): (Kept | undefined)[] {
  return Array.from({ length })
}
