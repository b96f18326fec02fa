import type { Outcome } from '../../core/exchange.ts'
import type { FiredFault } from '../../core/trace.ts'

/** The response header that says which rules have happened. */
const FAULT_HEADER = 'x-pipit-fault'

/** Which faults an answer has met, where there is a head to say it in. */
export function withFaultHeader(outcome: Outcome, faults: readonly FiredFault[]): Outcome {
  if (faults.length === 0 || outcome.kind === 'failure') return outcome
  const { response } = outcome
  const rawHeaders = [...response.rawHeaders, FAULT_HEADER, faultHeader(faults)]
  return { ...outcome, response: { ...response, rawHeaders } }
}

/** `lost-ack;n=1, slow;n=4`: the rule, and the how-many-th time it was; a rule of several effects is there once. */
export function faultHeader(faults: readonly FiredFault[]): string {
  return [...new Set(faults.map(({ rule, n }) => `${rule};n=${n}`))].join(', ')
}
