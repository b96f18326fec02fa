import test from 'ava'
import picocolors from 'picocolors'
import { duration, trafficLine } from '../../src/log/traffic-line.ts'
import { finished, type Wanted } from './exchanges.ts'

const plain = picocolors.createColors(false)

const LOST = { rule: 'lost-ack', effect: 'reset', leg: 'client', phase: 'after-commit', n: 1 } as const

const lines: readonly [title: string, wanted: Wanted, line: string][] = [
  ['an answer', {}, '12:03:11.482 POST sqs SendMessage orders 200 1.2ms 5B id=8f3c… (aws-sdk-js 3.1169)'],
  [
    'an answer with nothing to say of it',
    { description: {}, userAgent: '' },
    '12:03:11.482 POST sqs SendMessage 200 1.2ms',
  ],
  [
    'an error, with its code and not the detail',
    { status: 400, error: { code: 'AWS.SimpleQueueService.NonExistentQueue' } },
    '12:03:11.482 POST sqs SendMessage orders 400 1.2ms AWS.SimpleQueueService.NonExistentQueue (aws-sdk-js 3.1169)',
  ],
  [
    'an error with a hint',
    { status: 400, error: { code: 'E', hint: 'orders exists in eu-west-1' } },
    '12:03:11.482 POST sqs SendMessage orders 400 1.2ms E (aws-sdk-js 3.1169)\n             hint: orders exists in eu-west-1',
  ],
  [
    'a request that could not be read, by its path',
    { operation: undefined, target: '/sqs/x?secret=1', description: {}, status: 400, error: { code: 'InvalidAction' } },
    '12:03:11.482 POST sqs /sqs/x 400 1.2ms InvalidAction (aws-sdk-js 3.1169)',
  ],
  [
    'a request for no service',
    {
      service: '',
      method: 'GET',
      target: '/bucket',
      description: {},
      status: 404,
      error: { code: 'UnknownOperation' },
    },
    '12:03:11.482 GET - /bucket 404 1.2ms UnknownOperation (aws-sdk-js 3.1169)',
  ],
  [
    'a failure, and whose doing it was',
    { failure: { ending: 'reset', reason: 'fault throttle' }, description: { resource: 'orders' } },
    '12:03:11.482 POST sqs SendMessage orders reset [fault throttle] 1.2ms (aws-sdk-js 3.1169)',
  ],
  [
    'an answer that a fault has met',
    { faults: [{ ...LOST, effect: 'latency +200ms', phase: 'before-commit' }] },
    '12:03:11.482 POST sqs SendMessage orders 200 1.2ms 5B id=8f3c… [fault latency +200ms] (aws-sdk-js 3.1169)',
  ],
  [
    'a lost answer, with what is known of the execution',
    { failure: { ending: 'reset', reason: 'fault: reset after-commit' }, description: {}, faults: [LOST] },
    '12:03:11.482 POST sqs SendMessage reset 1.2ms [fault reset after-commit] (aws-sdk-js 3.1169)',
  ],
  [
    'a client that wants to write lines of its own',
    {
      operation: 'Send\nMessage',
      description: { resource: 'a\u001b[2Kb', detail: 'x\r\ny' },
      userAgent: 'evil\u001b[31m/1.0',
    },
    '12:03:11.482 POST sqs Send\\x0aMessage a\\x1b[2Kb 200 1.2ms x\\x0d\\x0ay (evil)',
  ],
]

for (const [title, wanted, line] of lines) {
  test(`the line of ${title}`, (t) => {
    t.is(trafficLine(finished(wanted), plain), line)
  })
}

test('headers, bodies and keys are in no line', (t) => {
  for (const [, wanted] of lines) t.notRegex(trafficLine(finished(wanted), plain), /secret|AKIA|HMAC/)
})

test('the time is when the answer was there, over the seconds', (t) => {
  const at = (receivedAtMs: number, durationMs: number): string =>
    trafficLine(finished({ receivedAtMs, durationMs }), plain).slice(0, 12)
  const second = new Date(2026, 5, 1, 23, 59, 58).getTime()
  t.is(at(second + 999, 0.9), '23:59:58.999')
  t.is(at(second + 999, 1), '23:59:59.000')
  t.is(at(second, 5), '23:59:58.005')
  t.is(at(second + 1999, 20_000), '00:00:19.999')
})

const durations: readonly [durationMs: number, text: string][] = [
  [0.04, '0.0ms'],
  [1.25, '1.3ms'],
  [99.4, '99.4ms'],
  [100.4, '100ms'],
  [999.4, '999ms'],
  [1000, '1.0s'],
  [20_004, '20.0s'],
]

for (const [durationMs, text] of durations) {
  test(`${durationMs} ms read ${text}`, (t) => {
    t.is(duration(durationMs), text)
  })
}

test('colours are for the status and the error, and only when wanted', (t) => {
  const colors = picocolors.createColors(true)
  t.true(trafficLine(finished(), colors).includes(colors.green('200')))
  t.true(
    trafficLine(finished({ status: 404, error: { code: 'E' } }), colors).includes(
      `${colors.yellow('404')} 1.2ms ${colors.yellow('E')}`,
    ),
  )
  t.true(trafficLine(finished({ status: 500 }), colors).includes(colors.red('500')))
  t.false(trafficLine(finished({ status: 500 }), plain).includes('\u001b'))
})

test('what has passed by a forwarded port says which', (t) => {
  const passed = finished({})
  passed.exchange.trace.via = ':3001 -> localhost:3000'
  t.regex(trafficLine(passed, plain), / \[:3001 -> localhost:3000\]$/)
})
