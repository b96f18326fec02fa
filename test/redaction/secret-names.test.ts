import test from 'ava'
import { isSecretName, NAME_ENDS, NAME_HINTS } from '../../src/redaction/secret-names.ts'

const SECRET = [
  'AccessKeyId',
  'AWSAccessKeyId',
  'SecretAccessKey',
  'SessionToken',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'x-amz-credential',
  'password',
  'passwd',
  'secret',
  'client_secret',
  'private_key',
  'token',
  'access_token',
  'api_key',
  'apiKey',
  'API-KEY',
  'authorization',
  'Proxy-Authorization',
  'cookie',
  'Set-Cookie',
  'db_password',
]

const HARMLESS = [
  'NextToken',
  'key',
  'Key',
  'pass',
  'tokens',
  'passwords',
  'secretary',
  'preauthorization',
  'QueueUrl',
  '',
]

test('names of secrets, in any case, with - or _', (t) => {
  for (const name of SECRET)
    for (const written of [name, name.toUpperCase(), name.toLowerCase(), name.replaceAll('-', '_')])
      t.true(isSecretName(written), written)
})

test('names that only look like it', (t) => {
  for (const name of HARMLESS) t.false(isSecretName(name), name)
  t.false(isSecretName(`${'x'.repeat(200)}password`), 'nobody writes so long a name')
})

test('what a text is searched for leaves out none of them', (t) => {
  for (const name of SECRET) {
    t.true(NAME_HINTS.test(name), name)
    t.regex(name.replaceAll('_', '-'), new RegExp(`(?:${NAME_ENDS.source})$`, 'i'), name)
  }
})
