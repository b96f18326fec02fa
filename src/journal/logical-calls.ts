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
    const [first] = attempts as [Entry, ...Entry[]]
    const tries = attempts.map(tryOf)
    const isDuplicated = hasDuplicate(tries)
    return {
      invocationId: first.attempt?.invocationId,
      summary: summaryOf(subjectOf(first), tries),
      isDuplicated,
      attempts,
    }
  })
}

/** What is told of one try. */
export interface Try {
  /** As the client counts; `undefined`: it does not. */
  readonly attempt: number | undefined
  /** `200`, `400 OverLimit`, `reset(after-commit)`, `200 [latency +200ms]` */
  readonly ending: string
  /** What was made each time that it was executed, by id. */
  readonly made: readonly (readonly string[])[]
}

/** `SendMessage orders` */
export function subjectOf({ operation, method, description: { resource } }: Entry): string {
  return [operation ?? method, resource].filter((part) => part !== undefined).join(' ')
}

export function tryOf(entry: Entry): Try {
  return {
    attempt: entry.attempt?.attempt,
    ending: endingOf(entry),
    made: entry.executions.map(({ created = [] }) => created),
  }
}

/** `SendMessage orders: #1 reset(after-commit) → #2 200 → DUPLICATE in queue` */
export function summaryOf(subject: string, tries: readonly Try[]): string {
  const told = tries.map(({ attempt, ending }, index) => `#${attempt ?? index + 1} ${ending}`)
  return shownText(`${subject}: ${[...told, ...(hasDuplicate(tries) ? ['DUPLICATE in queue'] : [])].join(' → ')}`)
}

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
function hasDuplicate(tries: readonly Try[]): boolean {
  const made = tries.flatMap((one) => one.made)
  return new Set(made.flat()).size > Math.max(0, ...made.map(({ length }) => length))
}
