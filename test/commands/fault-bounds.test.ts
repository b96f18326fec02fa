import test from 'ava'
import { parseBounds } from '../../src/commands/fault-bounds.ts'

for (const [word, bound] of [
  ['lost-ack', {}],
  ['lost-ack=2', { min: 2, max: 2 }],
  ['lost-ack=1..3', { min: 1, max: 3 }],
  ['lost-ack=2..', { min: 2 }],
  ['lost-ack=..3', { max: 3 }],
] as const)
  test(`${word} is ${JSON.stringify(bound)}`, (t) => t.deepEqual(parseBounds([word]), { 'lost-ack': bound }))

test('several are one mapping, and nothing is an empty one', (t) => {
  t.deepEqual(parseBounds(['a=1', 'b']), { a: { min: 1, max: 1 }, b: {} })
  t.deepEqual(parseBounds([]), {})
})

for (const word of ['a=', 'a=x', 'a=-1', '=1', 'a=1..2..3'])
  test(`${word} is refused`, (t) => {
    t.throws(() => parseBounds([word]), { code: 'usage', message: /expected a fault like lost-ack, / })
  })
