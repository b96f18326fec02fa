import test from 'ava'
import fc from 'fast-check'
import { ascii, conversation, jsonAnswer, jsonCall } from './lab.ts'

const get = (path = '/'): Buffer => ascii(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
const ok = (body = ''): Buffer => ascii(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`)

test('a request is told of when it is here, its answer when that is', (t) => {
  const { tap, told, connection } = conversation()
  tap.fromClient(get())
  t.deepEqual(told, ['arrived 1'])
  tap.fromServer(ok('ab'))
  t.deepEqual(told, ['arrived 1', 'ended 1 200'])
  t.like(connection, { spoken: 'http', exchanges: 1, clientBytes: 27, serverBytes: 40 })
})

test('pipelined requests get their answers in their order', (t) => {
  const { tap, told, exchanges } = conversation()
  tap.fromClient(Buffer.concat([get('/1'), get('/2'), get('/3')]))
  tap.fromServer(Buffer.concat([ok('a'), ok('bb')]))
  tap.fromServer(ok('ccc'))
  t.deepEqual(told, ['arrived 1', 'arrived 2', 'arrived 3', 'ended 1 200', 'ended 2 200', 'ended 3 200'])
  t.deepEqual(
    exchanges.map(({ head, responseBody }) => [head.target, responseBody?.sizeBytes]),
    [
      ['/1', 1],
      ['/2', 2],
      ['/3', 3],
    ],
  )
})

test('100 Continue is passed over, the body comes after it', (t) => {
  const { tap, clock, told, exchanges } = conversation()
  tap.fromClient(ascii('PUT / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n'))
  tap.fromServer(ascii('HTTP/1.1 100 Continue\r\n\r\n'))
  t.deepEqual(told, [])
  clock.advance(250)
  t.deepEqual(told, ['arrived 1'])
  tap.fromClient(ascii('abc'))
  tap.fromServer(ascii('HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n'))
  tap.fromServer(ok())
  t.deepEqual(told, ['arrived 1', 'ended 1 200'])
  t.is(exchanges[0]?.body.sizeBytes, 3)
})

test('an answer may come before the request is whole', (t) => {
  const { tap, told } = conversation()
  tap.fromClient(ascii('PUT / HTTP/1.1\r\nContent-Length: 6\r\n\r\nabc'))
  tap.fromServer(ascii('HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n'))
  t.deepEqual(told, ['arrived 1', 'ended 1 413'])
  tap.fromClient(ascii('def'))
  tap.fromClient(get())
  tap.fromServer(ok())
  t.deepEqual(told.slice(2), ['arrived 2', 'ended 2 200'])
})

test('a HEAD has an answer without the body that it names', (t) => {
  const { tap, told } = conversation()
  tap.fromClient(ascii('HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n'))
  tap.fromServer(ascii('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n'))
  t.deepEqual(told, ['arrived 1', 'arrived 2', 'ended 1 200', 'ended 2 404'])
})

test('an answer without a length ends with the connection', (t) => {
  const { tap, told, exchanges } = conversation()
  tap.fromClient(get())
  tap.fromServer(ascii('HTTP/1.1 200 OK\r\n\r\nabc'))
  tap.serverEnded()
  t.deepEqual(told, ['arrived 1', 'ended 1 200'])
  t.is(exchanges[0]?.responseBody?.sizeBytes, 3)
  tap.clientEnded()
  tap.closed()
  t.deepEqual(told.slice(2), ['closed'])
})

test('after 101 the connection speaks something else', (t) => {
  const { tap, told, connection } = conversation()
  tap.fromClient(ascii('GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n'))
  tap.fromServer(ascii('HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n\x81\x02hi'))
  tap.fromClient(ascii('GET / HTTP/1.1\r\n\r\n'))
  t.deepEqual(told, ['arrived 1', 'ended 1 101', 'raw server \x81\x02hi', 'raw client GET / HTTP/1.1\r\n\r\n'])
  t.is(connection.spoken, 'other')
  t.false(tap.isIdle)
})

test('what CONNECT opens is not read, and TLS in it is seen', (t) => {
  const { tap, told, connection } = conversation()
  tap.fromClient(ascii('CONNECT a.example:443 HTTP/1.1\r\n\r\n'))
  tap.fromServer(ascii('HTTP/1.1 200 Established\r\n\r\n'))
  tap.fromClient(Buffer.from([0x16, 3, 1, 2]))
  t.deepEqual(told, ['arrived 1', 'ended 1 200', 'raw client \x16\x03\x01\x02'])
  t.is(connection.spoken, 'tls')
})

for (const [title, bytes, spoken] of [
  ['TLS', Buffer.from([0x16, 3, 1, 2, 0]), 'tls'],
  ['a protocol of its own', ascii('*1\r\n$4\r\nPING\r\n'), 'other'],
  ['HTTP/2', ascii('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), 'other'],
  ['lines of words', ascii('HELO example\r\n'), 'other'],
  ['bytes', Buffer.from([0, 1, 2]), 'other'],
] as const)
  test(`${title} is handed over as it is`, (t) => {
    const { tap, told, connection } = conversation()
    tap.fromClient(bytes)
    tap.fromServer(ascii('HTTP/1.1 200 OK\r\n\r\n'))
    t.deepEqual(told, [`raw client ${bytes.toString('latin1')}`, 'raw server HTTP/1.1 200 OK\r\n\r\n'])
    t.is(connection.spoken, spoken)
  })

test('a server that speaks first speaks no HTTP', (t) => {
  const { tap, told, connection } = conversation()
  tap.fromClient(ascii('EHLO'))
  t.deepEqual(told, [])
  tap.fromServer(ascii('220 mail\r\n'))
  t.deepEqual(told, ['raw client EHLO', 'raw server 220 mail\r\n'])
  t.is(connection.spoken, 'other')
})

test('an answer that nobody asked for is shown as it is', (t) => {
  const { tap, told } = conversation()
  tap.fromServer(ascii('HTTP/1.1 408 Request Timeout\r\n\r\n'))
  t.deepEqual(told, ['raw server HTTP/1.1 408 Request Timeout\r\n\r\n'])
})

test('when HTTP goes wrong in the middle, what waits is given up and the rest is shown as it is', (t) => {
  const { tap, told } = conversation()
  tap.fromClient(get())
  tap.fromServer(ascii('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n'))
  t.deepEqual(told, [
    'arrived 1',
    'ended 1 in the answer: from here on the connection cannot be read as HTTP',
    'raw server nonsense\r\n',
  ])
})

test('a client that pipelines without an end is not followed', (t) => {
  const { tap, told } = conversation()
  for (let i = 0; i < 1001; i++) tap.fromClient(get())
  t.is(told.filter((line) => line.startsWith('arrived')).length, 1000)
  t.regex(told.at(-1) ?? '', /^raw client GET/)
})

for (const [title, happen, reason] of [
  ['the server closes', (tap) => tap.serverEnded(), 'the server closed the connection'],
  ['the server resets', (tap) => tap.broke('server', 'ECONNRESET'), 'the server reset the connection (ECONNRESET)'],
  ['the client resets', (tap) => tap.broke('client', 'ECONNRESET'), 'the client reset the connection (ECONNRESET)'],
  ['the forward ends', (tap) => tap.closed(), 'the connection was closed'],
  [
    'the client has ended its side and the server closes',
    (tap) => {
      tap.clientEnded()
      tap.serverEnded()
    },
    'the server closed the connection, after the client had ended its side',
  ],
] satisfies [string, (tap: ReturnType<typeof conversation>['tap']) => void, string][])
  test(`when ${title}, what waits has no answer: ${reason}`, (t) => {
    const { tap, told, budget } = conversation()
    tap.fromClient(Buffer.concat([get(), get()]))
    happen(tap)
    t.deepEqual(
      told.filter((line) => line.startsWith('ended')),
      [`ended 1 ${reason}`, `ended 2 ${reason}`],
    )
    t.is(budget.usedBytes, 0)
  })

test('an answer that breaks off in the middle is none', (t) => {
  const { tap, told, exchanges } = conversation()
  tap.fromClient(get())
  tap.fromServer(ascii('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc'))
  tap.broke('server', 'ECONNRESET')
  t.deepEqual(told.slice(1), [
    'ended 1 in the answer: the server reset the connection (ECONNRESET)',
    'broke server ECONNRESET 1',
  ])
  t.is(exchanges[0]?.failure?.ending, 'reset')
})

test('half-close: the client ends its side, and the answer still comes', (t) => {
  const { tap, told } = conversation()
  tap.fromClient(get())
  tap.clientEnded()
  tap.fromServer(ok())
  tap.serverEnded()
  tap.closed()
  t.deepEqual(told, ['arrived 1', 'ended 1 200', 'closed'])
})

test('a target that is not there: the request is told of once, with what became of it', (t) => {
  const { tap, clock, told } = conversation({ isConnected: false })
  tap.fromClient(get())
  t.deepEqual(told, [])
  tap.broke('server', 'ECONNREFUSED')
  tap.closed()
  clock.advance(1000)
  t.deepEqual(told, [
    'ended 1 localhost:3000 refuses connections (ECONNREFUSED)',
    'broke server ECONNREFUSED 1',
    'closed',
  ])
})

test('a target that takes long to take the connection: requests are told of after a moment, or when it has', (t) => {
  const slow = conversation({ isConnected: false })
  slow.tap.fromClient(Buffer.concat([get(), get()]))
  slow.clock.advance(250)
  t.deepEqual(slow.told, ['arrived 1', 'arrived 2'])
  slow.tap.connected()
  t.deepEqual(slow.told, ['arrived 1', 'arrived 2', 'connected'])
  const quick = conversation({ isConnected: false })
  quick.tap.fromClient(get())
  quick.tap.connected()
  quick.clock.advance(1000)
  t.deepEqual(quick.told, ['connected', 'arrived 1'])
})

test('it is idle between two exchanges, and only then', (t) => {
  const { tap } = conversation()
  t.true(tap.isIdle)
  tap.fromClient(ascii('GET / HT'))
  t.false(tap.isIdle)
  tap.fromClient(ascii('TP/1.1\r\n\r\n'))
  t.false(tap.isIdle)
  tap.fromServer(ok())
  t.true(tap.isIdle)
})

test('bodies beyond the budget are counted, and calls have what their heads say', (t) => {
  const { tap, exchanges } = conversation({ budgetBytes: 10 })
  tap.fromClient(jsonCall('SendMessage', { QueueUrl: 'http://h/0/orders', MessageBody: 'hello' }))
  tap.fromServer(jsonAnswer(200, { MessageId: 'x'.repeat(50) }))
  t.is(exchanges[0]?.reading.operation, 'SendMessage')
  t.is(exchanges[0]?.description.resource, undefined)
  t.is(exchanges[0]?.requestBytes, undefined)
  t.true((exchanges[0]?.body.sizeBytes ?? 0) > 40)
})

test('whatever crosses, in whatever pieces, every exchange that arrived ends once, and nothing throws', (t) => {
  const piece = fc.constantFrom(
    'GET / HTTP/1.1\r\n',
    '\r\n',
    'Content-Length: 3\r\n',
    'Transfer-Encoding: chunked\r\n',
    'abc',
    '3\r\n',
    '0\r\n\r\n',
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 101 x\r\n\r\n',
    '\x16\x03',
    'CONNECT a HTTP/1.1\r\n\r\n',
  )
  const step = fc.tuple(fc.constantFrom('client', 'server', 'clientEnd', 'serverEnd', 'wait'), piece)
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), (steps, isReset) => {
      const { tap, clock, told, budget } = conversation()
      for (const [what, text] of steps) {
        if (what === 'client') tap.fromClient(ascii(text))
        else if (what === 'server') tap.fromServer(ascii(text))
        else if (what === 'clientEnd') tap.clientEnded()
        else if (what === 'serverEnd') tap.serverEnded()
        else clock.advance(300)
      }
      if (isReset) tap.broke('server', 'ECONNRESET')
      tap.closed()
      const ids = (kind: string) =>
        told.filter((line) => line.startsWith(`${kind} `)).map((line) => Number(line.split(' ')[1]))
      const ended = ids('ended')
      t.is(new Set(ended).size, ended.length)
      t.true(ids('arrived').every((id) => ended.includes(id)))
      t.is(budget.usedBytes, 0)
      t.is(told.at(-1), 'closed')
    }),
    { numRuns: 2000, seed: 1 },
  )
})
