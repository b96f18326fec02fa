import test from 'ava'
import { commaList } from '../../src/config/comma-list.ts'

test('parts stand between commas', (t) => {
  t.deepEqual(commaList('a,b c'), ['a', 'b c'])
})

test('spaces around a part, and a comma at the end, as a folded YAML scalar has them, do not count', (t) => {
  t.deepEqual(commaList(' a ,\n  b,\n'), ['a', 'b'])
  t.deepEqual(commaList(' , '), [])
})
