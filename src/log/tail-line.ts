import type { Colors } from 'picocolors/types.js'
import { printable } from './printable.ts'
import { duration } from './traffic-line.ts'

/** What a line needs of an exchange that the journal shows. */
export interface Told {
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
  readonly failure?: string | undefined
  readonly error?: string | undefined
  readonly hint?: string | undefined
  readonly faults: ReadonlyArray<{ readonly effect: string }>
  readonly client?: string | undefined
}

/** The log's line, of an exchange that the journal tells: `12:03:11.482 POST sqs SendMessage orders 200 1.2ms id=8f3c…` */
export function tailLine(told: Told, colors: Colors): string {
  const ended = new Date(Date.parse(told.at) + told.durationMs)
  const time = [ended.getHours(), ended.getMinutes(), ended.getSeconds()].map((part) => String(part).padStart(2, '0'))
  const parts = [
    colors.dim(`${time.join(':')}.${String(ended.getMilliseconds()).padStart(3, '0')}`),
    told.session === 'default' ? undefined : colors.cyan(printable(told.session)),
    printable(told.method),
    told.service ?? '-',
    printable(told.operation ?? (told.target.split('?', 1)[0] as string)),
    told.resource && printable(told.resource),
    ending(told, colors),
    duration(told.durationMs),
    told.error === undefined ? told.detail && printable(told.detail) : colors.yellow(printable(told.error)),
    ...told.faults.map(({ effect }) => colors.red(`[fault ${printable(effect)}]`)),
    told.client && colors.dim(`(${printable(told.client)})`),
  ]
  const line = parts.filter((part) => part !== undefined && part !== '').join(' ')
  return told.hint === undefined ? line : `${line}\n             ${colors.cyan(`hint: ${printable(told.hint, 500)}`)}`
}

function ending({ status, failure }: Told, colors: Colors): string {
  if (status === undefined) return colors.red(printable(failure ?? 'failed'))
  if (status >= 500) return colors.red(String(status))
  return status >= 400 ? colors.yellow(String(status)) : colors.green(String(status))
}
