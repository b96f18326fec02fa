import type { Counted } from './faults.ts'
import { reasonOf, reportOf } from './report.ts'

/** More would be a wall of text at the end of a log. */
const MOST_NOTES = 20

/** A sentence for every rule that has never fired, in any session: a test that tested nothing. */
export function unusedNotes(counted: readonly Counted[]): readonly string[] {
  const unused = counted.filter(({ rule, hasFired }) => rule.enabled && !hasFired)
  const notes = unused.slice(0, MOST_NOTES).map((one) => {
    const report = reportOf(one)
    const whose = report.session === undefined ? '' : ` of session ${report.session}`
    return `fault ${report.id}${whose} never fired: ${reasonOf(report)}`
  })
  return unused.length > MOST_NOTES ? [...notes, `and ${unused.length - MOST_NOTES} faults more never fired`] : notes
}
