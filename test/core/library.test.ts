import test from 'ava'
import { library } from '../../src/core/library.ts'

test('a library is the same whenever it is asked for, and one that is not there throws', (t) => {
  const { parse } = library('yaml') as { parse: (text: string) => unknown }
  t.deepEqual(parse('a: 1'), { a: 1 })
  t.is((library('yaml') as { parse: unknown }).parse, parse)
  t.throws(() => library('no-such-library'), { code: 'MODULE_NOT_FOUND' })
})
