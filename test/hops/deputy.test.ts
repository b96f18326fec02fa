import test from 'ava'
import { deputyComplaint } from '../../src/hops/deputy.ts'
import { authorization, exchangeOf } from './exchanges.ts'

const TRUST = { publicUrl: undefined, allowedHosts: ['app.example'] }
const SIGNED = ['Authorization', authorization()]
const PRESIGNED = '/?Action=ListQueues&X-Amz-Credential=any%2F20260101%2Feu-west-1%2Fsqs%2Faws4_request'

const complaint = (headers: readonly string[], target = '/'): string | undefined =>
  deputyComplaint(exchangeOf({ headers, request: { target } }), TRUST)

for (const [what, headers, target] of [
  ['a client that signs', [...SIGNED, 'Host', 'localhost:3000']],
  ['a presigned URL', ['Host', 'pipit:3000'], PRESIGNED],
  ['an address', [...SIGNED, 'Host', '192.168.1.7:3000']],
  ['the other side of the container', [...SIGNED, 'Host', 'host.docker.internal:3000']],
  ['a page of the gateway itself', [...SIGNED, 'Host', 'localhost:3000', 'Origin', 'http://localhost:3000']],
  ['a page that is allowed', [...SIGNED, 'Host', 'localhost:3000', 'Origin', 'https://app.example']],
  ['a host that is allowed', [...SIGNED, 'Host', 'app.example']],
] as ReadonlyArray<readonly [string, readonly string[], string?]>) {
  test(`what comes from ${what} passes`, (t) => {
    t.is(complaint(headers, target), undefined)
  })
}

for (const [what, headers, target, words] of [
  ['nobody who signs', ['Host', 'localhost:3000'], '/', /bears no signature/],
  ['a signature of another kind', ['Host', 'localhost', 'Authorization', 'Bearer x'], '/', /bears no signature/],
  ['a form of another page', [...SIGNED, 'Host', 'localhost', 'Origin', 'https://evil.example'], '/', /evil\.example/],
  ['a page without an origin', [...SIGNED, 'Host', 'localhost', 'Origin', 'null'], '/', /a page of "null"/],
  [
    'an image of another page',
    ['Host', 'localhost', 'Sec-Fetch-Site', 'cross-site'],
    PRESIGNED,
    /a page of another site/,
  ],
  ['a name that points here', [...SIGNED, 'Host', 'evil.example'], '/', /"evil\.example" is not one/],
] as const) {
  test(`what comes from ${what} does not pass`, (t) => {
    t.regex(complaint(headers, target) ?? '', words)
  })
}
