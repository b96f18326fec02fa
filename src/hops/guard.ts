import { glob } from '../core/glob.ts'
import type { Call } from '../core/exchange.ts'
import type { Service } from '../core/service.ts'
import type { Guards } from '../core/upstream.ts'

/**
 * Why the operator does not let a call through to the real thing; `undefined` where he does. `service` is `undefined` for
 * one that pipit does not know: then it cannot tell what a call reads, or is about.
 */
export function guardComplaint(
  { only, operations, readOnly }: Guards,
  call: Call,
  service: Service | undefined,
): string | undefined {
  const { operation } = call
  if (operations !== undefined && !fitsOne(operations, operation))
    return `${operation} is not among the operations that may pass (operations: ${operations.join(', ')})`
  const isRead = service?.reads.includes(operation) === true
  if (readOnly && !isRead) {
    const why = service === undefined ? 'may change something, as far as pipit knows' : 'changes something'
    return `${operation} ${why}, and only reads may pass (readOnly)`
  }
  if (only === undefined) return undefined
  if (service?.subjects === undefined) return 'pipit cannot tell what the calls of this service are about (only)'
  const subjects = service.subjects(call)
  // ListQueues is about nothing: it shows names and changes nothing.
  if (subjects.length === 0 && !isRead) return `${operation} does not say what it is about (only: ${only.join(', ')})`
  const stranger = subjects.find((subject) => !fitsOne(only, subject))
  return stranger && `${operation} is about ${stranger}, which may not pass (only: ${only.join(', ')})`
}

function fitsOne(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => glob(pattern)(text))
}
