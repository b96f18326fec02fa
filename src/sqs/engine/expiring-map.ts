interface Entry<V> {
  readonly key: string
  readonly value: V
  readonly endsMs: number
}

/** A map whose entries end a fixed time after they were set. Forgetting costs O(1) amortised, and needs no timer. */
export class ExpiringMap<V> {
  readonly #ttlMs: number
  readonly #entries = new Map<string, Entry<V>>()
  /** In order of their end; those before `head` have ended. */
  #order: Entry<V>[] = []
  #head = 0

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs
  }

  get(key: string, nowMs: number): V | undefined {
    this.#prune(nowMs)
    return this.#entries.get(key)?.value
  }

  set(key: string, value: V, nowMs: number): void {
    this.#prune(nowMs)
    const entry = { key, value, endsMs: nowMs + this.#ttlMs }
    this.#entries.set(key, entry)
    this.#order.push(entry)
  }

  clear(): void {
    this.#entries.clear()
    this.#order = []
    this.#head = 0
  }

  #prune(nowMs: number): void {
    for (let first = this.#order[this.#head]; first !== undefined && first.endsMs <= nowMs;) {
      if (this.#entries.get(first.key) === first) this.#entries.delete(first.key)
      first = this.#order[++this.#head]
    }
    if (this.#head < 1024 || this.#head * 2 < this.#order.length) return
    this.#order = this.#order.slice(this.#head)
    this.#head = 0
  }
}
