import test from 'ava'
import { compileRule, inOrder, missesPlace } from '../../../src/injectors/rules/compiled-rule.ts'
import type { WrittenRule } from '../../../src/injectors/rules/rule.ts'
import { lab, NOTE } from './lab.ts'

const { read, vocabulary } = lab()
const compiled = (written: WrittenRule) => {
  const [rule] = read(written)
  if (rule === undefined) throw new Error('no rule')
  return compileRule(rule, vocabulary)
}

test('the first condition on the place that does not hold is the reason', (t) => {
  const rule = compiled({ on: { operation: 'SendMessage', queue: 'orders', attempt: 1 }, do: NOTE })
  t.is(missesPlace(rule, { operation: 'ReceiveMessage', queue: 'other' }), 'operation')
  t.is(missesPlace(rule, { operation: 'SendMessage', queue: 'other' }), 'queue')
  t.is(missesPlace(rule, { operation: 'SendMessage', queue: 'orders' }), 'attempt')
  t.is(missesPlace(rule, { operation: 'SendMessage', queue: 'orders', attempt: '1' }), undefined)
})

test('lower orders come first, and those of one order as they were written', (t) => {
  const rules = [{ id: 'a', order: 1 }, { id: 'b' }, { id: 'c', order: -1 }, { id: 'd' }]
  t.deepEqual(
    inOrder(rules.map((rule) => compiled({ ...rule, do: NOTE }))).map(({ rule }) => rule.id),
    ['c', 'b', 'd', 'a'],
  )
})
