import * as v from 'valibot'
import { either } from '../core/either.ts'
import { strictly } from '../core/strictly.ts'
import { onBytes } from './bytes.ts'
import { defineEffect } from './effect.ts'
import { ALL_LEGS } from './legs.ts'
import { pieceSize } from './piece-size.ts'
import { waiting } from './waiting.ts'

/** As short as a timer can be: pieces that are written at once travel as one. */
const APART_MS = 1

interface Slice {
  readonly bytes: number
  readonly wait: number
}

export const slice = defineEffect({
  name: 'slice',
  summary: 'the answer comes in small pieces, each in a packet of its own',
  args: v.pipe(
    either(pieceSize, strictly({ bytes: pieceSize, wait: v.optional(waiting, APART_MS) })),
    v.transform((given): Slice => (typeof given === 'number' ? { bytes: given, wait: APART_MS } : given)),
  ),
  example: { bytes: 16, wait: '5ms' },
  legs: ALL_LEGS,
  ...onBytes(({ bytes, wait }: Slice) => ({
    what: `slice ${bytes}B`,
    deliveries: [{ kind: 'slice', bytes, waitMs: wait }],
  })),
})
