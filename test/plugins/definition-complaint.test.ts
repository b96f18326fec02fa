import test from 'ava'
import * as v from 'valibot'
import { strictly } from '../../src/core/strictly.ts'
import { definitionComplaint } from '../../src/plugins/definition-complaint.ts'

const schema = strictly({
  name: v.string('expected a text'),
  more: v.optional(strictly({ a: v.number('expected a number') })),
})

for (const [definition, complaint] of [
  [{ name: 'x' }, undefined],
  [{ name: 7 }, 'name: expected a text'],
  [{ name: 'x', more: { a: 'y' } }, 'more.a: expected a number'],
  [{ nam: 'x' }, 'nam: unknown key (did you mean "name"?)'],
  [7, 'expected a mapping'],
] as const)
  test(`${JSON.stringify(definition)}: ${complaint ?? 'nothing is wrong'}`, (t) => {
    t.is(definitionComplaint(schema, definition), complaint)
  })
