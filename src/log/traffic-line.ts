import type { Colors } from 'picocolors/types.js'
import { header } from '../core/exchange.ts'
import { clientName } from './client-name.ts'
import { errorOf, operationOf, pathOf, type Finished } from './finished.ts'
import { printable } from './printable.ts'

/** `12:03:11.482 POST sqs SendMessage orders 200 1.2ms 5B id=8f3c… (aws-sdk-js 3.1169)`, and a second line for a hint. */
export function trafficLine(finished: Finished, colors: Colors): string {
  const { exchange, outcome, description, durationMs } = finished
  const error = errorOf(finished)
  const client = clientName(header(exchange.request, 'user-agent'))
  const parts = [
    colors.dim(clockTime(exchange.receivedAtMs + durationMs)),
    printable(exchange.request.method),
    exchange.service === '' ? '-' : exchange.service,
    printable(operationOf(finished) ?? pathOf(finished)),
    description.resource && printable(description.resource),
    ending(finished, colors),
    duration(durationMs),
    error === undefined ? description.detail && printable(description.detail) : colors.yellow(printable(error.code)),
    ...faultTags(exchange.trace.faults, outcome.kind === 'failure', colors),
    client !== undefined && colors.dim(`(${client})`),
    exchange.trace.via && colors.dim(`[${printable(exchange.trace.via)}]`),
  ]
  const line = parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ')
  return withHint(line, error?.hint, colors)
}

/** A hint is a line of its own. */
export function withHint(line: string, hint: string | undefined, colors: Colors): string {
  return hint === undefined ? line : `${line}\n             ${colors.cyan(`hint: ${printable(hint, 500)}`)}`
}

export interface FaultTag {
  readonly effect: string
  readonly phase: string
}

/** `[fault latency +200ms]`; where there is no answer, it matters whether the request was executed. */
export function faultTags(faults: readonly FaultTag[], isFailure: boolean, colors: Colors): string[] {
  return faults.map(({ effect, phase }) =>
    colors.red(`[fault ${printable(effect)}${isFailure ? ` ${printable(phase)}` : ''}]`),
  )
}

/** The faults say why by themselves. */
function ending({ outcome, exchange }: Finished, colors: Colors): string {
  if (outcome.kind === 'failure') {
    const { ending: word, reason } = outcome.failure
    return colors.red(exchange.trace.faults.length > 0 ? word : `${word} [${printable(reason)}]`)
  }
  return statusText(outcome.response.status, colors)
}

export function statusText(status: number, colors: Colors): string {
  if (status >= 500) return colors.red(String(status))
  return status >= 400 ? colors.yellow(String(status)) : colors.green(String(status))
}

export function duration(durationMs: number): string {
  if (durationMs < 100) return `${durationMs.toFixed(1)}ms`
  return durationMs < 1000 ? `${durationMs.toFixed(0)}ms` : `${(durationMs / 1000).toFixed(1)}s`
}

let second = -1
let secondText = ''

/** Local time of day. Making a Date is the dearest part of a line, so it is made once a second. */
export function clockTime(atMs: number): string {
  const whole = Math.floor(atMs)
  if (Math.floor(whole / 1000) !== second) {
    second = Math.floor(whole / 1000)
    const date = new Date(second * 1000)
    secondText = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part, 2)).join(':')
  }
  return `${secondText}.${pad(whole - second * 1000, 3)}`
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
