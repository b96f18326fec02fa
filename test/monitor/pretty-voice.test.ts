import picocolors from 'picocolors'
import test from 'ava'
import type { Verbosity } from '../../src/monitor/voice.ts'
import { PrettyVoice } from '../../src/monitor/pretty-voice.ts'
import { Printer } from '../../src/monitor/printer.ts'
import type { WatchedExchange } from '../../src/monitor/watched-exchange.ts'
import { ascii, conversation, jsonAnswer, jsonCall, newClock } from './lab.ts'

/** A connection of which everything that is printed is kept; durations are made the same every time. */
function watching(verbosity: Verbosity, isConnected = true) {
  const lines: string[] = []
  const clock = newClock()
  class EvenPrinter extends Printer {
    override ended(exchange: WatchedExchange): void {
      Object.assign(exchange, { endedMs: exchange.startedMs + 2, firstByteMs: exchange.startedMs + 1 })
      super.ended(exchange)
    }
  }
  const voice = new PrettyVoice(picocolors.createColors(false), verbosity)
  const write = (text: string): void => {
    if (!text.endsWith('\n')) throw new Error('a line is whole')
    lines.push(...text.slice(0, -1).split('\n'))
  }
  const audience = new EvenPrinter({ voice, verbosity, clock, write })
  const lab = conversation({ isConnected, clock, audience })
  lines.length = 0
  return { ...lab, lines }
}

const send = jsonCall('SendMessage', { QueueUrl: 'http://h/0/orders', MessageBody: 'hello' }, [
  'user-agent: aws-sdk-js/3.1169.0',
])

test('a line when a request comes, one when it is answered', (t) => {
  const { tap, lines } = watching(0)
  tap.fromClient(send)
  t.deepEqual(lines, ['12:03:11.480 c1 #1 → POST sqs SendMessage orders 54B (aws-sdk-js 3.1169)'])
  tap.fromServer(jsonAnswer(200, { MessageId: '8f3c1234' }))
  tap.closed()
  t.deepEqual(lines.slice(1), ['12:03:11.482 c1 #1 ← 200 24B 2.0ms sqs SendMessage orders 5B id=8f3c…'])
})

test('a long poll is told of before its answer, and that it waits', (t) => {
  const { tap, clock, lines } = watching(0)
  tap.fromClient(jsonCall('ReceiveMessage', { QueueUrl: 'http://h/0/orders', WaitTimeSeconds: 20 }))
  clock.advance(40_000)
  tap.fromServer(jsonAnswer(200, {}))
  clock.advance(40_000)
  t.deepEqual(lines, [
    '12:03:11.480 c1 #1 → POST sqs ReceiveMessage orders 53B',
    '12:03:12.480 c1 #1 … waiting 1.0s sqs ReceiveMessage orders',
    '12:03:42.480 c1 #1 … waiting 31.0s sqs ReceiveMessage orders',
    '12:03:11.482 c1 #1 ← 200 2B 2.0ms sqs ReceiveMessage orders empty',
  ])
})

test('errors have their code, and what pipit says beside', (t) => {
  const { tap, lines } = watching(0)
  tap.fromClient(send)
  tap.fromServer(
    jsonAnswer(400, { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'x' }, [
      'x-pipit-hint: it exists in eu-west-1',
      'x-pipit-fault: lost-ack;n=1',
    ]),
  )
  t.deepEqual(lines.slice(1), [
    '12:03:11.482 c1 #1 ← 400 62B 2.0ms sqs SendMessage orders AWS.SimpleQueueService.NonExistentQueue [fault lost-ack;n=1]',
    '             hint: it exists in eu-west-1',
  ])
})

test('HTTP that is none of AWS has its path, without what may be secret behind it', (t) => {
  const { tap, lines } = watching(0)
  tap.fromClient(ascii('GET /a\x1b[31m?token=hunter2 HTTP/1.1\r\nHost: x\r\n\r\n'))
  tap.fromServer(ascii('HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n'))
  t.deepEqual(lines, ['12:03:11.480 c1 #1 → GET /a\\x1b[31m 0B', '12:03:11.482 c1 #1 ← 302 0B 2.0ms /a\\x1b[31m'])
})

test('a session has its name', (t) => {
  const { tap, lines } = watching(0)
  tap.fromClient(ascii('GET /s/blue/sqs/?Action=ListQueues HTTP/1.1\r\n\r\n'))
  t.deepEqual(lines, ['12:03:11.480 c1 #1 → GET blue sqs ListQueues 0B'])
})

test('with -v there are heads, with what is known to be harmless, and connections', (t) => {
  const { tap, lines } = watching(1, false)
  tap.connected()
  tap.fromClient(
    jsonCall('ListQueues', {}, [
      'Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/x',
      'X-Secret: hunter2',
    ]),
  )
  tap.fromServer(jsonAnswer(200, {}, ['x-amzn-RequestId: r', 'Set-Cookie: hunter2', 'X-Odd: a\x1bb']))
  tap.clientEnded()
  tap.closed()
  t.deepEqual(lines.slice(0, -1), [
    '12:03:11.480 c1 127.0.0.1:51234 is connected',
    '12:03:11.480 c1 #1 → POST sqs ListQueues 2B',
    '    POST /sqs/ HTTP/1.1',
    '    host: localhost:3001',
    '    X-Amz-Target: AmazonSQS.ListQueues',
    '    content-type: application/x-amz-json-1.0',
    '    content-length: 2',
    '12:03:11.482 c1 #1 ← 200 2B 2.0ms sqs ListQueues empty',
    '    HTTP/1.1 200 Any',
    '    x-amzn-RequestId: r',
    '    X-Odd: a\\x1bb',
    '    Content-Length: 2',
  ])
  t.regex(lines.at(-1) ?? '', /^12:03:11\.480 c1 closed after .*: 1 exchange, → 230B, ← 95B$/)
})

test('with -vv there are bodies, calls decoded', (t) => {
  const { tap, lines } = watching(2)
  tap.fromClient(send)
  tap.fromServer(jsonAnswer(200, { MessageId: 'x' }))
  t.true(lines.includes('    input {"QueueUrl":"http://h/0/orders","MessageBody":"hello"}'))
  t.true(lines.includes('    output {"MessageId":"x"}'))
  tap.fromClient(ascii('POST /form HTTP/1.1\r\nContent-Length: 21\r\n\r\nuser=me&password=xyz\n'))
  tap.fromServer(ascii('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\xff\x00a'))
  t.true(lines.includes('    user=me&password=[redacted]\\x0a'))
  t.is(lines.at(-1), '    0000  ff 00 61                                         ..a')
})

test('what is not HTTP is shown in hex: its first bytes, every piece, or all of it', (t) => {
  const pieces = ['*1\r\n$4\r\nPING\r\n and more', 'second'].map(ascii)
  const shown = ([0, 1, 2] as const).map((verbosity) => {
    const { tap, lines } = watching(verbosity)
    for (const piece of pieces) tap.fromClient(piece)
    tap.fromServer(ascii('+PONG\r\n'))
    return lines
  })
  const first = '12:03:11.480 c1 → 23B not HTTP 2a 31 0d 0a 24 34 0d 0a 50 49 4e 47 0d 0a 20 61  *1..$4..PING.. a…'
  const answer = '12:03:11.480 c1 ← 7B not HTTP 2b 50 4f 4e 47 0d 0a  +PONG..'
  t.deepEqual(shown, [
    [first, answer],
    [first, '12:03:11.480 c1 → 6B 73 65 63 6f 6e 64  second', answer],
    [
      '12:03:11.480 c1 → 23B not HTTP',
      '    0000  2a 31 0d 0a 24 34 0d 0a 50 49 4e 47 0d 0a 20 61  *1..$4..PING.. a',
      '    0010  6e 64 20 6d 6f 72 65                             nd more',
      '12:03:11.480 c1 → 6B',
      '    0000  73 65 63 6f 6e 64                                second',
      '12:03:11.480 c1 ← 7B not HTTP',
      '    0000  2b 50 4f 4e 47 0d 0a                             +PONG..',
    ],
  ])
})

test('a dump has an end', (t) => {
  const { tap, lines } = watching(2)
  tap.fromClient(Buffer.alloc(5000))
  t.is(lines.length, 1 + 256 + 1)
  t.is(lines.at(-1), '    …')
})

test('TLS is said to be opaque, once, and never shown', (t) => {
  const { tap, lines } = watching(2)
  tap.fromClient(Buffer.from([0x16, 3, 1, 0, 5]))
  tap.fromServer(Buffer.from([0x16, 3, 3, 0, 5]))
  tap.fromClient(Buffer.from([0x17, 3, 3, 0, 5]))
  t.deepEqual(lines, ['12:03:11.480 c1 → TLS for localhost:3000: passed on as it is, opaque from here'])
})

test('a target that is down is one line for each connection', (t) => {
  const asked = watching(0, false)
  asked.tap.fromClient(send)
  asked.tap.broke('server', 'ECONNREFUSED')
  asked.tap.closed()
  t.deepEqual(asked.lines, [
    '12:03:11.482 c1 #1 ✗ 2.0ms POST sqs SendMessage orders localhost:3000 refuses connections (ECONNREFUSED)',
  ])
  const silent = watching(0, false)
  silent.tap.broke('server', 'ENOTFOUND')
  silent.tap.closed()
  t.deepEqual(silent.lines, ['12:03:11.480 c1 ✗ no host of that name is known: localhost:3000 (ENOTFOUND)'])
})

test('a target that takes long to take the connection is told of', (t) => {
  const { tap, clock, lines } = watching(0, false)
  tap.fromClient(send)
  clock.advance(1000)
  t.deepEqual(lines.slice(1), [
    '12:03:12.480 c1 #1 … waiting for localhost:3000 to take the connection 1.0s sqs SendMessage orders',
  ])
})

test('a request that is slow to come says how much is here', (t) => {
  const { tap, clock, lines } = watching(0)
  tap.fromClient(send.subarray(0, send.length - 20))
  clock.advance(250)
  t.deepEqual(lines, ['12:03:11.480 c1 #1 → POST sqs SendMessage 34B so far (aws-sdk-js 3.1169)'])
})

test('a bug and a remark are lines, too', (t) => {
  const voice = new PrettyVoice(picocolors.createColors(false), 0)
  t.is(voice.note('a\nb'), 'note: a\\x0ab\n')
  t.is(
    voice.started({ version: '0.1.0', listen: 'localhost:3001', target: 'localhost:3000' }),
    'pipit 0.1.0  monitor  http://localhost:3001 -> localhost:3000\n',
  )
})
