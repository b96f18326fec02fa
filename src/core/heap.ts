/** An item that knows its place, so that it can be taken out of the middle. -1: in no heap. */
export interface HeapItem {
  heapIndex: number
}

/** A binary min-heap. Add, remove and take are O(log n); adding what belongs at the end is O(1). */
export class Heap<T extends HeapItem> {
  readonly #items: T[] = []
  readonly #before: (a: T, b: T) => boolean

  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before
  }

  get size(): number {
    return this.#items.length
  }

  peek(): T | undefined {
    return this.#items[0]
  }

  add(item: T): void {
    item.heapIndex = this.#items.push(item) - 1
    this.#up(item)
  }

  take(): T | undefined {
    const first = this.#items[0]
    if (first !== undefined) this.remove(first)
    return first
  }

  /** In order. Nothing may change while somebody reads it, who pays O(log n) for each and as much when he stops. */
  *[Symbol.iterator](): Generator<T> {
    const read: T[] = []
    try {
      for (let item = this.take(); item !== undefined; item = this.take()) {
        read.push(item)
        yield item
      }
    } finally {
      for (const item of read) this.add(item)
    }
  }

  /** Nothing happens when it is not in a heap. */
  remove(item: T): void {
    const at = item.heapIndex
    if (at < 0) return
    item.heapIndex = -1
    const last = this.#items.pop() as T
    if (last === item) return
    last.heapIndex = at
    this.#items[at] = last
    this.#up(last)
    this.#down(last)
  }

  /** Puts an item back in order after its key changed. */
  update(item: T): void {
    this.#up(item)
    this.#down(item)
  }

  #up(item: T): void {
    const items = this.#items
    let at = item.heapIndex
    while (at > 0) {
      const parentAt = (at - 1) >> 1
      const parent = items[parentAt] as T
      if (!this.#before(item, parent)) break
      items[at] = parent
      parent.heapIndex = at
      at = parentAt
    }
    items[at] = item
    item.heapIndex = at
  }

  #down(item: T): void {
    const items = this.#items
    let at = item.heapIndex
    for (;;) {
      let childAt = 2 * at + 1
      if (childAt >= items.length) break
      const right = items[childAt + 1]
      if (right !== undefined && this.#before(right, items[childAt] as T)) childAt++
      const child = items[childAt] as T
      if (!this.#before(child, item)) break
      items[at] = child
      child.heapIndex = at
      at = childAt
    }
    items[at] = item
    item.heapIndex = at
  }
}
