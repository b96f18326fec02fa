import type { Colors } from 'picocolors/types.js'
import { printable } from './printable.ts'
import { clockTime, duration, type FaultTag, faultTags, statusText, withHint } from './traffic-line.ts'

/** What a line needs of an exchange that the journal shows. */
export interface Told {
  /** When it came, ISO 8601. */
  readonly at: string
  readonly durationMs: number
  readonly session: string
  readonly method: string
  readonly target: string
  readonly service?: string | undefined
  readonly operation?: string | undefined
  readonly resource?: string | undefined
  readonly detail?: string | undefined
  readonly status?: number | undefined
  /** `reset`, `close`, `hang`: there was no answer. */
  readonly failure?: string | undefined
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly faults: readonly FaultTag[]
  readonly client?: string | undefined
  /** The monitor by which it passed: `:3001 -> localhost:3000`. */
  readonly via?: string | undefined
}

/** The log's line, of an exchange that the journal tells: `12:03:11.482 POST sqs SendMessage orders 200 1.2ms id=8f3c…` */
export function tailLine(told: Told, colors: Colors): string {
  const parts = [
    colors.dim(clockTime(Date.parse(told.at) + told.durationMs)),
    told.session === 'default' ? undefined : colors.cyan(printable(told.session)),
    printable(told.method),
    told.service ?? '-',
    printable(told.operation ?? (told.target.split('?', 1)[0] as string)),
    told.resource && printable(told.resource),
    told.status === undefined ? colors.red(printable(told.failure ?? 'failed')) : statusText(told.status, colors),
    duration(told.durationMs),
    told.error === undefined ? told.detail && printable(told.detail) : colors.yellow(printable(told.error)),
    ...faultTags(told.faults, told.failure !== undefined, colors),
    told.client && colors.dim(`(${printable(told.client)})`),
    told.via && colors.dim(`[${printable(told.via)}]`),
  ]
  const line = parts.filter((part) => part !== undefined && part !== '').join(' ')
  return withHint(line, told.hint, colors)
}
