import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { cannotListen } from '../../src/http/cannot-listen.ts'

const words = { port: 'ANY PORT', plainPort: 'PLAIN PORT', host: 'HOST' }
const trouble = (code: string): Error =>
  cannotListen(Object.assign(new Error('listen'), { code }), { host: '10.0.0.1', port: 80 }, words)

for (const [code, message] of [
  ['EADDRINUSE', 'port 80 is taken: stop what listens there, or choose another with ANY PORT'],
  ['EACCES', 'port 80 needs a privilege: choose one above 1023 with PLAIN PORT'],
  ['EADDRNOTAVAIL', 'this machine has no address 10.0.0.1: choose one it has with HOST (0.0.0.0 for all)'],
  ['EAFNOSUPPORT', 'this machine has no address 10.0.0.1: choose one it has with HOST (0.0.0.0 for all)'],
] as const)
  test(`${code} is a complaint that says where to change it`, (t) => {
    const error = trouble(code)
    t.true(error instanceof PipitError)
    t.is(error.message, message)
  })

test('what nobody foresaw stays what it was', (t) => {
  t.false(trouble('EMFILE') instanceof PipitError)
})
