import test from 'ava'
import { jsonLog } from '../../src/log/json-log.ts'
import { finished, type Wanted } from './exchanges.ts'
import { keeping } from './lines.ts'

function logged(wanted: Wanted): Record<string, unknown> {
  const { sink, objects } = keeping()
  jsonLog(sink).exchange(finished(wanted))
  const [object = {}] = objects()
  takeTime(object)
  return object
}

/** The time is pino's own. */
function takeTime(object: Record<string, unknown>): void {
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(object['time']))) throw new Error(`no time: ${JSON.stringify(object)}`)
  delete object['time']
}

test('an exchange has these fields, and only these', (t) => {
  t.deepEqual(logged({ target: '/sqs/?X-Amz-Signature=abc' }), {
    level: 'info',
    msg: 'exchange',
    id: '8f3cabcd-0000-4000-8000-000000000000',
    session: 'default',
    method: 'POST',
    path: '/sqs/',
    service: 'sqs',
    operation: 'SendMessage',
    resource: 'orders',
    region: 'us-east-1',
    account: '000000000000',
    status: 200,
    detail: '5B id=8f3c…',
    durationMs: 1.2,
    sentBytes: 378,
    client: 'aws-sdk-js 3.1169',
  })
})

test('an error has its code and hint', (t) => {
  t.like(logged({ status: 400, error: { code: 'E', hint: 'elsewhere' } }), {
    level: 'warn',
    status: 400,
    error: 'E',
    hint: 'elsewhere',
  })
})

test('a failure has no status, but how it ended and why', (t) => {
  const object = logged({ failure: { ending: 'reset', reason: 'fault' } })
  t.like(object, { level: 'warn', failure: 'reset', reason: 'fault' })
  t.false('status' in object)
})

test('durations have three decimals at most', (t) => {
  t.is(logged({ durationMs: 1.23456789 })['durationMs'], 1.235)
})

test('what a client writes stays on its line', (t) => {
  const { sink, text } = keeping()
  jsonLog(sink).exchange(finished({ operation: 'a\n{"level":"fake"}', description: { resource: '\u001b[31m' } }))
  t.is(text().split('\n').length, 2)
  t.false(text().includes('\u001b'))
})

test('start, notes and bugs are objects, too', (t) => {
  const { sink, objects } = keeping()
  const log = jsonLog(sink)
  log.started({ version: '0.1.0', url: 'http://localhost:1', alsoUrls: [], services: [] })
  log.note('something')
  log.bug(new Error('broken'))
  const [started, note, bug = {}] = objects()
  t.like(started, { level: 'info', msg: 'started', version: '0.1.0', url: 'http://localhost:1' })
  t.like(note, { level: 'warn', msg: 'note', note: 'something' })
  t.like(bug, { level: 'error', msg: 'bug' })
  t.regex((bug['err'] as { stack: string }).stack, /^Error: broken\n.*json-log/)
})

test('faults that an exchange has met are told, and the story of a call is a line', (t) => {
  const fault = { rule: 'lost-ack', effect: 'reset', leg: 'client', phase: 'after-commit', n: 1 } as const
  t.deepEqual(logged({ faults: [fault] })['faults'], [fault])
  const { sink, objects } = keeping()
  jsonLog(sink).call('SendMessage orders: #1 200')
  t.like(objects()[0], { level: 'info', msg: 'call', call: 'SendMessage orders: #1 200' })
})
