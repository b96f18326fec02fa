import test from 'ava'
import { lazily } from '../../src/core/lazily.ts'

test('it is made when it is first asked for, and once', (t) => {
  let made = 0
  const value = lazily(() => ++made)
  t.is(made, 0)
  t.deepEqual([value(), value(), made], [1, 1, 1])
})

test('nothing is a value, too', (t) => {
  let made = 0
  const value = lazily(() => void made++)
  t.deepEqual([value(), value(), made], [undefined, undefined, 1])
})

test('what failed is tried again', (t) => {
  let tries = 0
  const value = lazily(() => {
    if (++tries === 1) throw new Error('not yet')
    return 'now'
  })
  t.throws(value, { message: 'not yet' })
  t.is(value(), 'now')
})
