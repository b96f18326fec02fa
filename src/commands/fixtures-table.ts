import type { Entry } from '../fixtures/entry.ts'
import { showEntry } from '../fixtures/shown-entry.ts'

/** What of a call is shown in a line. */
const LONGEST_ASKS = 80

/** A line for each entry, in columns; before each what somebody says of it: a number, a sign. */
export function entryLines(entries: readonly (readonly [before: string, entry: Entry])[]): string[] {
  const rows = entries.map(([before, entry]) => ({ before, ...showEntry(entry) }))
  const widthOf = (of: (row: (typeof rows)[number]) => string): number =>
    Math.max(0, ...rows.map((row) => of(row).length))
  const [first, second, third] = [
    widthOf((row) => row.before),
    widthOf((row) => row.operation),
    widthOf((row) => row.subject),
  ]
  return rows.map(({ before, operation, subject, asks, came }) =>
    `${before.padStart(first)}  ${operation.padEnd(second)}  ${subject.padEnd(third)}  ${cut(asks)}${came === '' ? '' : `  ${came.startsWith('!') ? came : `-> ${came}`}`}`.trimEnd(),
  )
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > LONGEST_ASKS ? `${line.slice(0, LONGEST_ASKS - 1)}…` : line
}
