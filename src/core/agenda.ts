import { Heap, type HeapItem } from './heap.ts'

export interface Entry extends HeapItem {
  readonly atMs: number
  readonly order: number
  readonly task: () => void
}

/** Tasks in order of time, then of scheduling. */
export class Agenda {
  readonly #heap = new Heap<Entry>((a, b) => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order))
  #order = 0

  add(atMs: number, task: () => void): Entry {
    const entry = { atMs, order: this.#order++, task, heapIndex: -1 }
    this.#heap.add(entry)
    return entry
  }

  remove(entry: Entry): void {
    this.#heap.remove(entry)
  }

  get nextMs(): number {
    return this.#heap.peek()?.atMs ?? Infinity
  }

  takeDue(nowMs: number): Entry | undefined {
    return this.nextMs <= nowMs ? this.#heap.take() : undefined
  }
}
