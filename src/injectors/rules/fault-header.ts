import type { FiredFault } from '../../core/trace.ts'

/** The response header that says which rules have happened. */
export const FAULT_HEADER = 'x-pipit-fault'

/** `lost-ack;n=1, slow;n=4`: the rule, and the how-many-th time it was; a rule of several effects is there once. */
export function faultHeader(faults: readonly FiredFault[]): string {
  return [...new Set(faults.map(({ rule, n }) => `${rule};n=${n}`))].join(', ')
}
