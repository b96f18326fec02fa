import test from 'ava'
import fc from 'fast-check'
import { ResponseHead } from '../../src/monitor/http-head.ts'
import { HttpParser } from '../../src/monitor/http-parser.ts'
import { ascii } from './lab.ts'

/** Everything that a parser says, bodies put together: `head HTTP/1.1 200 OK`, `body ab`, `end`, `raw xy`. */
function parsing(method = 'GET') {
  const said: string[] = []
  const add = (kind: string, bytes: Buffer): void => {
    const last = said.at(-1)
    if (last?.startsWith(`${kind} `) === true) said[said.length - 1] = last + bytes.toString('latin1')
    else said.push(`${kind} ${bytes.toString('latin1')}`)
  }
  const parser: HttpParser = new HttpParser(
    {
      onHead: (text) => {
        const head = ResponseHead.read(text)
        if (head === undefined) return 'not-http'
        said.push(`head ${head.status}`)
        return head.framingFor(method) ?? 'not-http'
      },
      onBody: (bytes, start, end) => add('body', bytes.subarray(start, end)),
      onEnd: () => said.push('end'),
      onRaw: (bytes) => add('raw', bytes),
    },
    (start) => (start.length < 7 ? 'HTTP/1.'.startsWith(start) : start.startsWith('HTTP/1.')),
  )
  return { parser, said }
}

const STREAMS: ReadonlyArray<{ title: string; text: string; said: readonly string[]; isCut?: boolean }> = [
  {
    title: 'two messages in a row',
    text: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n',
    said: ['head 200', 'body ab', 'end', 'head 404', 'end'],
  },
  {
    title: 'chunks with extensions and trailers',
    text: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x="y"\r\nabc\r\nA \r\n0123456789\r\n0\r\nX: 1\r\nY: 2\r\n\r\nHTTP/1.1 204 No\r\n\r\n',
    said: ['head 200', 'body abc0123456789', 'end', 'head 204', 'end'],
  },
  {
    title: 'chunks without trailers',
    text: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
    said: ['head 200', 'body a', 'end'],
  },
  {
    title: 'a body that ends with the connection',
    text: 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 is in the body\r\n\r\n',
    said: ['head 200', 'body HTTP/1.1 is in the body\r\n\r\n', 'end'],
  },
  {
    title: 'line breaks between messages',
    text: 'HTTP/1.1 204 No\r\n\r\n\r\n\r\nHTTP/1.1 204 No\r\n\r\n\r\n',
    said: ['head 204', 'end', 'head 204', 'end'],
  },
  {
    title: 'a body that is cut off',
    text: 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab',
    said: ['head 200', 'body ab'],
    isCut: true,
  },
  {
    title: 'a head that is cut off',
    text: 'HTTP/1.1 200 OK\r\nContent-Le',
    said: ['raw HTTP/1.1 200 OK\r\nContent-Le'],
    isCut: true,
  },
  { title: 'something else', text: '220 smtp\r\nx', said: ['raw 220 smtp\r\nx'] },
  {
    title: 'something else that looks the same at first',
    text: 'HTTP/2 200\r\n\r\nx',
    said: ['raw HTTP/2 200\r\n\r\nx'],
  },
  {
    title: 'something else after a message',
    text: 'HTTP/1.1 204 No\r\n\r\n\x01\x02binary\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
    said: ['head 204', 'end', 'raw \x01\x02binary\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'],
  },
  {
    title: 'a chunk size that is none',
    text: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nxyz\r\nrest',
    said: ['head 200', 'body a', 'raw xyz\r\nrest'],
  },
  {
    title: 'a chunk that is longer than it says',
    text: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n',
    said: ['head 200', 'body a', 'raw b\r\n0\r\n\r\n'],
  },
]

for (const { title, text, said, isCut = false } of STREAMS)
  test(`${title}: the same however it is cut into pieces`, (t) => {
    const whole = ascii(text)
    for (let size = 1; size <= whole.length; size++) {
      const stream = parsing()
      for (let at = 0; at < whole.length; at += size) stream.parser.push(whole.subarray(at, at + size))
      const cut = stream.parser.end()
      t.deepEqual(stream.said, said, `in pieces of ${size}`)
      t.is(cut, isCut)
    }
  })

test('random cuts of many messages make no difference', (t) => {
  const message = fc
    .tuple(fc.string({ unit: 'binary-ascii', maxLength: 300 }), fc.boolean(), fc.integer({ min: 1, max: 50 }))
    .map(([body, isChunked, size]) => {
      if (!isChunked) return { body, text: `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}` }
      const chunks: string[] = []
      for (let at = 0; at < body.length; at += size) {
        const chunk = body.slice(at, at + size)
        chunks.push(`${chunk.length.toString(16)}\r\n${chunk}\r\n`)
      }
      return { body, text: `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n\r\n` }
    })
  fc.assert(
    fc.property(fc.array(message, { maxLength: 6 }), fc.array(fc.nat(400)), (messages, cuts) => {
      const whole = ascii(messages.map(({ text }) => text).join(''))
      const { parser, said } = parsing()
      let at = 0
      for (const cut of [...cuts, whole.length]) {
        parser.push(whole.subarray(at, at + cut))
        at += cut
      }
      parser.push(whole.subarray(Math.min(at, whole.length)))
      t.deepEqual(
        said,
        messages.flatMap(({ body }) => ['head 200', ...(body === '' ? [] : [`body ${body}`]), 'end']),
      )
      t.true(parser.isBetween)
    }),
    { numRuns: 300, seed: 1 },
  )
})

test('any bytes are read or handed over, never thrown on', (t) => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), fc.boolean(), (pieces, isBegun) => {
      const { parser } = parsing()
      if (isBegun) parser.push(ascii('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'))
      for (const piece of pieces) parser.push(Buffer.from(piece))
      parser.end()
      t.pass()
    }),
    { numRuns: 500, seed: 1 },
  )
})

test('a head without an end is given up, and so is a size line and a trailer without one', (t) => {
  for (const start of [
    '',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n',
  ]) {
    const { parser, said } = parsing()
    parser.push(ascii(`${start}${start === '' ? 'HTTP/1.1 200 OK\r\nX: ' : ''}`))
    for (let i = 0; i < 300; i++) parser.push(ascii('a'.repeat(1024)))
    t.regex(said.at(-1) ?? '', /^raw /)
    t.false(parser.isBetween)
  }
})

test('a long head in the smallest pieces takes linear time', (t) => {
  const { parser, said } = parsing()
  const head = ascii(`HTTP/1.1 204 No\r\nX: ${'a'.repeat(200_000)}\r\n\r\n`)
  const started = process.cpuUsage()
  for (let at = 0; at < head.length; at++) parser.push(head.subarray(at, at + 1))
  t.true(process.cpuUsage(started).user < 2_000_000)
  t.deepEqual(said, ['head 204', 'end'])
})

test('whoever is told to stop reading hands over what is there and what comes', (t) => {
  const { parser, said } = parsing()
  parser.push(ascii('HTTP/1.1 2'))
  parser.goRaw()
  parser.push(ascii('00 OK\r\n\r\n'))
  parser.goRaw()
  t.deepEqual(said, ['raw HTTP/1.1 200 OK\r\n\r\n'])
})
