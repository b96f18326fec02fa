import test from 'ava'
import { formatOutput } from '../../src/awslocal/output.ts'

test('JSON is indented as the AWS CLI does it, and nothing is nothing', (t) => {
  t.is(formatOutput({ QueueUrl: 'u' }, 'json'), '{\n    "QueueUrl": "u"\n}\n')
  t.is(formatOutput({}, 'json'), '')
  t.is(formatOutput([], 'json'), '[]\n')
  t.is(formatOutput('u', 'json'), '"u"\n')
})

const rows: readonly [title: string, data: unknown, text: string][] = [
  ['a word', 'u', 'u\n'],
  ['nothing', null, 'None\n'],
  ['words of one level on one line, by name', { b: 2, a: true }, 'True\t2\n'],
  ['a list of words', ['a', 'b'], 'a\tb\n'],
  ['a named list', { QueueUrls: ['a', 'b'] }, 'QUEUEURLS\ta\nQUEUEURLS\tb\n'],
  [
    'structures in a list',
    {
      Messages: [
        { Body: 'x', Id: 1 },
        { Body: 'y', Id: 2 },
      ],
    },
    'MESSAGES\tx\t1\nMESSAGES\ty\t2\n',
  ],
  ['a structure in a structure', { Attributes: { A: '1' }, Url: 'u' }, 'u\nATTRIBUTES\t1\n'],
  [
    'lists in a list',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
    'a\tb\nc\td\n',
  ],
]
for (const [title, data, text] of rows) test(`text: ${title}`, (t) => t.is(formatOutput(data, 'text'), text))
