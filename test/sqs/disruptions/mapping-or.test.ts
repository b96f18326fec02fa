import test from 'ava'
import * as v from 'valibot'
import { count, mappingOr } from '../../../src/sqs/disruptions/mapping-or.ts'

const schema = mappingOr('window', { window: v.nullish(count(2, 9), 5), fifo: v.nullish(v.boolean(), false) })

const given: readonly [title: string, value: unknown, output: unknown][] = [
  ['nothing', undefined, { window: 5, fifo: false }],
  ['null', null, { window: 5, fifo: false }],
  ['an empty mapping', {}, { window: 5, fifo: false }],
  ['a mapping', { window: 2, fifo: true }, { window: 2, fifo: true }],
  ['only what matters most', 7, { window: 7, fifo: false }],
]

for (const [title, value, output] of given) {
  test(`arguments are ${title}`, (t) => {
    t.deepEqual(v.parse(schema, value), output as never)
  })
}

const refused: readonly [value: unknown, message: string][] = [
  [1, 'expected a whole number from 2 to 9'],
  [2.5, 'expected a whole number from 2 to 9'],
  ['many', 'expected a whole number from 2 to 9'],
  [[3], 'expected a mapping'],
  [{ window: 10 }, 'expected a whole number from 2 to 9'],
  [{ windwo: 3 }, 'unknown key (did you mean "window"?)'],
]

for (const [value, message] of refused) {
  test(`${JSON.stringify(value)} is refused`, (t) => {
    t.is(v.safeParse(schema, value).issues?.[0].message, message)
  })
}
