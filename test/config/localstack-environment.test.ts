import test from 'ava'
import { readLocalstackEnvironment } from '../../src/config/localstack-environment.ts'
import { complaintsOf, load } from './sources.ts'

const OWN = { PIPIT_LISTEN: 'listen', PIPIT_HOST: 'host', PIPIT_REGION: 'region', PIPIT_LOG_LEVEL: 'log.level' }

const taken: readonly [
  name: string,
  text: string,
  values: Readonly<Record<string, unknown>>,
  same: keyof typeof OWN | 'PIPIT_STRICT',
][] = [
  ['GATEWAY_LISTEN', '0.0.0.0:4566', { listen: '0.0.0.0:4566' }, 'PIPIT_LISTEN'],
  ['GATEWAY_LISTEN', '0.0.0.0:4566,0.0.0.0:443', { listen: '0.0.0.0:4566', tlsListen: '0.0.0.0:443' }, 'PIPIT_LISTEN'],
  ['GATEWAY_LISTEN', ':443', { tlsListen: ':443' }, 'PIPIT_LISTEN'],
  ['GATEWAY_LISTEN', '[::]:4566, :14443', { listen: '[::]:4566,:14443' }, 'PIPIT_LISTEN'],
  ['EDGE_PORT', '4567', { listen: ':4567' }, 'PIPIT_LISTEN'],
  ['EDGE_BIND_HOST', '0.0.0.0', { host: '0.0.0.0' }, 'PIPIT_HOST'],
  ['DEFAULT_REGION', 'eu-west-1', { region: 'eu-west-1' }, 'PIPIT_REGION'],
  ['DEBUG', '1', { 'log.level': 'debug' }, 'PIPIT_LOG_LEVEL'],
  ['LS_LOG', 'trace-internal', { 'log.level': 'debug' }, 'PIPIT_LOG_LEVEL'],
  ['LS_LOG', 'WARNING', { 'log.level': 'warn' }, 'PIPIT_LOG_LEVEL'],
  ['SQS_DELAY_RECENTLY_DELETED', '1', { 'strict.recreateDelay': true }, 'PIPIT_STRICT'],
  ['SQS_DELAY_PURGE_RETRY', '0', { 'strict.purgeDelay': false }, 'PIPIT_STRICT'],
]

for (const [name, text, values, same] of taken)
  test(`${name}=${text} is taken for ${JSON.stringify(values)}, and a line says so`, (t) => {
    const { entries, notes } = readLocalstackEnvironment({ [name]: text })
    t.deepEqual(Object.fromEntries(entries.map(({ path, value }) => [path.join('.'), value])), values)
    t.deepEqual(notes, [`${name}=${text} is taken for ${Object.keys(values).join(', ')} (pipit's own name: ${same})`])
  })

for (const [name, text] of [
  ['DEBUG', '0'],
  ['DEBUG', 'express:*'],
  ['GATEWAY_LISTEN', ''],
  ['PATH', '/bin'],
] as const)
  test(`${name}=${JSON.stringify(text)} says nothing to pipit, and pipit nothing about it`, (t) => {
    t.deepEqual(readLocalstackEnvironment({ [name]: text }), { entries: [], notes: [] })
  })

test('what has no effect is said, with the reason', (t) => {
  t.deepEqual(
    readLocalstackEnvironment({ PERSISTENCE: '1', LOCALSTACK_AUTH_TOKEN: 'ls-secret', SQS_ENDPOINT_STRATEGY: 'path' })
      .notes,
    [
      'SQS_ENDPOINT_STRATEGY has no effect: a queue URL names the host that its client used, and every form of one is understood',
      'PERSISTENCE has no effect: everything is kept in memory',
      'LOCALSTACK_AUTH_TOKEN has no effect: no account and no token is needed',
    ],
  )
})

test('SERVICES says which requests will be answered with an error', (t) => {
  const notes = (text: string): readonly string[] => readLocalstackEnvironment({ SERVICES: text }).notes
  t.deepEqual(notes('sqs'), ['SERVICES=sqs is what pipit serves anyway'])
  t.deepEqual(notes('sqs:4576,'), ['SERVICES=sqs:4576, is what pipit serves anyway'])
  t.deepEqual(notes('s3, sqs,sns,s3'), [
    'SERVICES=s3, sqs,sns,s3: pipit serves sqs; requests for s3, sns are answered with an error',
  ])
})

test("LocalStack's newer name for the address wins over its older one, whatever their order, and pipit's own over both", (t) => {
  const both = { GATEWAY_LISTEN: ':4566', EDGE_PORT: '4567' }
  const ports = (env: Record<string, string>): number[] => load({ env }).config.listen.map(({ port }) => port)
  t.deepEqual(ports(both), [4566])
  t.deepEqual(ports({ ...both, PIPIT_LISTEN: ':1' }), [1])
  t.deepEqual(ports({ ...both, PORT: '2' }), [2])
})

test('DEBUG and LS_LOG together: the level that is named counts', (t) => {
  t.is(load({ env: { DEBUG: '1', LS_LOG: 'error' } }).config.log.level, 'error')
})

test('what is wrong in them is named by the name that the operator wrote', (t) => {
  t.deepEqual(complaintsOf({ env: { GATEWAY_LISTEN: 'nowhere' } }), [
    'GATEWAY_LISTEN: expected an address like ":3000", "127.0.0.1:3000" or "[::1]:3000", got "nowhere"',
  ])
  t.regex(complaintsOf({ env: { LS_LOG: 'loud' } })[0] ?? '', /^LS_LOG: expected /)
})
