import type { Description } from '../core/service.ts'
import type { Entry } from './entry.ts'
import { shownText } from './show-entry.ts'

/** All tries of one call, as the SDK counts them. */
export interface LogicalCall {
  /** `undefined`: the client does not say, and the exchange stands alone. */
  readonly invocationId: string | undefined
  /** The one line that tells the story: see `summaryOf`. */
  readonly summary: string
  /** The same thing was made more than once. */
  readonly isDuplicated: boolean
  /** In order of their ending. */
  readonly attempts: readonly Entry[]
}

/** Joins exchanges of one session and invocation id, in order of the first try. */
export function logicalCalls(entries: Iterable<Entry>): LogicalCall[] {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const { attempt } = entry
    // Seqs never are ids: they hold no blank.
    const key = attempt === undefined ? `${entry.seq}` : `${entry.session} ${attempt.invocationId}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  return [...groups.values()].map((attempts) => {
    const isDuplicated = hasDuplicate(attempts)
    const { attempt } = attempts[0] as Entry
    return { invocationId: attempt?.invocationId, summary: summaryOf(attempts, isDuplicated), isDuplicated, attempts }
  })
}

/** `SendMessage orders: #1 reset(after-commit) → #2 200 → DUPLICATE in queue` */
function summaryOf(attempts: readonly Entry[], isDuplicated: boolean): string {
  const [first] = attempts as readonly [Entry]
  const { resource } = first.description
  const what = [first.operation ?? first.method, resource].filter((part) => part !== undefined).join(' ')
  const tries = attempts.map((entry, index) => `#${entry.attempt?.attempt ?? index + 1} ${endingOf(entry)}`)
  return shownText(`${what}: ${[...tries, ...(isDuplicated ? ['DUPLICATE in queue'] : [])].join(' → ')}`)
}

/** `200`, `400 OverLimit`, `reset(after-commit)`, `200 [latency +200ms]` */
function endingOf(entry: Entry): string {
  const effects = entry.faults.map(({ effect }) => effect)
  if (entry.failure !== undefined) {
    const { ending } = entry.failure
    const phase = entry.faults.findLast(({ effect }) => effect.startsWith(ending))?.phase
    return phase === undefined ? ending : `${ending}(${phase})`
  }
  const error = entry.error === undefined ? '' : ` ${entry.error.code}`
  return `${entry.status}${error}${effects.length === 0 ? '' : ` [${effects.join(', ')}]`}`
}

/** The tries made different things with one call: as many as any of them made would have been right. */
function hasDuplicate(attempts: readonly Entry[]): boolean {
  const made = attempts.flatMap((entry) => entry.executions.map(({ created }: Description) => created ?? []))
  return new Set(made.flat()).size > Math.max(0, ...made.map(({ length }) => length))
}
