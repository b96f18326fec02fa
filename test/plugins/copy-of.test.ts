import test from 'ava'
import fc from 'fast-check'
import { copyOf } from '../../src/plugins/copy-of.ts'

test('any plain data is copied whole, and shares nothing that can change', (t) => {
  fc.assert(
    fc.property(fc.object({ withNullPrototype: true, values: [fc.string(), fc.integer(), fc.boolean()] }), (value) => {
      const copy = copyOf(value)
      t.deepEqual(copy, value)
      t.not(copy, value)
      t.is(Object.getPrototypeOf(copy), Object.getPrototypeOf(value))
    }),
    { seed: 1, numRuns: 1000 },
  )
  const odd = JSON.parse('{"__proto__":{"a":1},"b":2}') as object
  t.deepEqual(copyOf(odd), odd)
  const bytes = Buffer.from('hi')
  const copy = copyOf({ bytes, list: [{ a: 1 }] })
  copy.bytes[0] = 0
  ;(copy.list[0] as { a: number }).a = 2
  t.is(bytes.toString(), 'hi')
  t.true(Buffer.isBuffer(copy.bytes))
})

test('what is not plain stays what it is', (t) => {
  const date = new Date(0)
  t.is(copyOf({ date }).date, date)
  t.is(copyOf(7), 7)
  t.is(copyOf(undefined), undefined)
})
