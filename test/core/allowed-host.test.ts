import test from 'ava'
import { hostComplaint, originComplaint } from '../../src/core/allowed-host.ts'

const rules = { publicUrl: 'https://pipit.example.com:8443', allowedHosts: ['gateway.example.org'] }
const request = (headers: Record<string, string>) => ({
  method: 'POST',
  target: '/',
  rawHeaders: Object.entries(headers).flat(),
  body: Buffer.alloc(0),
})

const trusted = [
  'localhost',
  'LOCALHOST:3000',
  'a.localhost:3000',
  '127.0.0.1:3000',
  '192.168.1.7',
  '[::1]:3000',
  'pipit:3000',
  'host.docker.internal:3000',
  'host.testcontainers.internal',
  'pipit.test',
  'pipit.example.com',
  'PIPIT.example.com.:80',
  'gateway.example.org:3000',
]
for (const host of trusted)
  test(`the host ${host} is trusted`, (t) => t.is(hostComplaint(request({ host }), rules), undefined))

for (const host of [
  'evil.example',
  'evil.example.com:3000',
  '127.0.0.1.evil.example',
  'localhost.evil.example',
  '1.2.3.4.5',
  '',
])
  test(`the host "${host}" is not`, (t) => {
    const complaint = hostComplaint(request({ host }), rules)
    if (host === '') t.is(complaint, undefined, 'an empty Host is from no browser')
    else t.regex(complaint ?? '', /PIPIT_ALLOWED_HOSTS/)
  })

test('a request without a Host is from no browser', (t) => t.is(hostComplaint(request({}), rules), undefined))

const pages: readonly [title: string, headers: Record<string, string>, isTrusted: boolean][] = [
  ['no page', { host: 'localhost:3000' }, true],
  ['a page of the same origin', { host: 'localhost:3000', origin: 'http://localhost:3000' }, true],
  ['a page of the same origin over TLS', { host: 'pipit', origin: 'https://pipit' }, true],
  ['a page of a listed host', { host: 'localhost:3000', origin: 'https://gateway.example.org' }, true],
  ['a page of another port', { host: 'localhost:3000', origin: 'http://localhost:8080' }, false],
  ['a page of another site', { host: 'localhost:3000', origin: 'http://evil.example' }, false],
  ['a page without an origin', { host: 'localhost:3000', origin: 'null' }, false],
  ['a link of another site', { host: 'localhost:3000', 'sec-fetch-site': 'cross-site' }, false],
  ['a link of the same site', { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' }, true],
]
for (const [title, headers, isTrusted] of pages)
  test(`${title} ${isTrusted ? 'may' : 'may not'} ask`, (t) => {
    t.is(originComplaint(request(headers), rules) === undefined, isTrusted)
  })
