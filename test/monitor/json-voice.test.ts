import test from 'ava'
import { jsonVoice } from '../../src/monitor/json-voice.ts'
import { Printer } from '../../src/monitor/printer.ts'
import type { Verbosity } from '../../src/monitor/voice.ts'
import { ascii, conversation, jsonAnswer, jsonCall, newClock } from './lab.ts'

type Line = Readonly<Record<string, unknown>>

function watching(verbosity: Verbosity, isConnected = true) {
  const lines: Line[] = []
  const clock = newClock()
  const write = (text: string): void => {
    for (const line of text.trimEnd().split('\n')) lines.push(JSON.parse(line) as Line)
  }
  const audience = new Printer({ voice: jsonVoice(verbosity), verbosity, clock, write })
  const lab = conversation({ isConnected, clock, audience })
  lines.length = 0
  return { ...lab, lines }
}

const send = jsonCall('SendMessage', { QueueUrl: 'http://h/0/orders', MessageBody: 'password=hunter2' }, [
  'user-agent: aws-sdk-js/3.1169.0',
  'authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/sqs/aws4_request',
])

test('an object when a request comes, one while it waits, one when it is answered', (t) => {
  const { tap, clock, lines } = watching(0)
  tap.fromClient(send)
  clock.advance(1000)
  tap.fromServer(jsonAnswer(200, { MessageId: '8f3c1234' }))
  tap.closed()
  const subject = {
    id: 1,
    connection: 1,
    session: 'default',
    method: 'POST',
    target: '/sqs/',
    service: 'sqs',
    operation: 'SendMessage',
    resource: 'orders',
    region: 'eu-west-1',
    account: '000000000000',
    protocol: 'awsJson1_0',
    receivedBytes: 65,
    client: 'aws-sdk-js 3.1169',
  }
  const at = new Date(2026, 0, 1, 12, 3, 11, 480).toISOString()
  t.deepEqual(lines[0], { event: 'request', at, ...subject })
  t.like(lines[1], { event: 'waiting', durationMs: 1000, isConnected: true, ...subject })
  t.like(lines[2], { event: 'response', status: 200, detail: '16B id=8f3c…', sentBytes: 24, ...subject })
  t.is(typeof lines[2]?.['durationMs'], 'number')
  t.is(typeof lines[2]?.['firstByteMs'], 'number')
  t.is(lines.length, 3)
})

test('an error has its code and message, a failure how it ended and why', (t) => {
  const { tap, lines } = watching(0)
  tap.fromClient(Buffer.concat([send, send]))
  tap.fromServer(
    jsonAnswer(400, { __type: 'com.amazonaws.sqs#OverLimit', message: 'Too many.' }, [
      'x-pipit-fault: a;n=1',
      'x-pipit-hint: h',
    ]),
  )
  tap.broke('server', 'ECONNRESET')
  t.like(lines[2], {
    event: 'response',
    status: 400,
    error: 'OverLimit',
    message: 'Too many.',
    hint: 'h',
    faults: ['a;n=1'],
  })
  t.like(lines[3], { event: 'failure', failure: 'reset', reason: 'the server reset the connection (ECONNRESET)' })
  t.false('status' in (lines[3] as object))
})

test('with -v heads and connections, with -vv inputs and outputs, without secrets', (t) => {
  for (const verbosity of [1, 2] as const) {
    const { tap, lines } = watching(verbosity, false)
    tap.connected()
    tap.fromClient(send)
    tap.fromServer(jsonAnswer(200, { MessageId: 'x' }, ['Set-Cookie: hunter2']))
    tap.fromClient(ascii('POST /x HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc'))
    tap.fromServer(ascii('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\x00'))
    tap.closed()
    t.deepEqual(
      lines.map(({ event }) => event),
      ['connected', 'request', 'response', 'request', 'response', 'closed'],
    )
    t.regex(String(lines[1]?.['requestHeaders']), /X-Amz-Target/)
    t.deepEqual(lines[2]?.['responseHeaders'], ['Content-Length', '17'])
    t.deepEqual(
      lines[1]?.['input'],
      verbosity === 1 ? undefined : { QueueUrl: 'http://h/0/orders', MessageBody: 'password=[redacted]' },
    )
    t.deepEqual(lines[2]?.['output'], verbosity === 1 ? undefined : { MessageId: 'x' })
    t.is(lines[3]?.['body'], verbosity === 1 ? undefined : 'abc')
    t.is(lines[4]?.['body'], verbosity === 1 ? undefined : '/wA=')
    t.like(lines[5], { connection: 1, exchanges: 2 })
    t.false(/hunter2|AKIA/.test(JSON.stringify(lines)))
  }
})

test('what is not HTTP is hex, TLS is opaque, a break has a reason', (t) => {
  const raw = watching(0)
  raw.tap.fromClient(ascii('\x01\x02'))
  raw.tap.fromClient(ascii('\x03'))
  raw.tap.broke('server', 'ETIMEDOUT')
  t.like(raw.lines[0], { event: 'raw', connection: 1, from: 'client', bytes: 2, hex: '0102' })
  t.like(raw.lines[1], { event: 'broken', connection: 1, side: 'server', code: 'ETIMEDOUT', lost: 0 })
  t.is(raw.lines.length, 2)
  const tls = watching(2)
  tls.tap.fromClient(Buffer.from([0x16, 3, 1]))
  tls.tap.fromServer(Buffer.from([0x16, 3, 3]))
  t.is(tls.lines.length, 1)
  t.like(tls.lines[0], { event: 'tls', connection: 1 })
})

test('the start and a remark are objects, too', (t) => {
  const voice = jsonVoice(0)
  const started = { version: '0.1.0', listen: 'localhost:3001', target: 'localhost:3000' }
  t.deepEqual(JSON.parse(voice.started(started)), { event: 'started', ...started })
  t.deepEqual(JSON.parse(voice.note('x', 0)), { event: 'note', at: '1970-01-01T00:00:00.000Z', note: 'x' })
})
