import * as v from 'valibot'
import { byteSize } from '../core/byte-size.ts'
import { either } from '../core/either.ts'
import type { Ending, Place } from '../core/exchange.ts'
import { oneOf } from '../core/one-of.ts'
import { strictly } from '../core/strictly.ts'
import { onBytes } from './bytes.ts'
import { defineEffect } from './effect.ts'
import { ALL_LEGS } from './legs.ts'

const ENDINGS = ['reset', 'close', 'hang'] as const satisfies readonly Ending[]

const FRACTION = 'expected a fraction from 0 to 1'
const fraction = v.pipe(v.number(FRACTION), v.minValue(0, FRACTION), v.maxValue(1, FRACTION))

interface Cut {
  readonly fraction?: number | undefined
  readonly at?: number | undefined
  readonly part: 'head' | 'body'
  readonly then: Ending
}

export const cut = defineEffect({
  name: 'cut',
  summary: 'the answer stops at a byte or a fraction of its body or head, then reset, close or hang',
  args: v.pipe(
    either(
      fraction,
      v.pipe(
        strictly({
          fraction: v.optional(fraction),
          at: v.optional(byteSize),
          part: v.optional(oneOf(['head', 'body'] as const), 'body'),
          then: v.optional(oneOf(ENDINGS), 'reset'),
        }),
        v.check(({ fraction: part, at }) => (part === undefined) !== (at === undefined), 'expected a fraction, or at'),
      ),
    ),
    v.transform((given): Cut => (typeof given === 'number' ? { fraction: given, part: 'body', then: 'reset' } : given)),
  ),
  example: { fraction: 0.5, then: 'reset' },
  legs: ALL_LEGS,
  ...onBytes((args: Cut, _firing, bodyBytes) => {
    const place = placeOf(args, bodyBytes)
    if (place === undefined) return undefined
    return { what: `cut ${wordOf(args)}, ${args.then}`, deliveries: [{ kind: 'cut', at: place, ending: args.then }] }
  }),
})

function placeOf({ fraction: share, at = 0, part }: Cut, bodyBytes: number): Place | undefined {
  if (share !== undefined) return { part, fraction: share }
  if (bodyBytes === Infinity) return { part: 'body', at }
  return part === 'body' && at > bodyBytes ? undefined : { part, at }
}

function wordOf({ fraction: share, at = 0, part }: Cut): string {
  return share === undefined ? `at byte ${at} of the ${part}` : `at ${Math.round(share * 100)}% of the ${part}`
}
