import { bandwidth } from './bandwidth.ts'
import { clockSkew } from './clock-skew.ts'
import { close } from './close.ts'
import { credentials } from './credentials.ts'
import { cut } from './cut.ts'
import { drip } from './drip.ts'
import { duplicate } from './duplicate.ts'
import type { Effect } from './effect.ts'
import { error } from './error.ts'
import { garbage } from './garbage.ts'
import { hang } from './hang.ts'
import { latency } from './latency.ts'
import { md5 } from './md5.ts'
import { mutate } from './mutate.ts'
import { refuse } from './refuse.ts'
import { reset } from './reset.ts'
import { respond } from './respond.ts'
import { retryAfterMs } from './retry-after-ms.ts'
import { slice } from './slice.ts'

/** Every effect that a rule can have, in the order in which people are told of them. Yours is a file and a line. */
export const effects: readonly Effect<unknown>[] = [
  error,
  respond,
  retryAfterMs,
  credentials,
  clockSkew,
  latency,
  reset,
  close,
  hang,
  cut,
  drip,
  bandwidth,
  slice,
  garbage,
  mutate,
  md5,
  duplicate,
  refuse,
]
