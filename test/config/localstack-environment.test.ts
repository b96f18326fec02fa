import test from 'ava'
import { readLocalstackEnvironment } from '../../src/config/localstack-environment.ts'
import { load } from './sources.ts'

const rows: readonly [name: string, text: string, entries: readonly (readonly [string, unknown])[]][] = [
  ['GATEWAY_LISTEN', '0.0.0.0:4566', [['listen', '0.0.0.0:4566']]],
  [
    'GATEWAY_LISTEN',
    '0.0.0.0:4566,0.0.0.0:443',
    [
      ['listen', '0.0.0.0:4566'],
      ['tlsListen', '0.0.0.0:443'],
    ],
  ],
  ['EDGE_PORT', '4567', [['listen', ':4567']]],
  ['DEFAULT_REGION', 'eu-west-1', [['region', 'eu-west-1']]],
  ['DEBUG', '1', [['log.level', 'debug']]],
  ['DEBUG', 'express:*', []],
  ['LS_LOG', 'TRACE', [['log.level', 'debug']]],
  ['SQS_DELAY_PURGE_RETRY', '1', [['strict.purgeDelay', true]]],
]
for (const [name, text, expected] of rows)
  test(`${name}=${text} is taken for pipit's own option, with one line`, (t) => {
    const { entries, notes } = readLocalstackEnvironment({ [name]: text })
    t.deepEqual(
      entries.map(({ path, value }) => [path.join('.'), value]),
      expected.map((pair) => [...pair]),
    )
    t.is(notes.length, expected.length === 0 ? 0 : 1)
  })

test('what has no effect says so, once each, and why', (t) => {
  const { entries, notes } = readLocalstackEnvironment({
    PERSISTENCE: '1',
    LOCALSTACK_AUTH_TOKEN: 'ls-secret',
    SERVICES: 'sqs,s3:4572',
    UNRELATED: '1',
  })
  t.deepEqual(entries, [])
  t.deepEqual(notes, [
    'SERVICES=sqs,s3:4572: pipit serves sqs; requests for s3 are answered with an error',
    'PERSISTENCE has no effect: everything is kept in memory',
    'LOCALSTACK_AUTH_TOKEN has no effect: no account and no token is needed',
  ])
})

test('a compose file for LocalStack starts pipit where LocalStack was; its own names win', (t) => {
  const env = { GATEWAY_LISTEN: '0.0.0.0:4566', DEFAULT_REGION: 'eu-west-1', LS_LOG: 'warn' }
  t.like(load({ env }).config, {
    listen: [{ host: '0.0.0.0', port: 4566 }],
    region: 'eu-west-1',
    log: { level: 'warn', format: 'pretty' },
  })
  t.is(load({ env: { ...env, PIPIT_REGION: 'own' } }).config.region, 'own')
})
