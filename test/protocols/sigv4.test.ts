import test from 'ava'
import fc from 'fast-check'
import type { Caller } from '../../src/core/exchange.ts'
import { readCaller } from '../../src/protocols/sigv4.ts'
import { request } from './requests.ts'

const UNSIGNED: Caller = { accessKey: '', region: 'home', account: '000000000000', signingName: '' }

const signed = (scope: string): Caller =>
  readCaller(
    request({
      rawHeaders: [
        'authorization',
        `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=0123`,
      ],
    }),
    'home',
  )

for (const { scope, caller } of [
  { scope: 'AKID/20260101/eu-west-1/sqs/aws4_request', caller: { accessKey: 'AKID', region: 'eu-west-1' } },
  {
    scope: '111122223333/20260101/moon-base-alpha/sqs/aws4_request',
    caller: { accessKey: '111122223333', region: 'moon-base-alpha', account: '111122223333' },
  },
  { scope: '11112222333/20260101/r/sqs/aws4_request', caller: { accessKey: '11112222333', region: 'r' } },
  { scope: '11112222333x/20260101/r/sqs/aws4_request', caller: { accessKey: '11112222333x', region: 'r' } },
  { scope: 'a/b/20260101/a b.c_d/sqs/aws4_request', caller: { accessKey: 'a/b', region: 'a b.c_d' } },
  { scope: 'a/20260101/r/sns/aws4_request', caller: { accessKey: 'a', region: 'r', signingName: 'sns' } },
])
  test(`the credential scope ${scope} is read`, (t) => {
    t.deepEqual(signed(scope), { account: '000000000000', signingName: 'sqs', ...caller })
  })

for (const scope of [
  '',
  'AKID',
  '////',
  '/////',
  'AKID/20260101/eu-west-1/sqs',
  'AKID/20260101/eu-west-1/sqs/aws5_request',
  'AKID/20260101//sqs/aws4_request',
  'AKID/20260101/eu-west-1//aws4_request',
  '/20260101/eu-west-1/sqs/aws4_request',
  '20260101/eu-west-1/sqs/aws4_request',
])
  test(`the credential scope '${scope}' counts as not signed`, (t) => {
    t.deepEqual(signed(scope), UNSIGNED)
  })

test('a request without a signature, or with one of another kind, is not signed', (t) => {
  t.deepEqual(readCaller(request(), 'home'), UNSIGNED)
  for (const value of ['', 'Bearer x', 'AWS4-HMAC-SHA256', 'AWS AKID:x', 'Credential=a/b/c/d/aws4_request'])
    t.deepEqual(readCaller(request({ rawHeaders: ['Authorization', value] }), 'home'), UNSIGNED)
})

test('a presigned URL says who calls, percent-encoded', (t) => {
  const target = '/0/q?Action=ReceiveMessage&X-Amz-Credential=AKID%2F20260101%2Fus-west-2%2Fsqs%2Faws4_request&X=1'
  t.deepEqual(readCaller(request({ method: 'GET', target }), 'home'), {
    accessKey: 'AKID',
    region: 'us-west-2',
    account: '000000000000',
    signingName: 'sqs',
  })
})

for (const target of [
  '/?X-Amz-Credential=%',
  '/?X-Amz-Credential=%ff%2F1%2Fr%2Fsqs%2Faws4_request',
  '/?X-Amz-Credential=',
  'X-Amz-Credential=a/1/r/sqs/aws4_request',
  '/?Not-X-Amz-Credential=a/1/r/sqs/aws4_request',
])
  test(`the presigned URL ${target} counts as not signed`, (t) => {
    t.deepEqual(readCaller(request({ target }), 'home'), UNSIGNED)
  })

test('nothing in a header or a URL makes it throw, and a caller is always whole', (t) => {
  const scope = fc.array(fc.constantFrom('AWS4-HMAC-SHA256 ', 'Credential=', '/', ',', '%2F', '%', 'a', 'aws4_request'))
  fc.assert(
    fc.property(scope, scope, (header, target) => {
      const caller = readCaller(
        request({ rawHeaders: ['Authorization', header.join('')], target: `/?X-Amz-Credential=${target.join('')}` }),
        'home',
      )
      t.not(caller.region, '')
      t.regex(caller.account, /^\d{12}$/)
    }),
    { seed: 1, numRuns: 1000 },
  )
})
