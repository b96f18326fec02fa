import test from 'ava'
import { ALL_LEGS, HTTP_LEGS } from '../../src/injectors/legs.ts'

test('HTTP is spoken on every leg but one', (t) => {
  t.deepEqual([...HTTP_LEGS, 'wire'], [...ALL_LEGS])
  t.is(new Set(ALL_LEGS).size, 5)
})
