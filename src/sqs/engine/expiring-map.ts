class Entry<V> {
  readonly key: string
  readonly value: V
  /** Since the map's first entry was set: a small number needs no object of its own. */
  readonly endsMs: number
  /** The one set after it. */
  next: Entry<V> | undefined = undefined

  constructor(key: string, value: V, endsMs: number) {
    this.key = key
    this.value = value
    this.endsMs = endsMs
  }
}

/** A map whose entries end a fixed time after they were set. Forgetting costs O(1) amortised, and needs no timer. */
export class ExpiringMap<V> {
  readonly #ttlMs: number
  readonly #entries = new Map<string, Entry<V>>()
  /** All that were set, in order of their end; an entry that was set again is among them twice. */
  #first: Entry<V> | undefined
  #last: Entry<V> | undefined
  #startMs: number | undefined

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs
  }

  /** Those that have ended count until the next call that tells the time. */
  get size(): number {
    return this.#entries.size
  }

  get(key: string, nowMs: number): V | undefined {
    this.#prune(nowMs)
    return this.#entries.get(key)?.value
  }

  set(key: string, value: V, nowMs: number): void {
    this.#prune(nowMs)
    this.#startMs ??= nowMs
    const entry = new Entry(key, value, nowMs - this.#startMs + this.#ttlMs)
    this.#entries.set(key, entry)
    if (this.#last === undefined) this.#first = entry
    else this.#last.next = entry
    this.#last = entry
  }

  clear(): void {
    this.#entries.clear()
    this.#first = undefined
    this.#last = undefined
  }

  #prune(nowMs: number): void {
    const now = nowMs - (this.#startMs ?? nowMs)
    for (let first = this.#first; first !== undefined && first.endsMs <= now; first = this.#first) {
      if (this.#entries.get(first.key) === first) this.#entries.delete(first.key)
      this.#first = first.next
      if (this.#first === undefined) this.#last = undefined
    }
  }
}
