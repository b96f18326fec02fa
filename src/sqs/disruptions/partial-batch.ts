import * as v from 'valibot'
import { findError } from '../../core/find-error.ts'
import { sqsErrors } from '../errors.ts'
import { defineDisruption, type Refusal } from './disruption.ts'
import { count, mappingOr } from './mapping-or.ts'

/** What AWS answers for an entry that failed by its own fault; the text is that of AWS's internal errors elsewhere. */
const INTERNAL: Refusal = {
  Code: 'InternalError',
  Message: 'We encountered an internal error. Please try again.',
  SenderFault: false,
}

const ENTRIES = 'expected how many entries of a batch fail, or a list of their Ids'

/** A batch is answered 200 even when entries of it failed; no client library repeats those. */
export const partialBatch = defineDisruption({
  name: 'partialBatch',
  summary: 'entries of a batch fail, drawn or by their Ids, and the others are carried out',
  args: mappingOr('entries', {
    entries: v.nullish(
      v.union([count(1, 10), v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(10))], ENTRIES),
      1,
    ),
    code: v.nullish(
      v.pipe(v.string(), v.regex(/^[\w.]{1,128}$/, 'expected the code or the shape of an error')),
      'InternalError',
    ),
    senderFault: v.nullish(v.boolean()),
  }),
  example: { entries: 1, code: 'InternalError', senderFault: false },
  policy: ({ entries, code, senderFault }, { draw, acted }) => ({
    refuse(ids) {
      const refused = typeof entries === 'number' ? drawn(ids, entries, draw) : ids.filter((id) => entries.includes(id))
      if (refused.length > 0) acted(`partialBatch ${refused.length} of ${ids.length} ${code}`)
      const usual = usualRefusal(code)
      const refusal = { ...usual, SenderFault: senderFault ?? usual.SenderFault }
      return new Map(refused.map((id) => [id, refusal]))
    },
  }),
})

/** By place, not by id: client libraries make up ids. */
function drawn(ids: readonly string[], most: number, draw: (key: string) => number): readonly string[] {
  return ids
    .map((id, place) => ({ id, rank: draw(`entry ${place}`) }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ id }) => id)
}

function usualRefusal(code: string): Refusal {
  const error = findError({ errors: Object.values(sqsErrors) }, code)
  if (error !== undefined) return { Code: error.code, Message: error.message, SenderFault: error.fault === 'Sender' }
  return { ...INTERNAL, Code: code }
}
