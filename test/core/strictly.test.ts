import test from 'ava'
import * as v from 'valibot'
import { notList, strictly } from '../../src/core/strictly.ts'

const schema = strictly({
  level: v.nullish(v.string()),
  deep: v.nullish(strictly({ port: v.nullish(v.number()) })),
})

const messages: readonly [title: string, value: unknown, message: string | undefined][] = [
  ['nothing', {}, undefined],
  ['null for an option and for a section', { level: null, deep: null }, undefined],
  ['a misspelt key', { levle: 'x' }, 'unknown key (did you mean "level"?)'],
  ['a key that is near to none', { zzz: 1 }, 'unknown key, expected one of level, deep'],
  ['a word', 'level', 'expected a mapping'],
  ['a list', [], 'expected a mapping'],
  ['a list for a section', { deep: [1] }, 'expected a mapping'],
]

for (const [title, value, message] of messages) {
  test(`the schema says of ${title}: ${message ?? 'right'}`, (t) => {
    t.is(v.safeParse(schema, value).issues?.[0].message, message)
  })
}

test('a key that is needed is missing', (t) => {
  t.is(v.safeParse(strictly({ name: v.string() }), {}).issues?.[0].message, 'missing')
})

test('a list is not an object, everything else is judged as before', (t) => {
  const numbers = notList(v.record(v.string(), v.number()), 'expected numbers by name')
  t.is(v.safeParse(numbers, [1]).issues?.[0].message, 'expected numbers by name')
  t.deepEqual(v.parse(numbers, { a: 1 }), { a: 1 })
  t.false(v.is(numbers, { a: 'x' }))
})
