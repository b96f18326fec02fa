import test from 'ava'
import { ServiceError } from '../../src/core/errors.ts'
import { protocolError, protocolErrors } from '../../src/protocols/protocol-errors.ts'

const REFUSED_CALLERS = ['ExpiredTokenException', 'InvalidSignatureException']

test("an error of the layer in front of every service is the sender's, in that layer's namespace", (t) => {
  for (const [name, error] of Object.entries(protocolErrors)) {
    t.is(error.shape, `com.amazon.coral.service#${name}`)
    t.is(error.status, REFUSED_CALLERS.includes(name) ? 403 : 400, name)
    t.is(error.fault, 'Sender')
    t.not(error.message, '')
  }
})

test('it is thrown with the text of the case', (t) => {
  const error = protocolError('MalformedInput', 'Because.')
  t.true(error instanceof ServiceError)
  t.deepEqual(error.error, { ...protocolErrors.MalformedInput, message: 'Because.' })
})
