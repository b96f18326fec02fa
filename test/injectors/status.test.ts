import test from 'ava'
import * as v from 'valibot'
import { status } from '../../src/injectors/status.ts'

test('a status is that of a whole answer', (t) => {
  for (const good of [200, 204, 418, 599]) t.is(v.parse(status, good), good)
  for (const bad of [0, 100, 199, 600, 200.5, '200', NaN, null])
    t.is(v.safeParse(status, bad).issues?.[0].message, 'expected an HTTP status from 200 to 599')
})
