import picocolors from 'picocolors'
import test from 'ava'
import { tailLine, type Told } from '../../src/log/tail-line.ts'

const plain = picocolors.createColors(false)
const told: Told = {
  at: new Date(2026, 0, 1, 12, 3, 11, 480).toISOString(),
  durationMs: 2,
  session: 'default',
  method: 'POST',
  target: '/sqs/?x=1',
  service: 'sqs',
  operation: 'SendMessage',
  resource: 'orders',
  detail: '5B id=8f3c…',
  status: 200,
  faults: [],
  client: 'aws-sdk-js 3.1169',
}

for (const [title, change, line] of [
  ['an answer', {}, '12:03:11.482 POST sqs SendMessage orders 200 2.0ms 5B id=8f3c… (aws-sdk-js 3.1169)'],
  [
    'another session',
    { session: 'blue' },
    '12:03:11.482 blue POST sqs SendMessage orders 200 2.0ms 5B id=8f3c… (aws-sdk-js 3.1169)',
  ],
  [
    'what has passed by a forwarded port',
    { client: undefined, via: ':3001 -> localhost:3000' },
    '12:03:11.482 POST sqs SendMessage orders 200 2.0ms 5B id=8f3c… [:3001 -> localhost:3000]',
  ],
  [
    'an error',
    { status: 400, error: 'OverLimit', client: undefined },
    '12:03:11.482 POST sqs SendMessage orders 400 2.0ms OverLimit',
  ],
  [
    'a lost answer',
    {
      status: undefined,
      failure: 'reset',
      faults: [{ effect: 'reset', phase: 'after-commit' }],
      client: undefined,
      detail: undefined,
    },
    '12:03:11.482 POST sqs SendMessage orders reset 2.0ms [fault reset after-commit]',
  ],
  [
    'what was not understood',
    {
      service: undefined,
      operation: undefined,
      resource: undefined,
      detail: undefined,
      status: 500,
      client: undefined,
    },
    '12:03:11.482 POST - /sqs/ 500 2.0ms',
  ],
  [
    'what a client made up',
    { resource: 'a\nb', detail: undefined, client: undefined },
    String.raw`12:03:11.482 POST sqs SendMessage a\x0ab 200 2.0ms`,
  ],
] as const)
  test(`the line of ${title}`, (t) => t.is(tailLine({ ...told, ...change }, plain), line))

test('a hint is a line of its own', (t) => {
  t.regex(tailLine({ ...told, hint: 'elsewhere' }, plain), /\n {13}hint: elsewhere$/)
})
