import { toJsonSchema } from '@valibot/to-json-schema'
import test from 'ava'
import * as v from 'valibot'
import { oneOrList } from '../../src/core/one-or-list.ts'

const size = v.number('expected a size')
const sizes = oneOrList(size, v.array(size))
const complaints = (given: unknown): (string | undefined)[] =>
  v.safeParse(sizes, given).issues?.map((issue) => `${v.getDotPath(issue) ?? ''} ${issue.message}`) ?? []

test('one and a list are taken', (t) => {
  t.is(v.parse(sizes, 5), 5)
  t.deepEqual(v.parse(sizes, [5, 6]), [5, 6])
})

test('every mistake in a list is told, where it is', (t) => {
  t.deepEqual(complaints('big'), [' expected a size'])
  t.deepEqual(complaints(['big', 5, null]), ['0 expected a size', '2 expected a size'])
})

test('for whoever reads the schema it is a choice of the two', (t) => {
  t.like(toJsonSchema(sizes), { anyOf: [{ type: 'number' }, { type: 'array' }] })
})
