import test from 'ava'
import { unusedNotes } from '../../../src/injectors/rules/unused-notes.ts'
import { lab, NOTE } from './lab.ts'

test('every rule that never fired has a sentence, with the reason and whose it is', async (t) => {
  const { faults, sessions, add, pass } = lab({
    faults: [
      { id: 'used', do: NOTE },
      { id: 'idle', on: { attempt: 2 }, do: NOTE },
      { id: 'off', enabled: false, do: NOTE },
    ],
  })
  add('blue', { id: 'own', do: NOTE })
  await pass({ session: 'green', attempt: 1 })
  // What has fired in a session that has ended has fired.
  sessions.remove('green')
  t.deepEqual(unusedNotes(faults.counted(undefined)), [
    'fault idle never fired: considered 0, matched 0',
    'fault own of session blue never fired: considered 0, matched 0',
  ])
})

test('a long list is cut', (t) => {
  const many = Array.from({ length: 25 }, (_, i) => ({ id: `r${i}`, do: NOTE }))
  const notes = unusedNotes(lab({ faults: many }).faults.counted(undefined))
  t.is(notes.length, 21)
  t.is(notes.at(-1), 'and 5 faults more never fired')
})
