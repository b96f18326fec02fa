import test from 'ava'
import { close } from '../../src/injectors/close.ts'
import { act } from './acting.ts'

test('close is what happens to the connection', async (t) => {
  t.is(close.name, 'close')
  t.like((await act(close, 'after-commit')).outcome, { failure: { ending: 'close' } })
})
