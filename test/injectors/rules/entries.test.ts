import test from 'ava'
import { PipitError } from '../../../src/core/errors.ts'
import { readRules, type Written } from '../../../src/injectors/rules/entries.ts'
import { lab, NOTE } from './lab.ts'

const { vocabulary } = lab()
const source = { namesPaths: true, locate: () => 'here' }
const read = (entries: unknown, more: Partial<Written> = {}) => readRules({ entries, source, ...more }, vocabulary)

test('a rule, its short form, a preset and a list of such are all rules', (t) => {
  t.is(read({ id: 'a', do: NOTE })[0]?.id, 'a')
  t.is(read('sqs.* id=b latency 5')[0]?.id, 'b')
  t.is(read('{"id":"c","do":{"latency":5}}')[0]?.id, 'c')
  t.deepEqual(
    read(['flaky-network', { id: 'a', do: NOTE }]).map(({ id }) => id),
    ['flaky-before', 'flaky-after', 'flaky-cut', 'a'],
  )
  t.deepEqual(read([]), [])
})

for (const [entries, message] of [
  [{ do: { rest: 1 } }, 'here do.rest: unknown key (did you mean "reset"?)'],
  [[{ id: 'a', do: NOTE }, 'half-opn'], 'here [1]: there is no preset "half-opn" (did you mean "half-open"?)'],
  [['zzz'], /^here \[0\]: there is no preset "zzz": there are sqs-throttled, /],
  [['sqs.* latency x'], 'here [0]: do.latency: expected a duration like "200ms", got "x"'],
  [['{"do":'], /^here \[0\]: "\{\\"do\\":" cannot be read: /],
  [5, /^here: expected a rule like/],
  [Array.from({ length: 1001 }, () => ({ do: NOTE })), /^here: expected at most 1000 rules/],
] as const)
  test(`${JSON.stringify(entries).slice(0, 40)} is refused`, (t) => {
    const told = t.throws(() => read(entries), { instanceOf: PipitError, code: 'bad-config' })?.message ?? ''
    if (typeof message === 'string') t.is(told, message)
    else t.regex(told, message)
  })

test('every mistake is told, under the key that the source has them under', (t) => {
  const entries = [{ do: { rest: 1 } }, { at: 'x', do: NOTE }]
  t.deepEqual(t.throws(() => read(entries, { key: 'faults', code: 'bad-request' }))?.message.split('\n'), [
    'here faults[0].do.rest: unknown key (did you mean "reset"?)',
    'here faults[1].at: expected one of client, mock, upstream, replay, wire, got "x"',
  ])
})
