import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { clientOf } from '../../src/commands/client-verb.ts'

for (const [title, url, env, expected] of [
  ['nothing said', undefined, { PORT: '45999' }, 'http://127.0.0.1:45999'],
  ['PIPIT_URL', undefined, { PIPIT_URL: 'http://pipit:3000/' }, 'http://pipit:3000'],
  ['--url over PIPIT_URL', 'http://a:1', { PIPIT_URL: 'http://b:2' }, 'http://a:1'],
  ["a session's address", 'http://a:1/s/blue/', {}, 'http://a:1/s/blue'],
  ['the address that SQS clients use', 'http://a:1/s/blue/sqs/', {}, 'http://a:1/s/blue'],
  ['the address of SQS', 'http://a:1/sqs/', {}, 'http://a:1'],
] as const)
  test(`with ${title}, ${expected} is asked`, (t) => {
    t.is(clientOf({ url }, env).url, expected)
  })

for (const url of ['localhost:3000', 'x', 'ftp://a'])
  test(`${url} is no address of a pipit`, (t) => {
    t.throws(() => clientOf({ url }, {}), { instanceOf: PipitError, message: /expected a URL like/ })
  })
