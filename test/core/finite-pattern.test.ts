import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { finitePattern, writtenPattern } from '../../src/core/finite-pattern.ts'

test('what stands between slashes is a pattern, with flags behind it', (t) => {
  t.deepEqual(writtenPattern('/^a/i'), { pattern: '^a', flags: 'i' })
  t.deepEqual(writtenPattern('/a/b/'), { pattern: 'a/b', flags: '' })
  for (const text of ['orders', '/orders', 'a/b/', '//']) t.is(writtenPattern(text), undefined, text)
})

test('a pattern is looked for anywhere in a text', (t) => {
  t.true(finitePattern({ pattern: 'COFFEE', flags: 'i' })('two coffees'))
  t.false(finitePattern({ pattern: '^coffee', flags: '' })('two coffees'))
})

test('several patterns do not get in each other’s way', (t) => {
  const [one, two] = ['^a', '^b'].map((pattern) => finitePattern({ pattern, flags: '' }))
  t.deepEqual([one?.('a'), two?.('a'), one?.('b'), two?.('b')], [true, false, false, true])
})

for (const [pattern, flags, message] of [
  ['(', '', /is no regular expression/],
  ['a', 'g', /has the flags "g"/],
  ['x'.repeat(501), '', /longer than 500/],
] as const)
  test(`/${pattern.slice(0, 10)}/${flags} is refused with the reason`, (t) => {
    t.throws(() => finitePattern({ pattern, flags }), { instanceOf: PipitError, code: 'bad-request', message })
  })

test('a pattern that would take years is given up', (t) => {
  for (const pattern of ['^(a+)+$', '^(a|a)*$'])
    t.is(finitePattern({ pattern, flags: '' })(`${'a'.repeat(60)}!`), undefined)
})
