import test from 'ava'
import { scriptOf } from '../../../src/injectors/rules/script.ts'
import { Tally } from '../../../src/injectors/rules/tally.ts'
import { lab, NOTE } from './lab.ts'

test('a rule with a choice becomes one with exactly the calls to which it happened; the others stay', async (t) => {
  const { faults, pass } = lab({
    faults: [
      { id: 'some', when: { nth: [1, 3] }, do: NOTE, order: 1, final: true },
      { id: 'never', when: { rate: 0 }, do: NOTE },
      { id: 'always', on: { queue: 'orders' }, do: NOTE },
      { id: 'off', enabled: false, do: NOTE },
    ],
  })
  for (let i = 0; i < 3; i++) await pass()
  const script = scriptOf(42, faults.counted('default'))
  const keys = (script.faults[0]?.when?.keys ?? []).map((key) => key.replace(/[0-9a-f]{16}/, '…'))
  t.deepEqual(keys, ['SendMessage orders …#1', 'SendMessage orders …#3'])
  t.deepEqual(script, {
    seed: 42,
    faults: [
      { id: 'some', at: 'client', when: script.faults[0]?.when, do: NOTE, order: 1, final: true } as never,
      { id: 'never', at: 'client', when: { keys: [] }, do: NOTE },
      { id: 'always', at: 'client', on: { queue: 'orders' }, do: NOTE },
    ],
  })
})

test('a run from a script fires the same, and so does a script of that', async (t) => {
  const calls = Array.from({ length: 200 }, (_, i) => ({ body: `message ${i % 37}`, queue: i % 2 === 0 ? 'a' : 'b' }))
  const run = async (rules: Parameters<typeof lab>[0]) => {
    const { faults, pass } = lab(rules)
    const fired: number[] = []
    for (const [index, call] of calls.entries()) if ((await pass(call)).rules.length > 0) fired.push(index)
    return { fired, script: scriptOf(faults.seed, faults.counted('default')) }
  }
  const written = { id: 'r', on: { queue: 'a' }, when: { rate: '30%', after: 3, times: 20 }, do: NOTE }
  const first = await run({ faults: [written], seed: 7 })
  const second = await run({ faults: first.script.faults, seed: 99 })
  const third = await run({ faults: second.script.faults, seed: 1 })
  t.true(first.fired.length > 5)
  t.deepEqual(second.fired, first.fired)
  t.deepEqual(third.fired, first.fired)
})

test('more than is remembered cannot be exported, and says so', (t) => {
  const tally = new Tally(0)
  for (let i = 0; i <= 10_000; i++) tally.remember('x')
  const rule = { id: 'a', at: 'client', when: { rate: 1 }, do: NOTE, enabled: true } as const
  t.throws(() => scriptOf(1, [{ rule, session: undefined, hasFired: true, tallies: [tally] }]), {
    code: 'conflict',
    message: /a fired more than 10000 times/,
  })
})
