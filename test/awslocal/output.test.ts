import test from 'ava'
import { formatOutput } from '../../src/awslocal/output.ts'

test('JSON is indented by four, as the AWS CLI does it, and text stays as it is', (t) => {
  t.is(
    formatOutput({ Body: 'grüße', List: [1] }, 'json'),
    '{\n    "Body": "grüße",\n    "List": [\n        1\n    ]\n}\n',
  )
})

for (const format of ['json', 'text'] as const)
  test(`an empty answer prints nothing as ${format}`, (t) => {
    t.is(formatOutput({}, format), '')
  })

test('a query that finds nothing prints null as JSON and None as text', (t) => {
  t.is(formatOutput(null, 'json'), 'null\n')
  t.is(formatOutput(null, 'text'), 'None\n')
})

const texts: readonly [title: string, data: unknown, text: string][] = [
  ['a scalar is a line', 'http://x', 'http://x\n'],
  ['truth is as Python writes it', [true, false, 1], 'True\tFalse\t1\n'],
  ['the scalars of a level are a line in the order of their names', { b: '2', a: '1' }, '1\t2\n'],
  [
    'rows of a query are lines',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
    'a\tb\nc\td\n',
  ],
  ['a list of texts under a name is a line each', { QueueUrls: ['a', 'b'] }, 'QUEUEURLS\ta\nQUEUEURLS\tb\n'],
  [
    'what is nested follows, under its name',
    { Messages: [{ Body: 'b', Attributes: { SentTimestamp: '1' }, MessageId: 'm' }] },
    'MESSAGES\tb\tm\nATTRIBUTES\t1\n',
  ],
]

for (const [title, data, text] of texts)
  test(`as text, ${title}`, (t) => {
    t.is(formatOutput(data, 'text'), text)
  })
