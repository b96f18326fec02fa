import * as v from 'valibot'
import { byteSize } from '../core/byte-size.ts'
import { either } from '../core/either.ts'
import type { Delivery } from '../core/exchange.ts'
import { oneOf } from '../core/one-of.ts'
import { strictly } from '../core/strictly.ts'
import { onBytes } from './bytes.ts'
import { defineEffect } from './effect.ts'
import { ALL_LEGS } from './legs.ts'
import { pieceSize } from './piece-size.ts'

const part = oneOf(['head', 'body'] as const)

interface Garbage {
  readonly part: 'head' | 'body'
  readonly at: number
  readonly bytes?: number | undefined
}

/** Where no head says how long an answer is, its end is that of the connection: clients would wait for more. */
const END: Delivery = { kind: 'cut', at: { part: 'body', fraction: 1 }, ending: 'close' }

export const garbage = defineEffect({
  name: 'garbage',
  summary: 'other bytes than those of the answer: instead of HTTP (head), or below a head that is right (body)',
  args: v.pipe(
    either(part, strictly({ part, at: v.optional(byteSize, 0), bytes: v.optional(pieceSize) })),
    v.transform((given): Garbage => (typeof given === 'string' ? { part: given, at: 0 } : given)),
  ),
  example: 'head',
  legs: ALL_LEGS,
  ...onBytes(({ part: of, at, bytes }: Garbage, firing, bodyBytes) => {
    // On a connection that nobody reads there is no head: places are those of the stream.
    const isStream = bodyBytes === Infinity
    if (of === 'body' && at >= bodyBytes) return undefined
    const noise: Delivery = {
      kind: 'garbage',
      from: { part: isStream ? 'body' : of, at },
      ...(bytes !== undefined && { bytes }),
      seed: Math.floor(firing.draw('garbage') * 2 ** 32),
    }
    if (isStream) return { what: 'garbage', deliveries: [noise] }
    return { what: `garbage in the ${of}`, deliveries: of === 'head' ? [noise, END] : [noise] }
  }),
})
