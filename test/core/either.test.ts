import { toJsonSchema } from '@valibot/to-json-schema'
import test from 'ava'
import * as v from 'valibot'
import { either } from '../../src/core/either.ts'
import { strictly } from '../../src/core/strictly.ts'

const size = either(v.number('expected a size'), strictly({ width: v.number('expected a width') }))
const complaint = (given: unknown): string | undefined => v.safeParse(size, given).issues?.[0].message

test('both ways are taken', (t) => {
  t.is(v.parse(size, 5), 5)
  t.deepEqual(v.parse(size, { width: 5 }), { width: 5 })
})

test('the complaint is that of the way that was taken', (t) => {
  t.is(complaint('big'), 'expected a size')
  t.is(complaint(null), 'expected a size')
  t.is(complaint({ widht: 5 }), 'missing')
  t.is(complaint({ width: 5, hight: 5 }), 'unknown key, expected one of width')
  t.is(complaint({ width: 'x' }), 'expected a width')
  t.is(complaint([5]), 'expected a mapping')
})

test('for whoever reads the schema it is a choice of the two', (t) => {
  t.like(toJsonSchema(size), { anyOf: [{ type: 'number' }, { type: 'object' }] })
})
