import test from 'ava'
import * as v from 'valibot'
import { LIMITS } from '../../src/http/listener.ts'
import { LONGEST_WAIT_MS, waiting } from '../../src/injectors/waiting.ts'

test('a wait ends before the connection is closed for its silence', (t) => {
  t.true(LONGEST_WAIT_MS < LIMITS.idleMs)
  t.is(v.parse(waiting, '100s'), LONGEST_WAIT_MS)
  t.regex(v.safeParse(waiting, '101s').issues?.[0].message ?? '', /^expected at most 100s: /)
  t.is(v.safeParse(waiting, 'x').issues?.[0].message, 'expected a duration like "200ms"')
})
