import test from 'ava'
import * as v from 'valibot'
import { oneOf } from '../../src/core/one-of.ts'

const complaint = (words: readonly string[], given: unknown): string | undefined =>
  v.safeParse(oneOf(words), given).issues?.[0].message

test('a known word is taken as it is', (t) => {
  t.is(v.parse(oneOf(['reset', 'close']), 'close'), 'close')
})

test('for another one all are listed, with the one that was meant', (t) => {
  t.is(complaint(['reset', 'close'], 'rest'), 'expected one of reset, close (did you mean "reset"?)')
  t.is(complaint(['reset', 'close'], 'elephant'), 'expected one of reset, close')
  t.is(complaint(['reset', 'close'], 5), 'expected one of reset, close')
  t.is(complaint(['wrong'], 'right'), 'expected wrong')
})
