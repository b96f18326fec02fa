import * as v from 'valibot'
import { either } from '../core/either.ts'
import { strictly } from '../core/strictly.ts'
import { onBytes } from './bytes.ts'
import { defineEffect } from './effect.ts'
import { ALL_LEGS } from './legs.ts'
import { pieceSize } from './piece-size.ts'
import { waiting } from './waiting.ts'

const drop = strictly({ bytes: pieceSize, every: waiting })
const TEXT = 'expected drops like "10B/300ms"'
const text = v.pipe(
  v.string(TEXT),
  v.regex(/^[^/]+\/[^/]+$/, TEXT),
  v.transform((given): v.InferInput<typeof drop> => {
    const [bytes, every] = given.split('/') as [string, string]
    return { bytes, every }
  }),
  drop,
)

export const drip = defineEffect({
  name: 'drip',
  summary: 'the answer comes drop by drop: so many bytes, every so often',
  args: either(text, drop),
  example: { bytes: 10, every: '300ms' },
  legs: ALL_LEGS,
  ...onBytes(({ bytes, every }: v.InferOutput<typeof drop>) => ({
    what: `drip ${bytes}B/${every}ms`,
    deliveries: [{ kind: 'slice', bytes, waitMs: every }],
  })),
})
