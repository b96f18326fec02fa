import test from 'ava'
import { isDecodeFailure, type HttpRequest } from '../../src/core/exchange.ts'
import { NO_OPERATION, noRoute } from '../../src/protocols/refusals.ts'

const request = (...rawHeaders: string[]): HttpRequest => ({
  method: 'POST',
  target: '/',
  rawHeaders,
  body: Buffer.alloc(0),
})

function answered(given: HttpRequest, protocol = noRoute(given, 's3', ['sqs'])): { status: number; body: string } {
  const failure = protocol.decodeRequest(given, '')
  if (!isDecodeFailure(failure)) throw new Error('it should refuse')
  const result = { kind: 'error', error: failure.error } as const
  const { status, body } = failure.protocol.encodeResponse({ operation: '' }, result, 'id', given)
  return { status, body: body.toString() }
}

test('a service without a route is refused in JSON to who speaks JSON, else in XML', (t) => {
  for (const headers of [
    ['X-Amz-Target', 'A.B'],
    ['Content-Type', 'application/x-amz-json-1.1'],
  ])
    t.is(
      (JSON.parse(answered(request(...headers)).body) as { message: string }).message.slice(0, 31),
      'pipit has no route for service ',
    )
  const { status, body } = answered(request())
  t.is(status, 404)
  t.regex(body, /<Code>UnknownService<\/Code><Message>pipit has no route for service 's3'. It serves: sqs.<\/Message>/)
})

test('no operation at all gets the answer that AWS gives', (t) => {
  t.deepEqual(answered(request(), NO_OPERATION), { status: 404, body: '<UnknownOperationException/>' })
})
