import test from 'ava'
import * as v from 'valibot'
import { bareValue, deedSchemas } from '../../../src/injectors/rules/deed-schemas.ts'
import { vocabularyOf } from '../../../src/injectors/rules/vocabulary.ts'
import { sqs } from '../../../src/sqs/service.ts'

test('effects are there by their names, and those of a service with its name before them', (t) => {
  const schemas = deedSchemas(vocabularyOf([sqs()]))
  t.true(v.is(schemas.get('latency') as v.GenericSchema, '200ms'))
  t.true(schemas.has('sqs.redeliver'))
  t.false(schemas.has('redeliver'))
})

test('a name alone stands for nothing, for true, or for all defaults', (t) => {
  t.deepEqual(bareValue(v.optional(v.string())), { value: undefined })
  t.deepEqual(bareValue(v.literal(true)), { value: true })
  t.deepEqual(bareValue(v.object({ a: v.optional(v.string()) })), { value: {} })
  t.is(bareValue(v.string()), undefined)
})
