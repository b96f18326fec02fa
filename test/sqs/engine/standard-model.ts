import {
  adoptedEntry,
  countStates,
  type ModelDelivery,
  type ModelDraft,
  type ModelEntry,
  type ModelQueue,
  type ModelSettings,
  newEntry,
  targetOf,
  TWELVE_HOURS_MS,
} from './model.ts'

/** A standard queue: messages stand in line in the order in which they became visible. */
export class StandardModel implements ModelQueue {
  readonly arn: string
  readonly #settings: ModelSettings
  #retentionMs: number
  #entries: ModelEntry[] = []
  /** The visible ones. */
  #line: ModelEntry[] = []
  #began = 0

  constructor(arn: string, settings: ModelSettings) {
    this.arn = arn
    this.#settings = settings
    this.#retentionMs = settings.retentionSeconds * 1000
  }

  send(nowMs: number, draft: ModelDraft): string {
    this.#settle(nowMs)
    const entry = newEntry(draft, nowMs)
    this.#entries.push(entry)
    const delaySeconds = draft.delaySeconds ?? this.#settings.delaySeconds
    if (delaySeconds > 0) this.#wait(entry, 'delayed', nowMs + delaySeconds * 1000)
    else this.#line.push(entry)
    return draft.body
  }

  receive(nowMs: number, max: number, seconds: number): ModelDelivery[] {
    this.#settle(nowMs)
    const taken: ModelEntry[] = []
    while (taken.length < max && this.#line.length > 0) {
      const entry = this.#line.shift() as ModelEntry
      const target = targetOf(entry, this.#settings)
      if (target === undefined) taken.push(entry)
      else {
        this.#drop(entry)
        target.adopt(nowMs, entry, this.arn)
      }
    }
    for (const entry of taken) {
      entry.count++
      if (seconds > 0) this.#wait(entry, 'taken', nowMs + seconds * 1000)
      else this.#line.push(entry)
    }
    return taken.map((entry) => ({ entry, count: entry.count, issuedAtMs: nowMs }))
  }

  delete(nowMs: number, { entry, count, issuedAtMs }: ModelDelivery): string {
    this.#settle(nowMs)
    if (!this.#entries.includes(entry)) return 'gone'
    if (nowMs - issuedAtMs > TWELVE_HOURS_MS) return 'expired'
    if (count === entry.count) this.#drop(entry)
    return 'deleted'
  }

  change(nowMs: number, { entry, issuedAtMs }: ModelDelivery, seconds: number): string {
    this.#settle(nowMs)
    if (!this.#entries.includes(entry)) return 'gone'
    if (nowMs - issuedAtMs > TWELVE_HOURS_MS) return 'expired'
    if (nowMs - issuedAtMs + seconds * 1000 > TWELVE_HOURS_MS) return 'beyond-limit'
    if (seconds > 0) {
      this.#line = this.#line.filter((each) => each !== entry)
      this.#wait(entry, 'taken', nowMs + seconds * 1000)
    } else if (entry.state === 'taken') {
      entry.state = 'visible'
      this.#line.push(entry)
    }
    return 'changed'
  }

  purge(): void {
    this.#entries = []
    this.#line = []
  }

  setRetention(nowMs: number, seconds: number): void {
    this.#settle(nowMs)
    this.#retentionMs = seconds * 1000
    this.#settle(nowMs)
  }

  counts(nowMs: number) {
    this.#settle(nowMs)
    return countStates(this.#entries)
  }

  adopt(nowMs: number, entry: ModelEntry, sourceArn: string): void {
    this.#settle(nowMs)
    const adopted = adoptedEntry(entry, entry.sentAtMs, sourceArn)
    this.#entries.push(adopted)
    this.#line.push(adopted)
  }

  #wait(entry: ModelEntry, state: 'taken' | 'delayed', dueMs: number): void {
    Object.assign(entry, { state, dueMs, began: this.#began++ })
  }

  #drop(entry: ModelEntry): void {
    this.#entries = this.#entries.filter((each) => each !== entry)
    this.#line = this.#line.filter((each) => each !== entry)
  }

  #settle(nowMs: number): void {
    for (const entry of this.#entries) if (entry.sentAtMs <= nowMs - this.#retentionMs) this.#drop(entry)
    const due = this.#entries
      .filter(({ state, dueMs }) => state !== 'visible' && dueMs <= nowMs)
      .toSorted((a, b) => a.dueMs - b.dueMs || rankOf(a) - rankOf(b) || a.began - b.began)
    for (const entry of due) {
      entry.state = 'visible'
      this.#line.push(entry)
    }
  }
}

function rankOf({ state }: ModelEntry): number {
  return state === 'delayed' ? 0 : 1
}
