import test from 'ava'
import * as v from 'valibot'
import { wholeNumber } from '../../src/core/whole-number.ts'

const schema = wholeNumber(1, 1000)

test('a text that is a number within bounds becomes one', (t) => {
  t.is(v.parse(schema, '1'), 1)
  t.is(v.parse(schema, '1000'), 1000)
})

for (const text of ['0', '1001', '-1', '1.5', '1e3', ' 1', '', 'many', '9'.repeat(16), 5])
  test(`${JSON.stringify(text)} is none`, (t) => {
    const [issue] = v.safeParse(schema, text).issues ?? []
    t.truthy(issue)
    if (typeof text === 'string') t.is(issue?.message, 'expected a number from 1 to 1000')
  })
