import test from 'ava'
import * as v from 'valibot'
import { idOf, ruleId } from '../../../src/injectors/rules/rule.ts'

test('an id is made from what the rule is: the same for the same rule, another for another', (t) => {
  const rule = { on: { operation: 'SendMessage' }, do: { error: 'OverLimit' } }
  t.regex(idOf(rule), /^error-SendMessage-[0-9a-f]{4}$/)
  t.is(idOf(rule), idOf({ ...rule }))
  t.not(idOf(rule), idOf({ ...rule, when: { first: 1 } }))
  t.regex(
    idOf({ do: ['duplicate', { use: 'own' }, { 'sqs.reorder': {} }] }),
    /^duplicate-own-sqs\.reorder-[0-9a-f]{4}$/,
  )
  t.regex(idOf({ on: { operation: ['a', 'b'] }, do: { latency: 5 } }), /^latency-[0-9a-f]{4}$/)
  for (const made of [idOf(rule), idOf({ do: { use: 'a b/c'.repeat(50) } })]) t.true(v.is(ruleId, made), made)
})

test('an id stands in paths and headers, and is no word of the control plane', (t) => {
  for (const id of ['a', 'lost-ack', 'a.b_c-1', 'x'.repeat(64)]) t.true(v.is(ruleId, id), id)
  for (const id of ['', '-a', 'a b', 'a/b', 'x'.repeat(65), 'verify', 'export', 5])
    t.false(v.is(ruleId, id), String(id))
})
