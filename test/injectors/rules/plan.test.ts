import test from 'ava'
import { compileRule } from '../../../src/injectors/rules/compiled-rule.ts'
import { Plan } from '../../../src/injectors/rules/plan.ts'
import { lab, NOTE } from './lab.ts'

test('the rules of a leg are there in their order, without those that are switched off', (t) => {
  const { read, vocabulary } = lab()
  const plan = new Plan(
    read(
      { id: 'a', order: 1, do: NOTE },
      { id: 'b', at: 'mock', do: NOTE },
      { id: 'c', enabled: false, do: NOTE },
      { id: 'd', do: NOTE },
    ).map((rule) => compileRule(rule, vocabulary)),
  )
  const ids = (leg: 'client' | 'mock' | 'upstream') => plan.at(leg).map(({ rule }) => rule.id)
  t.deepEqual(ids('client'), ['d', 'a'])
  t.deepEqual(ids('mock'), ['b'])
  t.deepEqual(ids('upstream'), [])
  t.is(plan.rules.length, 4)
})
