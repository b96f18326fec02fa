import test from 'ava'
import type { HttpRequest, Outcome } from '../../src/core/exchange.ts'
import { browserAnswer, withBrowserHeaders } from '../../src/http/browser.ts'

const request = (method: string, ...rawHeaders: string[]): HttpRequest => ({
  method,
  target: '/?Action=DeleteQueue',
  rawHeaders: ['Host', 'localhost:3000', ...rawHeaders],
  body: Buffer.alloc(0),
})

const rows: readonly [string, HttpRequest, number | undefined][] = [
  ['a POST is executed', request('POST'), undefined],
  ['a POST of another origin is executed', request('POST', 'Origin', 'http://evil.example'), undefined],
  ['a GET without an origin is executed', request('GET'), undefined],
  ['a GET of the same origin is executed', request('GET', 'Origin', 'http://localhost:3000'), undefined],
  ['a GET of another origin is refused', request('GET', 'Origin', 'http://evil.example'), 403],
  ['a GET of an opaque origin is refused', request('GET', 'Origin', 'null'), 403],
  ['an image of another site is refused', request('GET', 'Sec-Fetch-Site', 'cross-site'), 403],
  ['typing the address is no foreign page', request('GET', 'Sec-Fetch-Site', 'none'), undefined],
  ['a preflight is answered', request('OPTIONS', 'Origin', 'http://app.example'), 204],
  ['an OPTIONS without an origin is no preflight', request('OPTIONS'), undefined],
]

for (const [title, given, status] of rows) test(title, (t) => t.is(browserAnswer(given)?.status, status))

test('a page may read the answer to what it asked, and its headers', (t) => {
  const outcome: Outcome = { kind: 'response', response: { status: 200, rawHeaders: ['A', 'b'], body: '' } }
  t.is(withBrowserHeaders(request('POST'), outcome), outcome)
  const shared = withBrowserHeaders(request('POST', 'Origin', 'http://app.example'), outcome)
  if (shared.kind !== 'response') return t.fail()
  const { rawHeaders } = shared.response
  t.deepEqual(rawHeaders.slice(0, 6), ['A', 'b', 'Access-Control-Allow-Origin', 'http://app.example', 'Vary', 'Origin'])
})

test('a failure stays a failure', (t) => {
  const outcome: Outcome = { kind: 'failure', failure: { ending: 'reset', reason: 'test' } }
  t.is(withBrowserHeaders(request('POST', 'Origin', 'http://app.example'), outcome), outcome)
})
