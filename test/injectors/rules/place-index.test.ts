import test from 'ava'
import { compileRule } from '../../../src/injectors/rules/compiled-rule.ts'
import { PlaceIndex } from '../../../src/injectors/rules/place-index.ts'
import type { WrittenRule } from '../../../src/injectors/rules/rule.ts'
import { Tally } from '../../../src/injectors/rules/tally.ts'
import { sqs } from '../../../src/sqs/service.ts'
import { exchangeOf, lab, NOTE, type WantedCall } from './lab.ts'

const service = sqs()

function indexed(...written: readonly WrittenRule[]) {
  const { read, vocabulary } = lab()
  const rules = read(...written).map((rule) => compileRule(rule, vocabulary))
  const tallies = new Map(rules.map((rule) => [rule.life, new Tally(0)]))
  const index = new PlaceIndex('default', rules, (rule) => tallies.get(rule.life) as Tally)
  const enter = (call: WantedCall = {}) => {
    const exchange = exchangeOf(call)
    return index.enter(exchange, exchange.service === 'sqs' ? service : undefined)
  }
  return { index, enter, tally: (at: number) => [...tallies.values()][at] as Tally }
}

test('at a place are the rules that may match there, in their order', (t) => {
  const { enter } = indexed(
    { id: 'all', do: NOTE },
    { id: 'orders', on: { queue: 'orders*' }, do: NOTE },
    { id: 'first', on: { operation: 'SendMessage', attempt: 1 }, do: NOTE },
    { id: 'receive', on: { operation: 'ReceiveMessage' }, do: NOTE },
  )
  const ids = (call: WantedCall) => enter(call).candidates.map(({ rule }) => rule.rule.id)
  t.deepEqual(ids({ attempt: 1 }), ['all', 'orders', 'first'])
  t.deepEqual(ids({ attempt: 2, queue: 'orders-dlq' }), ['all', 'orders'])
  t.deepEqual(ids({ attempt: 2, queue: 'other' }), ['all'])
  t.deepEqual(ids({ operation: 'ReceiveMessage', queue: 'other' }), ['all', 'receive'])
  t.deepEqual(ids({ operation: undefined }), ['all'])
  t.deepEqual(ids({ service: '' }), ['all'])
})

test('calls of one place share it, and only what a rule looks at makes another', (t) => {
  const { enter } = indexed({ on: { operation: 'SendMessage', queue: 'orders' }, do: NOTE })
  t.is(enter({ attempt: 1 }), enter({ attempt: 2, caller: { region: 'x' } }))
  t.not(enter(), enter({ queue: 'other' }))
  t.is(enter({ operation: 'ReceiveMessage', queue: 'a' }), enter({ operation: 'ReceiveMessage', queue: 'b' }))
})

test('what was seen is in the tallies when somebody wants to know, with the reason for each rule', (t) => {
  const { index, enter, tally } = indexed(
    { on: { operation: 'ReceiveMessage' }, do: NOTE },
    { on: { queue: 'orders' }, do: NOTE },
  )
  enter()
  enter()
  enter({ queue: 'other' })
  index.settle()
  index.settle()
  t.is(tally(0).considered, 3)
  t.deepEqual(tally(0).skippedBy, { operation: 3 })
  t.is(tally(1).considered, 3)
  t.deepEqual(tally(1).skippedBy, { queue: 1 })
})

test('what a place does not say is counted where it was asked', (t) => {
  const { index, enter, tally } = indexed({ on: { body: { MessageBody: 'x' } }, do: NOTE })
  const [candidate] = enter().candidates
  if (candidate !== undefined) candidate.misses[0] = 1
  index.settle()
  t.deepEqual(tally(0).skippedBy, { body: 1 })
})

test('a client that makes up names fills no memory, and is counted all the same', (t) => {
  const { index, enter, tally } = indexed({ on: { queue: 'orders' }, do: NOTE })
  for (let i = 0; i < 2500; i++) enter({ queue: `q-${i}` })
  const [one, again] = [enter({ queue: 'q-2400' }), enter({ queue: 'q-2400' })]
  t.not(one, again)
  t.is(enter({ queue: 'q-1' }), enter({ queue: 'q-1' }))
  index.settle()
  t.is(tally(0).considered, 2504)
  t.deepEqual(tally(0).skippedBy, { queue: 2504 })
})
