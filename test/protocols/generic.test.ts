import test from 'ava'
import { type Call, type HttpRequest, isDecodeFailure } from '../../src/core/exchange.ts'
import { generic, likelyProtocol } from '../../src/protocols/generic.ts'

const request = (init: Partial<HttpRequest> & { headers?: readonly string[] } = {}): HttpRequest => ({
  method: 'POST',
  target: '/',
  rawHeaders: init.headers ?? [],
  body: Buffer.alloc(0),
  ...init,
})

function callOf(given: HttpRequest, mount = ''): Call {
  const call = generic(given).decodeRequest(given, mount)
  if (isDecodeFailure(call)) throw new Error(call.error.message)
  return call
}

const FORM = ['Content-Type', 'application/x-www-form-urlencoded']

for (const [what, given, operation] of [
  ['X-Amz-Target', request({ headers: ['X-Amz-Target', 'DynamoDB_20120810.PutItem'] }), 'PutItem'],
  ['the form', request({ headers: FORM, body: Buffer.from('Version=1&Action=Publish&Message=x') }), 'Publish'],
  ['the URL', request({ method: 'GET', target: '/?Action=Publish' }), 'Publish'],
  ['method and path', request({ method: 'PUT', target: '/2015-03-31/functions/f?x=1' }), 'PUT /2015-03-31/functions/f'],
  ['method and path where a form has none', request({ headers: FORM }), 'POST /'],
  ['method and path where a form is none', request({ headers: FORM, body: Buffer.from('Action=%zz') }), 'POST /'],
] as const) {
  test(`an operation is known by ${what}`, (t) => {
    t.is(callOf(given).operation, operation)
    t.deepEqual(callOf(given).input, {})
  })
}

test('the path is the one below the mount', (t) => {
  t.is(callOf(request({ method: 'GET', target: '/s/blue/things?x' }), '/s/blue').path, '/things')
})

test('errors are told as the client speaks', (t) => {
  const error = { shape: 'PipitX', code: 'PipitX', status: 400, fault: 'Sender', message: 'no' } as const
  const answer = (given: HttpRequest): string =>
    likelyProtocol(given).encodeResponse({ operation: '' }, { kind: 'error', error }, 'id', given).body.toString()
  t.regex(answer(request({ headers: ['X-Amz-Target', 'A.B'] })), /^\{"__type":"com\.amazon\.coral\.service#PipitX"/)
  t.regex(answer(request({ headers: ['Content-Type', 'application/json'] })), /^\{/)
  t.regex(answer(request({ headers: FORM })), /<Code>PipitX<\/Code>/)
})

test('of answers, errors are understood in every way in which services tell them', (t) => {
  const read = (status: number, body: string, ...rawHeaders: string[]): unknown => {
    const given = request()
    const result = generic(given).decodeResponse(callOf(given), { status, rawHeaders, body })
    return result?.kind === 'error' ? result.error.code : result
  }
  t.is(read(400, '{"__type":"com.amazonaws.dynamodb.v20120810#ExpiredTokenException"}'), 'ExpiredTokenException')
  t.is(read(403, '{"message":"x"}', 'x-amzn-errortype', 'ExpiredTokenException:http://x'), 'ExpiredTokenException')
  t.is(read(403, '<ErrorResponse><Error><Code>ExpiredToken</Code></Error></ErrorResponse>'), 'ExpiredToken')
  t.is(read(500, 'oops'), undefined)
  t.is(read(200, '{"__type":"x"}'), undefined)
})
