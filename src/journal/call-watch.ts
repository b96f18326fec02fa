import { mostAttempts } from '../core/attempt.ts'
import type { Entry, Kept } from './entry.ts'
import { subjectOf, summaryOf, type Try, tryOf } from './logical-calls.ts'

/** Calls that have met a fault and are not over. Most clients give up after a minute and a few tries. */
const MOST_CALLS = 1000
const MOST_TRIES = 100

interface Watched {
  readonly subject: string
  readonly tries: Try[]
}

/** Follows calls that have met a fault from try to try, and tells their story when there is one. */
export class CallWatch {
  readonly #calls = new Map<string, Watched>()

  /** One try more. Answers what has become of the call, in one line, when it has got through, or was the last. */
  add(kept: Kept): string | undefined {
    if (kept.faults.length === 0 && this.#calls.size === 0) return undefined
    const entry = kept.read()
    const { attempt, session } = entry
    if (attempt === undefined) return undefined
    const key = `${session} ${attempt.invocationId}`
    const call = this.#calls.get(key) ?? (entry.faults.length === 0 ? undefined : this.#begin(key, entry))
    if (call === undefined || call.tries.length >= MOST_TRIES) return undefined
    call.tries.push(tryOf(entry))
    if (call.tries.length === 1 || !isOver(entry, attempt.attempt)) return undefined
    return summaryOf(call.subject, call.tries)
  }

  #begin(key: string, entry: Entry): Watched {
    if (this.#calls.size >= MOST_CALLS) {
      const [oldest] = this.#calls.keys()
      this.#calls.delete(oldest as string)
    }
    const call: Watched = { subject: subjectOf(entry), tries: [] }
    this.#calls.set(key, call)
    return call
  }
}

/** As far as it can be seen from here: what was refused, or broken, by a fault may be tried again. */
function isOver(entry: Entry, attempt: number): boolean {
  const isAnswered = entry.status !== undefined && entry.status < 400
  return isAnswered || entry.faults.length === 0 || attempt === mostAttempts({ rawHeaders: entry.requestHeaders })
}
