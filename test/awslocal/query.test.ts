import test from 'ava'
import fc from 'fast-check'
import { compileQuery } from '../../src/awslocal/query.ts'
import { PipitError } from '../../src/core/errors.ts'

const data = {
  QueueUrl: 'u',
  'odd-name': 1,
  Messages: [
    { MessageId: '1', Body: 'a', Tags: ['x', 'y'] },
    { MessageId: '2', Body: 'b', Tags: ['z'], Extra: true },
  ],
}

const found: readonly [query: string, value: unknown][] = [
  ['QueueUrl', 'u'],
  [' [ QueueUrl ] ', ['u']],
  ['"odd-name"', 1],
  ['Missing', null],
  ['Missing.deeper[0]', null],
  ['toString', null],
  ['Messages[0].Body', 'a'],
  ['Messages[-1].Body', 'b'],
  ['Messages[9]', null],
  ['Messages[].Body', ['a', 'b']],
  ['Messages[*].Body', ['a', 'b']],
  ['Messages[*].Tags', [['x', 'y'], ['z']]],
  ['Messages[*].Tags[]', ['x', 'y', 'z']],
  ['Messages[].Tags[]', ['x', 'y', 'z']],
  ['Messages[*].Tags[0]', ['x', 'z']],
  ['Messages[*].Extra', [true]],
  [
    'Messages[*].[MessageId, Body]',
    [
      ['1', 'a'],
      ['2', 'b'],
    ],
  ],
  [
    'Messages[].{id: MessageId, "the body": Body}',
    [
      { id: '1', 'the body': 'a' },
      { id: '2', 'the body': 'b' },
    ],
  ],
  ['[QueueUrl, Messages[0].Body]', ['u', 'a']],
  ['{url: QueueUrl}', { url: 'u' }],
  ['{url: QueueUrl}.url', 'u'],
  ['QueueUrl[*]', null],
  ['QueueUrl[]', null],
]

for (const [query, value] of found)
  test(`${query} finds ${JSON.stringify(value)}`, (t) => {
    t.deepEqual(compileQuery(query)(data), value)
  })

test('a list at the top is gone into', (t) => {
  t.deepEqual(compileQuery('[*].a')([{ a: 1 }, {}, { a: 2 }]), [1, 2])
  t.is(compileQuery('[1]')([3, 4]), 4)
})

for (const query of [
  '',
  '.',
  'a.',
  'a[',
  'a[x]',
  'a b',
  'a | b',
  'length(a)',
  'a[?b]',
  '{a}',
  '{a: b',
  '[a, b',
  '"\\x"',
  '['.repeat(5000),
])
  test(`${JSON.stringify(query.slice(0, 20))} is refused, with what is understood`, (t) => {
    t.throws(() => compileQuery(query), { instanceOf: PipitError, code: 'usage', message: /names, \[0\], \[\]/ })
  })

test('whatever is written, it ends in a value or in one sentence', (t) => {
  const text = fc.string({ unit: fc.constantFrom('a', '.', ',', '{', '}', '[', ']', '"', '\\', ':', '*', '0', ' ') })
  fc.assert(
    fc.property(text, (query) => {
      try {
        t.not(compileQuery(query)(data), undefined)
      } catch (error) {
        t.true(error instanceof PipitError)
      }
    }),
  )
})
