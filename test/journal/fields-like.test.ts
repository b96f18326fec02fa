import test from 'ava'
import fc from 'fast-check'
import { fieldsLike } from '../../src/journal/fields-like.ts'

test('what is said again is kept once', (t) => {
  const first = ['Host', 'localhost', 'Date', 'today']
  t.is(fieldsLike(['Host', 'localhost', 'Date', 'today'], first), first)
  t.deepEqual(fieldsLike(['Host', 'localhost', 'Date', 'tomorrow'], first), ['Host', 'localhost', 'Date', 'tomorrow'])
  t.deepEqual(first, ['Host', 'localhost', 'Date', 'today'])
})

test('fields say what they said, whatever came before', (t) => {
  const fields = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 })
  fc.assert(
    fc.property(fields, fc.option(fields, { nil: undefined }), (given, others) => {
      t.deepEqual(fieldsLike(given, others), given)
    }),
  )
})
