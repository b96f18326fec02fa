import test from 'ava'
import { originOf } from '../../src/http/origin.ts'

const rules = { publicUrl: undefined, trustProxy: false }
const FALLBACK = 'http://localhost:3000'

const origin = (rawHeaders: string[], given: Partial<typeof rules> & object = {}, isTls = false): string =>
  originOf({ method: 'GET', target: '/', rawHeaders, body: Buffer.alloc(0) }, isTls, { ...rules, ...given }, FALLBACK)

for (const host of ['pipit:3000', 'localhost:49153', '127.0.0.1', '[::1]:3000', 'host.docker.internal:3000'])
  test(`a client that used ${host} is handed URLs with it`, (t) => {
    t.is(origin(['Host', host]), `http://${host}`)
    t.is(origin(['host', host], {}, true), `https://${host}`)
  })

for (const host of ['', 'a b', 'evil"><script>', 'a/b', 'user@host', 'a\\b', 'x'.repeat(300)])
  test(`a Host of ${JSON.stringify(host.slice(0, 20))} is not repeated`, (t) => {
    t.is(origin(['Host', host]), FALLBACK)
  })

test('without a Host it is the address that pipit listens on', (t) => {
  t.is(origin([]), FALLBACK)
})

test('what a proxy says is believed only when told to', (t) => {
  const headers = ['Host', 'inner:1', 'X-Forwarded-Host', 'outer:2, inner:1', 'X-Forwarded-Proto', 'https']
  t.is(origin(headers), 'http://inner:1')
  t.is(origin(headers, { trustProxy: true }), 'https://outer:2')
  t.is(origin([...headers.slice(0, 4), 'X-Forwarded-Proto', 'gopher'], { trustProxy: true }), 'http://outer:2')
})

test('a public URL replaces all of it', (t) => {
  t.is(
    originOf(
      { method: 'GET', target: '/', rawHeaders: ['Host', 'a'], body: Buffer.alloc(0) },
      false,
      { publicUrl: 'https://sqs.example', trustProxy: true },
      FALLBACK,
    ),
    'https://sqs.example',
  )
})
