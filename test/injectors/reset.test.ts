import test from 'ava'
import { reset } from '../../src/injectors/reset.ts'
import { act } from './acting.ts'

test('reset is what happens to the connection', async (t) => {
  t.is(reset.name, 'reset')
  t.like((await act(reset, 'after-commit')).outcome, { failure: { ending: 'reset' } })
})
