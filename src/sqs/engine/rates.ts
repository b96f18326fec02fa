interface Bucket {
  tokens: number
  atMs: number
}

/** What a queue counts of the calls to it: token buckets, by the law that limits them and by name. */
export class Rates {
  /** A law that is gone takes its buckets with it. */
  #laws: WeakMap<object, Map<string, Bucket>> | undefined

  /**
   * Takes one of the tokens that come so often in a second; as many as come in a second are kept (one at least). False:
   * there is none. Names are few: of operations.
   */
  take(law: object, name: string, perSecond: number, nowMs: number): boolean {
    const laws = (this.#laws ??= new WeakMap<object, Map<string, Bucket>>())
    let buckets = laws.get(law)
    if (buckets === undefined) laws.set(law, (buckets = new Map<string, Bucket>()))
    const full = Math.max(1, perSecond)
    let bucket = buckets.get(name)
    if (bucket === undefined) buckets.set(name, (bucket = { tokens: full, atMs: nowMs }))
    bucket.tokens = Math.min(full, bucket.tokens + ((nowMs - bucket.atMs) / 1000) * perSecond)
    bucket.atMs = nowMs
    if (bucket.tokens < 1) return false
    bucket.tokens--
    return true
  }

  clear(): void {
    this.#laws = undefined
  }
}
