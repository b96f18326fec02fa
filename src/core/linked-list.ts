/** An item that carries its own links: it is in one list at a time, and can leave it from anywhere in O(1). */
export interface ListItem<T> {
  previous: T | undefined
  next: T | undefined
  /** The list it is in. */
  list: object | undefined
}

export class LinkedList<T extends ListItem<T>> {
  first: T | undefined
  last: T | undefined
  size = 0

  push(item: T): void {
    this.insertAfter(item, this.last)
  }

  /** `undefined` puts it first. */
  insertAfter(item: T, previous: T | undefined): void {
    const next = previous === undefined ? this.first : previous.next
    item.list = this
    item.previous = previous
    item.next = next
    if (previous === undefined) this.first = item
    else previous.next = item
    if (next === undefined) this.last = item
    else next.previous = item
    this.size++
  }

  remove(item: T): void {
    const { previous, next } = item
    if (previous === undefined) this.first = next
    else previous.next = next
    if (next === undefined) this.last = previous
    else next.previous = previous
    item.previous = undefined
    item.next = undefined
    item.list = undefined
    this.size--
  }

  *[Symbol.iterator](): Generator<T> {
    for (let item = this.first; item !== undefined; item = item.next) yield item
  }
}
