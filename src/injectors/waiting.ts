import * as v from 'valibot'
import { duration } from '../core/duration.ts'

/** Below the two minutes after which the gateway closes a connection on which nothing happens. */
export const LONGEST_WAIT_MS = 100_000

/** How long a fault lets somebody wait at once. */
export const waiting = v.pipe(
  duration,
  v.maxValue(LONGEST_WAIT_MS, 'expected at most 100s: after two minutes of silence a connection is closed; use hang'),
)
