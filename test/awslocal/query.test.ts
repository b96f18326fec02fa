import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { compileQuery } from '../../src/awslocal/query.ts'

const data = {
  QueueUrl: 'u',
  QueueUrls: ['a', 'b'],
  Messages: [
    { Body: 'x', Attributes: { Count: 1 } },
    { Body: 'y', Attributes: { Count: 2 } },
  ],
  'odd name': 1,
}

const rows: readonly [query: string, value: unknown][] = [
  ['QueueUrl', 'u'],
  [' QueueUrls[0] ', 'a'],
  ['QueueUrls[-1]', 'b'],
  ['QueueUrls[5]', null],
  ['QueueUrls[]', ['a', 'b']],
  ['Messages[0].Body', 'x'],
  ['Messages[*].Body', ['x', 'y']],
  ['Messages[].Attributes.Count', [1, 2]],
  [
    'Messages[*].[Body, Attributes.Count]',
    [
      ['x', 1],
      ['y', 2],
    ],
  ],
  ['[QueueUrl, Messages[0].Body]', ['u', 'x']],
  ['{url: QueueUrl, bodies: Messages[].Body}', { url: 'u', bodies: ['x', 'y'] }],
  ['"odd name"', 1],
  ['Nothing.there', null],
  ['constructor', null],
]
for (const [query, value] of rows)
  test(`--query ${query} selects`, (t) => t.deepEqual(compileQuery(query)(data), value))

for (const query of ['', 'length(QueueUrls)', 'Messages[?Body==`x`]', 'a | b', 'a.', '[a', '{a}', 'a[1:2]'])
  test(`--query ${JSON.stringify(query)} is refused with what is understood`, (t) => {
    t.throws(() => compileQuery(query), { instanceOf: PipitError, message: /names, \[0\], \[\]/ })
  })
