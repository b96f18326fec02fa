import * as v from 'valibot'
import { byteSize } from '../core/byte-size.ts'
import { onBytes } from './bytes.ts'
import { defineEffect } from './effect.ts'
import { ALL_LEGS } from './legs.ts'

const EXPECTED = 'expected bytes in a second like "20kB"'

export const bandwidth = defineEffect({
  name: 'bandwidth',
  summary: 'the answer comes at so many bytes in a second; at 0 nothing comes',
  args: v.pipe(
    v.union([v.string(), v.number()], EXPECTED),
    v.transform((given) => (typeof given === 'string' ? given.replace(/\s*\/\s*s$/, '') : given)),
    byteSize,
  ),
  example: '20kB',
  legs: ALL_LEGS,
  ...onBytes((bytesPerSecond: number) => ({
    what: `bandwidth ${bytesPerSecond}B/s`,
    deliveries: [{ kind: 'pace', bytesPerSecond }],
  })),
})
