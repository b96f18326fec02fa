import { Heap } from '../core/heap.ts'
import type { Ended } from '../core/finished.ts'
import { CompactEntries } from './compact-entry.ts'
import { type Describe, type Entry, type Kept, WholeEntry } from './entry.ts'
import { Ring } from './ring.ts'

export interface JournalLimits {
  /** Of one session. A test that makes more calls than this asks for counts, not for a list. */
  readonly exchanges: number
  /** Of all sessions together, as far as it can be known: a few large messages must not weigh like thousands. */
  readonly sizeBytes: number
}

export const JOURNAL_LIMITS: JournalLimits = { exchanges: 5000, sizeBytes: 64 * 1024 * 1024 }

export interface JournalOptions {
  readonly describe: Describe
  /** Another one for each process: a reader that comes back after a restart is not where it was. No dots. */
  readonly life: string
  readonly limits?: Partial<JournalLimits>
}

/** Whose exchanges: a session's name, or `*` for all. */
export type Whose = string

/** How far somebody has read. */
export interface Position {
  /** Of the last exchange that was read, or that came before. */
  readonly seq: number
  /** How many exchanges of those that are read here had come by then; Infinity when nobody knows. */
  readonly ordinal: number
}

export interface Page {
  readonly entries: readonly Entry[]
  /** Of each entry: where to go on after it. */
  readonly positions: readonly Position[]
  /** Where to go on after all of them. */
  readonly position: Position
  /** Exchanges after the position asked for that are not there any more. */
  readonly skipped: number
}

/**
 * The latest exchanges of every session, in bounds: the oldest of a session goes when the session has too many, the
 * oldest of all when they weigh too much. Readers hold a position and ask for what comes after it: nothing is kept for
 * them, and one that is slow is told what it has missed.
 */
export class Journal {
  readonly #limits: JournalLimits
  readonly #describe: Describe
  readonly #compact: CompactEntries
  readonly #life: string
  readonly #rings = new Map<string, Ring>()
  /** Rings that hold something, the one with the oldest exchange first. */
  readonly #byAge = new Heap<Ring>((a, b) => a.oldestSeq < b.oldestSeq)
  #waiting = new Set<() => void>()
  #seq = 0
  #sizeBytes = 0

  constructor({ describe, life, limits = {} }: JournalOptions) {
    this.#describe = describe
    this.#compact = new CompactEntries(describe)
    this.#life = life
    this.#limits = { ...JOURNAL_LIMITS, ...limits }
  }

  /** Bytes of all that is there. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  /** Seq of the latest exchange. */
  get lastSeq(): number {
    return this.#seq
  }

  add(ended: Ended): Kept {
    const ring = this.#ringOf(ended.exchange.session)
    const seq = ++this.#seq
    const entry = this.#compact.entryOf(seq, ended) ?? new WholeEntry(seq, ended, this.#describe)
    ring.push(entry)
    this.#sizeBytes += entry.sizeBytes
    if (ring.heapIndex < 0) this.#byAge.add(ring)
    if (ring.size > this.#limits.exchanges) this.#evict(ring)
    for (let oldest = this.#byAge.peek(); this.#sizeBytes > this.#limits.sizeBytes && oldest !== undefined;) {
      this.#evict(oldest)
      oldest = this.#byAge.peek()
    }
    if (this.#waiting.size > 0) this.#wake()
    return entry
  }

  /** Where a reader stands that wants only what is still to come. */
  end(whose: Whose): Position {
    return { seq: this.#seq, ordinal: whose === '*' ? this.#seq : (this.#rings.get(whose)?.nextOrdinal ?? 0) }
  }

  /** A position as a text, for readers that come back. */
  placeOf({ seq, ordinal }: Position): string {
    return `${this.#life}.${seq}.${ordinal}`
  }

  /** That of a former process is the beginning; `undefined` for what no journal has written. */
  positionOf(place: string): Position | undefined {
    const [, life, seq, ordinal] = /^(\w+)\.(\d{1,15})\.(\d{1,15}|Infinity)$/.exec(place) ?? []
    if (life === undefined) return undefined
    return life === this.#life ? { seq: Number(seq), ordinal: Number(ordinal) } : BEGINNING
  }

  /**
   * Up to `most` exchanges after a position. A position of a former life of the session's journal, or of none, starts
   * with the oldest that is there.
   */
  after(whose: Whose, from: Position, most: number): Page {
    return whose === '*' ? this.#afterOfAll(from, most) : this.#afterOf(this.#rings.get(whose), from, most)
  }

  /** Everything of a session, or of all, oldest first. */
  *entries(whose: Whose, from: Position = BEGINNING): Generator<Entry> {
    let page = this.after(whose, from, PAGE)
    for (; page.entries.length > 0; page = this.after(whose, page.position, PAGE)) yield* page.entries
  }

  clear(whose: Whose): void {
    for (const ring of this.#rings.values())
      if (whose === '*' || whose === ring.session) for (let left = ring.size; left > 0; left--) this.#evict(ring)
  }

  /** The session has ended: nothing is left of it. */
  drop(session: string): void {
    this.clear(session)
    this.#rings.delete(session)
  }

  /** Calls back once, with the next exchange of any session. The answer calls it off. */
  onNext(then: () => void): () => void {
    this.#waiting.add(then)
    return () => this.#waiting.delete(then)
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = new Set()
    for (const then of waiting) then()
  }

  #ringOf(session: string): Ring {
    let ring = this.#rings.get(session)
    if (ring === undefined) this.#rings.set(session, (ring = new Ring(session)))
    return ring
  }

  #evict(ring: Ring): void {
    const oldest = ring.shift()
    this.#sizeBytes -= oldest.sizeBytes
    oldest.forget()
    if (ring.size === 0) this.#byAge.remove(ring)
    else this.#byAge.update(ring)
  }

  #afterOf(ring: Ring | undefined, from: Position, most: number): Page {
    if (ring === undefined) return { entries: [], positions: [], position: from, skipped: 0 }
    const start = ring.after(from.seq)
    const end = Math.min(start + most, ring.nextOrdinal)
    const entries: Entry[] = []
    for (let ordinal = start; ordinal < end; ordinal++) entries.push(ring.at(ordinal).read())
    const positions = entries.map(({ seq }, index) => ({ seq, ordinal: start + index + 1 }))
    const position = positions.at(-1) ?? { seq: from.seq, ordinal: end }
    return { entries, positions, position, skipped: Math.max(0, start - from.ordinal) }
  }

  /** Every ring is in order: only the first few of each can be among the first few of all. */
  #afterOfAll(from: Position, most: number): Page {
    const candidates: Kept[] = []
    let left = 0
    for (const ring of this.#rings.values()) {
      const start = ring.after(from.seq)
      left += ring.nextOrdinal - start
      for (let ordinal = start; ordinal < Math.min(start + most, ring.nextOrdinal); ordinal++)
        candidates.push(ring.at(ordinal))
    }
    const found = candidates.toSorted((a, b) => a.seq - b.seq).slice(0, most)
    const entries = found.map((kept) => kept.read())
    // Across all sessions seqs are dense: one that is not there any more is a gap, up to where this page ends.
    const seq = entries.length === left ? Math.max(this.#seq, from.seq) : (entries.at(-1) as Entry).seq
    const positions = entries.map((entry) => ({ seq: entry.seq, ordinal: entry.seq }))
    return { entries, positions, position: { seq, ordinal: seq }, skipped: seq - from.seq - entries.length }
  }
}

const PAGE = 256

export const BEGINNING: Position = { seq: 0, ordinal: 0 }
