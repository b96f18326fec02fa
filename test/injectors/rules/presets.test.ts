import test from 'ava'
import { PRESETS } from '../../../src/injectors/rules/presets.ts'
import { lab } from './lab.ts'

for (const [name, { summary, rules }] of Object.entries(PRESETS))
  test(`the preset ${name} is accepted, and says what it does`, (t) => {
    const { read } = lab()
    t.deepEqual(
      read(name).map(({ id }) => id),
      rules.map(({ id }) => id ?? ''),
    )
    t.regex(summary, /^[a-z].{20,}[^.]$/)
  })

test('no two presets have a rule of one id: all of them go together', (t) => {
  const { add, faults } = lab()
  add(undefined, ...Object.keys(PRESETS))
  t.true(faults.counted(undefined).length >= Object.keys(PRESETS).length)
})
