import test from 'ava'
import fc from 'fast-check'
import { glob, isGlob } from '../../src/core/glob.ts'

for (const [pattern, text, fits] of [
  ['orders', 'orders', true],
  ['orders', 'orders-dlq', false],
  ['orders*', 'orders-dlq', true],
  ['*dlq', 'orders-dlq', true],
  ['o*s', 'orders', true],
  ['o*s', 'orders-dlq', false],
  ['order?', 'orders', true],
  ['order?', 'order', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a**b', 'ab', true],
  ['Orders', 'orders', false],
] as const)
  test(`${JSON.stringify(pattern)} ${fits ? 'fits' : 'does not fit'} ${JSON.stringify(text)}`, (t) => {
    t.is(glob(pattern)(text), fits)
  })

test('a pattern without a star and without a question mark is a text', (t) => {
  t.deepEqual(['orders', 'a.b', '*', 'a?'].map(isGlob), [false, false, true, true])
})

test('it agrees with a regular expression', (t) => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 8 }).map((parts) => parts.join(''))
  const text = fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 10 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(letters, text, (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll(/\*+/g, '.*').replaceAll('?', '.')}$`)
      t.is(glob(pattern)(text), expression.test(text))
    }),
  )
})

test('many stars take no longer', (t) => {
  const startedMs = performance.now()
  t.false(glob('*a'.repeat(200))('a'.repeat(100)))
  t.true(performance.now() - startedMs < 1000)
})
