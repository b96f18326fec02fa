import test from 'ava'
import * as v from 'valibot'
import { alternativesOf, compilePattern, pattern, type Pattern } from '../../../src/injectors/rules/pattern.ts'

for (const [written, text, fits] of [
  ['orders', 'orders', true],
  ['orders', 'orders-dlq', false],
  ['orders*', 'orders-dlq', true],
  ['/^ORD/i', 'orders', true],
  ['/^ord$/', 'orders', false],
  [2, '2', true],
  [true, 'true', true],
  [['a', 'b*'], 'bc', true],
  [['a', 'b*'], 'c', false],
  [{ not: 'orders' }, 'orders', false],
  [{ not: 'orders' }, 'other', true],
  [{ not: ['a', 'b'] }, 'b', false],
  ['*', undefined, false],
  [{ not: 'orders' }, undefined, true],
] as readonly [Pattern, string | undefined, boolean][])
  test(`${JSON.stringify(written)} ${fits ? 'fits' : 'does not fit'} ${String(text)}`, (t) => {
    t.true(v.is(pattern, written))
    t.is(compilePattern(written)(text), fits)
  })

for (const [written, message] of [
  ['/(/', /^the pattern is no regular expression/],
  ['/a/g', /^the pattern has the flags "g"/],
  ['x'.repeat(1001), /^is longer than 1000 characters/],
  [[], /^expected at least one/],
  [Array.from({ length: 101 }, () => 'a'), /^expected at most 100/],
  [null, /^expected a text, a number/],
  [['a', null], /^expected a text, a number/],
  [{ nto: 'a' }, /^unknown key, expected one of not|^missing/],
] as const)
  test(`${JSON.stringify(written).slice(0, 20)} is refused: ${message.source}`, (t) => {
    t.regex(v.safeParse(pattern, written).issues?.[0]?.message ?? '', message)
  })

test('a pattern that would take years fits nothing, and is asked once only', (t) => {
  const fits = compilePattern('/^(a+)+$/')
  const startedMs = performance.now()
  for (let i = 0; i < 50; i++) t.false(fits(`${'a'.repeat(60)}!`))
  t.true(performance.now() - startedMs < 2000)
})

test('whoever knows the words that there can be is told which alternatives stand for themselves', (t) => {
  t.deepEqual(
    alternativesOf({ not: ['a', 'b*', '/c/'] }).map(({ text, isPlain }) => [text, isPlain]),
    [
      ['a', true],
      ['b*', false],
      ['/c/', false],
    ],
  )
})
