import test from 'ava'
import { percentDecoded } from '../../src/core/percent.ts'

test('escapes are decoded as UTF-8, a plus is a plus', (t) => {
  t.is(percentDecoded('a%2Fb%C3%BC+'), 'a/bü+')
  t.is(percentDecoded('plain'), 'plain')
})

test('a malformed escape makes the text none', (t) => {
  for (const text of ['%', '%2', '%zz', '%E0%A4']) t.is(percentDecoded(text), undefined, text)
})
