import test from 'ava'
import { hang } from '../../src/injectors/hang.ts'
import { act } from './acting.ts'

test('hang is what happens to the connection', async (t) => {
  t.is(hang.name, 'hang')
  t.like((await act(hang, 'after-commit')).outcome, { failure: { ending: 'hang' } })
})
