import { MOST_KEYS } from './when.ts'

/** What is repeated is mostly repeated soon. */
const MOST_REMEMBERED = 10_000

/** What one rule has seen and done in one session. */
export class Tally {
  /** The session's time since which it is on. */
  readonly armedAtMs: number
  /** Exchanges that it was asked for: matched, or skipped by a condition of its `on`. */
  considered = 0
  /** All that its `on` asks for holds. */
  matched = 0
  /** Of these, those within the time that the rule is on. */
  index = 0
  /** It was decided that it applies. */
  applied = 0
  /** It really happened. */
  fired = 0
  /** The calls to which it has happened, as an export writes them; only of rules that have a choice. */
  firings: readonly string[] = NONE
  /** There were more than are remembered. */
  isCut = false
  #skipped: Map<string, number> | undefined
  #occurrences: Map<string, number> | undefined

  constructor(armedAtMs: number) {
    this.armedAtMs = armedAtMs
  }

  get skippedBy(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#skipped ?? [])
  }

  skip(reason: string, times = 1): void {
    const skipped = (this.#skipped ??= new Map<string, number>())
    skipped.set(reason, (skipped.get(reason) ?? 0) + times)
  }

  /** The how-many-th match it is that says this, from 1. */
  occurrence(digest: string): number {
    const occurrences = (this.#occurrences ??= new Map<string, number>())
    const count = (occurrences.get(digest) ?? 0) + 1
    // The one that was used last is the youngest.
    occurrences.delete(digest)
    occurrences.set(digest, count)
    if (occurrences.size > MOST_REMEMBERED) {
      const [oldest] = occurrences.keys()
      occurrences.delete(oldest as string)
    }
    return count
  }

  /** Answers the how-many-th time it is. */
  fire(): number {
    return ++this.fired
  }

  remember(key: string): void {
    if (this.firings === NONE) this.firings = []
    if (this.firings.length < MOST_KEYS) (this.firings as string[]).push(key)
    else this.isCut = true
  }
}

const NONE: readonly string[] = []
