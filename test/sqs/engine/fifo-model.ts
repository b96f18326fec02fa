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
} from './model.ts'

const FIVE_MINUTES_MS = 300_000

interface Group {
  readonly id: string
  entries: ModelEntry[]
}

/** A FIFO queue by the naive rule: groups rotate, a receive takes visible prefixes, what it touched goes to the back. */
export class FifoModel implements ModelQueue {
  readonly arn: string
  readonly #settings: ModelSettings
  readonly #scope: 'queue' | 'messageGroup'
  #retentionMs: number
  #rotation: Group[] = []
  #accepted: {
    readonly deduplicationId: string
    readonly groupId: string
    readonly atMs: number
    readonly body: string
  }[] = []

  constructor(arn: string, settings: ModelSettings, scope: 'queue' | 'messageGroup') {
    this.arn = arn
    this.#settings = settings
    this.#scope = scope
    this.#retentionMs = settings.retentionSeconds * 1000
  }

  send(nowMs: number, draft: ModelDraft): string {
    this.#settle(nowMs)
    const groupId = draft.groupId as string
    const duplicate = this.#accepted.find(
      (each) =>
        each.deduplicationId === draft.deduplicationId &&
        (this.#scope === 'queue' || each.groupId === groupId) &&
        nowMs - each.atMs < FIVE_MINUTES_MS,
    )
    if (duplicate !== undefined) return duplicate.body
    this.#accepted.unshift({ deduplicationId: draft.deduplicationId, groupId, atMs: nowMs, body: draft.body })
    const entry = newEntry(draft, nowMs)
    if (this.#settings.delaySeconds > 0) {
      entry.state = 'delayed'
      entry.dueMs = nowMs + this.#settings.delaySeconds * 1000
    }
    this.#enter(entry)
    return draft.body
  }

  receive(nowMs: number, max: number, seconds: number): ModelDelivery[] {
    this.#settle(nowMs)
    const taken: ModelEntry[] = []
    const touched: Group[] = []
    for (const group of this.#rotation) {
      for (const entry of group.entries) {
        if (taken.length === max || entry.state !== 'visible') break
        if (!touched.includes(group)) touched.push(group)
        const target = targetOf(entry, this.#settings)
        if (target === undefined) taken.push(entry)
        else {
          group.entries = group.entries.filter((each) => each !== entry)
          target.adopt(nowMs, entry, this.arn)
        }
      }
    }
    this.#rotation = [...this.#rotation.filter((group) => !touched.includes(group)), ...touched]
    this.#forgetEmpty()
    for (const entry of taken) {
      entry.count++
      if (seconds === 0) continue
      entry.state = 'taken'
      entry.dueMs = nowMs + seconds * 1000
    }
    return taken.map((entry) => ({ entry, count: entry.count, issuedAtMs: nowMs }))
  }

  delete(nowMs: number, { entry, count }: ModelDelivery): string {
    this.#settle(nowMs)
    if (!this.#has(entry)) return 'gone'
    if (entry.state !== 'taken' || entry.count !== count) return 'expired'
    for (const group of this.#rotation) group.entries = group.entries.filter((each) => each !== entry)
    this.#forgetEmpty()
    return 'deleted'
  }

  change(nowMs: number, { entry, count, issuedAtMs }: ModelDelivery, seconds: number): string {
    this.#settle(nowMs)
    if (!this.#has(entry)) return 'gone'
    if (entry.state !== 'taken' || entry.count !== count) return 'expired'
    if (nowMs - issuedAtMs + seconds * 1000 > 43_200_000) return 'beyond-limit'
    if (seconds === 0) entry.state = 'visible'
    entry.dueMs = nowMs + seconds * 1000
    return 'changed'
  }

  purge(): void {
    this.#rotation = []
    this.#accepted = []
  }

  setRetention(nowMs: number, seconds: number): void {
    this.#settle(nowMs)
    this.#retentionMs = seconds * 1000
    this.#settle(nowMs)
  }

  counts(nowMs: number) {
    this.#settle(nowMs)
    return countStates(this.#rotation.flatMap(({ entries }) => entries))
  }

  adopt(nowMs: number, entry: ModelEntry, sourceArn: string): void {
    this.#settle(nowMs)
    this.#enter(adoptedEntry(entry, nowMs, sourceArn))
  }

  #enter(entry: ModelEntry): void {
    const group = this.#rotation.find(({ id }) => id === entry.groupId)
    if (group === undefined) this.#rotation.push({ id: entry.groupId as string, entries: [entry] })
    else group.entries.push(entry)
  }

  #has(entry: ModelEntry): boolean {
    return this.#rotation.some(({ entries }) => entries.includes(entry))
  }

  #forgetEmpty(): void {
    this.#rotation = this.#rotation.filter(({ entries }) => entries.length > 0)
  }

  #settle(nowMs: number): void {
    for (const group of this.#rotation) {
      group.entries = group.entries.filter(({ sentAtMs }) => sentAtMs > nowMs - this.#retentionMs)
      for (const entry of group.entries) if (entry.state !== 'visible' && entry.dueMs <= nowMs) entry.state = 'visible'
    }
    this.#forgetEmpty()
  }
}
