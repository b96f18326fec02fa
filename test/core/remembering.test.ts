import test from 'ava'
import { LONGEST_REMEMBERED, remembering } from '../../src/core/remembering.ts'

test('what was made of a text is not made again, nothing included', (t) => {
  const asked: string[] = []
  const length = remembering(10, (text) => {
    asked.push(text)
    return text === '' ? undefined : text.length
  })
  t.deepEqual([length('one'), length(''), length('one'), length('')], [3, undefined, 3, undefined])
  t.deepEqual(asked, ['one', ''])
})

test('after so many it begins anew, and is right all the same', (t) => {
  const asked: string[] = []
  const same = remembering(2, (text) => {
    asked.push(text)
    return text
  })
  for (const text of ['a', 'b', 'a', 'c', 'c', 'a']) t.is(same(text), text)
  t.deepEqual(asked, ['a', 'b', 'c', 'a'])
})

test('of a long text it is made each time: nobody says that again and again', (t) => {
  let made = 0
  const length = remembering(10, (text) => {
    made++
    return text.length
  })
  const [longest, tooLong] = ['x'.repeat(LONGEST_REMEMBERED), 'x'.repeat(LONGEST_REMEMBERED + 1)]
  for (const text of [longest, longest, tooLong, tooLong]) t.is(length(text), text.length)
  t.is(made, 3)
})
