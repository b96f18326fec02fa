import test from 'ava'
import { ServiceError } from '../../src/core/errors.ts'
import { protocolError, protocolErrors } from '../../src/protocols/protocol-errors.ts'

/** All others are 400. */
const STATUSES: Readonly<Record<string, number>> = {
  ExpiredTokenException: 403,
  InvalidSignatureException: 403,
  UnrecognizedClientException: 403,
  MissingAuthenticationTokenException: 403,
  MalformedQueryString: 404,
  InternalFailure: 500,
  ServiceUnavailableException: 503,
}

test("errors of the layer in front of every service are in that layer's namespace, and the server's own from 500 on", (t) => {
  for (const [name, error] of Object.entries(protocolErrors)) {
    t.is(error.shape, `com.amazon.coral.service#${name}`)
    t.is(error.status, STATUSES[name] ?? 400, name)
    t.is(error.fault, error.status >= 500 ? 'Receiver' : 'Sender')
    t.not(error.message, '')
  }
})

test('it is thrown with the text of the case', (t) => {
  const error = protocolError('MalformedInput', 'Because.')
  t.true(error instanceof ServiceError)
  t.deepEqual(error.error, { ...protocolErrors.MalformedInput, message: 'Because.' })
})
