import test from 'ava'
import { RequestHead, ResponseHead } from '../../src/monitor/http-head.ts'

const request = (...headers: string[]) => RequestHead.read(['POST /a?b HTTP/1.1', ...headers, ''].join('\r\n'))
const answer = (status: number, ...headers: string[]) =>
  ResponseHead.read([`HTTP/1.1 ${status} Fine`, ...headers, ''].join('\r\n'))

test('a request has a method, a target and headers as they were written', (t) => {
  const head = request('hOST: x', 'X-A:1', 'x-a:  2 ', 'Folded: a', '  b')
  t.is(head?.method, 'POST')
  t.is(head?.target, '/a?b')
  t.deepEqual(head?.rawHeaders, ['hOST', 'x', 'X-A', '1', 'x-a', '2', 'Folded', 'a b'])
  t.is(head?.sizeBytes, 'POST /a?b HTTP/1.1\r\nhOST: x\r\nX-A:1\r\nx-a:  2 \r\nFolded: a\r\n  b\r\n\r\n'.length)
})

for (const line of ['GET /', 'GET / HTTP/2.0', 'GET  / HTTP/1.1', 'G(T / HTTP/1.1', '', 'HTTP/1.1 200 OK', '* OK IMAP'])
  test(`'${line}' begins no request`, (t) => {
    t.is(RequestHead.read(`${line}\r\n`), undefined)
  })

for (const line of ['HTTP/2 200', 'HTTP/1.1 20', 'HTTP/1.1 099 x', 'GET / HTTP/1.1', '+OK POP3'])
  test(`'${line}' begins no answer`, (t) => {
    t.is(ResponseHead.read(`${line}\r\n`), undefined)
  })

test('an answer has a status and may have a reason', (t) => {
  t.like(answer(404), { status: 404, reason: 'Fine' })
  t.like(ResponseHead.read('HTTP/1.0 200\r\n'), { status: 200, reason: '' })
})

for (const [title, headers, framing] of [
  ['has no body', [], 0],
  ['has a body of a length', ['content-LENGTH: 12'], 12],
  ['has the same length twice', ['Content-Length: 12', 'Content-Length: 12'], 12],
  ['has chunks', ['Transfer-Encoding: gzip, Chunked'], 'chunked'],
  [
    'has chunks, whatever length it names',
    ['Content-Length: 5', 'transfer-encoding: chunked', 'Content-Length: 6'],
    'chunked',
  ],
  ['has two lengths and no sense', ['Content-Length: 1', 'Content-Length: 2'], undefined],
  ['has a length that is none', ['Content-Length: -1'], undefined],
  ['has an endless length', ['Content-Length: 99999999999999999'], undefined],
  ['cannot end with its connection', ['Transfer-Encoding: gzip'], undefined],
  ['names the header in a value', ['X: content-length: 3'], 0],
  ['has a header with a longer name', ['X-Content-Length: 3', 'Content-Length-X: 4'], 0],
] as const)
  test(`a request ${title}`, (t) => {
    t.is(request(...headers)?.framing, framing)
  })

for (const [title, status, method, headers, framing] of [
  ['ends with its connection', 200, 'GET', [], 'until-close'],
  ['has a length', 200, 'GET', ['Content-Length: 3'], 3],
  ['to HEAD has none of the body that it names', 200, 'HEAD', ['Content-Length: 3'], 0],
  ['204 has no body', 204, 'GET', ['Transfer-Encoding: chunked'], 0],
  ['304 has no body', 304, 'GET', ['Content-Length: 3'], 0],
  ['100 has no body', 100, 'GET', [], 0],
  ['with another coding ends with its connection', 200, 'GET', ['Transfer-Encoding: gzip'], 'until-close'],
] as const)
  test(`an answer ${title}`, (t) => {
    t.is(answer(status, ...headers)?.framingFor(method), framing)
  })

test('100 is not the last word, 101 is and changes the protocol, as does an agreed CONNECT', (t) => {
  t.true(answer(100)?.isInterim)
  t.true(answer(103)?.isInterim)
  t.false(answer(101)?.isInterim)
  t.true(answer(101)?.switches('GET'))
  t.true(answer(200)?.switches('CONNECT'))
  t.false(answer(403)?.switches('CONNECT'))
  t.false(answer(200)?.switches('GET'))
})
