import test from 'ava'
import { harEntry, harFrame } from '../../src/monitor/har-entry.ts'
import { ascii, conversation, exchangeOf, jsonAnswer, jsonCall } from './lab.ts'

// A reader of archives has no type for them either.
const entryOf = (...of: Parameters<typeof exchangeOf>): any => harEntry(exchangeOf(...of))

test('an exchange is an entry of an archive', (t) => {
  const entry = entryOf(
    jsonCall('SendMessage', { QueueUrl: 'http://h/0/orders', MessageBody: 'hello' }),
    jsonAnswer(200, { MessageId: 'x' }, ['Content-Type: application/x-amz-json-1.0']),
  )
  t.like(entry, {
    startedDateTime: new Date(2026, 0, 1, 12, 3, 11, 480).toISOString(),
    request: {
      method: 'POST',
      url: 'http://localhost:3001/sqs/',
      httpVersion: 'HTTP/1.1',
      queryString: [],
      bodySize: 54,
      postData: {
        mimeType: 'application/x-amz-json-1.0',
        text: '{"QueueUrl":"http://h/0/orders","MessageBody":"hello"}',
      },
    },
    response: {
      status: 200,
      statusText: 'Any',
      bodySize: 17,
      content: { size: 17, mimeType: 'application/x-amz-json-1.0', text: '{"MessageId":"x"}' },
    },
    connection: '1',
    _operation: 'SendMessage',
    _resource: 'orders',
  })
  t.deepEqual(entry.request.headers[1], { name: 'X-Amz-Target', value: 'AmazonSQS.SendMessage' })
  const { send, wait, receive } = entry.timings
  t.true(Math.abs(send + wait + receive - entry.time) < 0.01)
})

test('what every reader of archives needs is there', (t) => {
  const entry = entryOf(ascii('GET / HTTP/1.1\r\n\r\n'), ascii('HTTP/1.1 204 No\r\n\r\n'))
  for (const name of ['method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'headersSize', 'bodySize'])
    t.true(name in entry.request, name)
  for (const name of [
    'status',
    'statusText',
    'httpVersion',
    'cookies',
    'headers',
    'content',
    'redirectURL',
    'headersSize',
    'bodySize',
  ])
    t.true(name in entry.response, name)
  t.is(entry.request.url, 'http://localhost:3000/')
  t.deepEqual(entry.cache, {})
})

test('a query has its parameters, decoded', (t) => {
  const { request } = entryOf(
    ascii('GET /a?b=c%20d&e+f&=&X-Amz-Signature=hunter2 HTTP/1.1\r\nHost: x\r\n\r\n'),
    jsonAnswer(200, {}),
  )
  t.is(request.url, 'http://x/a?b=c%20d&e+f&=&X-Amz-Signature=[redacted]')
  t.deepEqual(request.queryString, [
    { name: 'b', value: 'c d' },
    { name: 'e f', value: '' },
    { name: '', value: '' },
    { name: 'X-Amz-Signature', value: '[redacted]' },
  ])
})

test('bytes that are no text are base64', (t) => {
  const entry = entryOf(
    ascii('POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n\xff\x00'),
    ascii('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xfe\x00'),
  )
  t.like(entry.request.postData, { text: '/wA=', comment: 'base64' })
  t.like(entry.response.content, { text: '/gA=', encoding: 'base64' })
})

test('no secret is in it, in heads, texts or bytes', (t) => {
  const blob = { DataType: 'Binary', BinaryValue: Buffer.from('AKIAIOSFODNN7EXAMPLE').toString('base64') }
  const entry = entryOf(
    jsonCall(
      'SendMessage',
      { QueueUrl: 'http://h/0/q', MessageBody: 'password=hunter2', MessageAttributes: { blob } },
      ['Authorization: Bearer hunter2', 'Cookie: hunter2'],
    ),
    jsonAnswer(200, { MessageId: 'AKIAIOSFODNN7EXAMPLE' }, ['Set-Cookie: hunter2']),
  )
  const text = JSON.stringify(entry)
  t.false(/hunter2|AKIAIOS|QUtJQUlP/.test(text), text)
  const form = entryOf(
    ascii(
      `GET /?Action=SendMessage&MessageBody=x&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=Binary&MessageAttribute.1.Value.BinaryValue=${encodeURIComponent(blob.BinaryValue)} HTTP/1.1\r\n\r\n`,
    ),
    jsonAnswer(200, {}),
  )
  t.false(/QUtJQUlP/.test(JSON.stringify(form)))
})

test('one that got no answer has the status 0, and why', (t) => {
  const entries: any[] = []
  const { tap } = conversation({ audience: { ended: (exchange) => entries.push(harEntry(exchange)) } })
  tap.fromClient(ascii('GET / HTTP/1.1\r\n\r\n'))
  tap.broke('server', 'ECONNRESET')
  t.is(entries[0].response.status, 0)
  t.like(entries[0], { _failure: 'the server reset the connection (ECONNRESET)' })
})

test('a body that was not kept is said to be missing', (t) => {
  const entries: any[] = []
  const { tap } = conversation({ budgetBytes: 0, audience: { ended: (exchange) => entries.push(harEntry(exchange)) } })
  tap.fromClient(ascii('POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\na'))
  tap.fromServer(ascii('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb'))
  t.is(entries[0].request.postData.comment, 'longer than what is kept')
  t.is(entries[0].response.content.comment, 'longer than what is kept')
})

test('entries with what stands around them are JSON', (t) => {
  const { begin, end } = harFrame('0.1.0')
  t.deepEqual(JSON.parse(`${begin}{},\n{}${end}`), {
    log: { version: '1.2', creator: { name: 'pipit', version: '0.1.0' }, entries: [{}, {}] },
  })
})
