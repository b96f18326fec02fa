import type { Preset } from '../injectors/rules/presets.ts'
import { printable } from '../log/printable.ts'

export interface ShownFault {
  readonly id: string
  readonly at: string
  readonly on?: unknown
  readonly when?: unknown
  readonly do: unknown
  readonly enabled: boolean
  readonly session?: string
  readonly considered: number
  readonly matched: number
  readonly fired: number
  readonly skippedBy: Readonly<Record<string, number>>
}

const LONGEST = 120

/** Two lines for each: what it is, and what it did. */
export function faultLines(faults: readonly ShownFault[], seed: number): string {
  if (faults.length === 0) return 'no faults'
  const lines = faults.flatMap((fault) => [`${nameOf(fault)}  ${written(fault)}`, `  ${countersOf(fault)}`])
  return [...lines, `seed ${seed}`].join('\n')
}

function nameOf({ id, at, enabled, session }: ShownFault): string {
  const notes = [
    ...(at === 'client' ? [] : [at]),
    ...(enabled ? [] : ['off']),
    ...(session === undefined ? [] : [`session ${session}`]),
  ]
  return notes.length === 0 ? id : `${id} (${notes.join(', ')})`
}

function written({ on, when, do: deeds }: ShownFault): string {
  const parts = [...(on === undefined ? [] : [on]), ...(when === undefined ? [] : [when]), deeds]
  return printable(parts.map((part) => JSON.stringify(part)).join(' '), LONGEST)
}

function countersOf({ considered, matched, fired, skippedBy }: ShownFault): string {
  const skips = Object.entries(skippedBy).map(([reason, count]) => `${reason} ${count}`)
  const why = skips.length === 0 ? '' : `, skipped by ${skips.join(', ')}`
  return `fired ${fired}, matched ${matched}, considered ${considered}${why}`
}

/** One line for each. */
export function presetLines(presets: Readonly<Record<string, Preset>>): string {
  const width = Math.max(...Object.keys(presets).map(({ length }) => length))
  return Object.entries(presets)
    .map(([name, { summary }]) => `${name.padEnd(width)}  ${summary}`)
    .join('\n')
}
