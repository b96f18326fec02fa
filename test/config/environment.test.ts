import test from 'ava'
import { complaintsOf, load } from './sources.ts'

test('unknown PIPIT_ variables are noted with the nearest known one; those of other tools are not', (t) => {
  t.deepEqual(
    load({ env: { PIPIT_QUEUS: 'a', PIPIT_SOMETHING_ELSE: '1', PIPIT_URL: 'http://x', QUEUES: 'b' } }).notes,
    [
      'PIPIT_QUEUS is not a variable that pipit knows: did you mean PIPIT_QUEUES?',
      'PIPIT_SOMETHING_ELSE is not a variable that pipit knows',
    ],
  )
})

test('an alias is noted once and loses to the own name', (t) => {
  const { config, notes } = load({
    env: { SQS_DELAY_RECENTLY_DELETED: '0', SQS_DELAY_PURGE_RETRY: '1', PIPIT_STRICT: '0' },
  })
  t.deepEqual(config.strict, { recreateDelay: false, purgeDelay: false })
  t.deepEqual(notes, [
    "SQS_DELAY_RECENTLY_DELETED=0 is taken for strict.recreateDelay (pipit's own name: PIPIT_STRICT)",
    "SQS_DELAY_PURGE_RETRY=1 is taken for strict.purgeDelay (pipit's own name: PIPIT_STRICT)",
  ])
})

test('an alias wins over the file', (t) => {
  const env = { SQS_DELAY_PURGE_RETRY: '1', PIPIT_CONFIG_INLINE: 'strict: false' }
  t.true(load({ env }).config.strict.purgeDelay)
})

test('every option can be said by its variable', (t) => {
  const { config } = load({
    env: {
      PORT: '1',
      PIPIT_HOST: 'h',
      PIPIT_TLS_LISTEN: ':443',
      PIPIT_TLS_CERT: 'cert.pem',
      PIPIT_TLS_KEY: 'key.pem',
      PIPIT_TLS_CA_FILE: 'ca.pem',
      PIPIT_PUBLIC_URL: 'https://pipit:8443/',
      PIPIT_TRUST_PROXY: 'yes',
      PIPIT_ALLOWED_HOSTS: 'A.example.com, b.example.com,',
      PIPIT_ADMIN_TOKEN: 'open-sesame',
      PIPIT_REGION: 'moon-base-alpha',
      PIPIT_STRICT: 'ON',
      PIPIT_LOG_LEVEL: 'debug',
      PIPIT_LOG_FORMAT: 'json',
      PIPIT_QUEUES: 'q',
      PIPIT_PLUGINS: 'extensions',
      PIPIT_FAULTS: 'sqs-throttled,half-open',
      PIPIT_SEED: '42',
      PIPIT_UNUSED: 'error',
      PIPIT_FAULT_HEADER: 'off',
      PIPIT_MONITORS: '3001 localhost 3000',
      PIPIT_MODE: 'forward',
      PIPIT_UPSTREAM: 'aws',
      PIPIT_ONLY: 'queue:a*',
      PIPIT_OPERATIONS: 'Get*',
      PIPIT_READ_ONLY: 'on',
      PIPIT_CONFIRM_ACCOUNT: '123456789012',
      PIPIT_FIXTURES: '/fixtures',
      PIPIT_FIXTURE: 'orders/checkout',
      PIPIT_ON_MISS: 'mock',
      PIPIT_REPORT: 'report.json',
      PIPIT_TIME_SCALE: '0.5',
      PIPIT_TOKENS: 'queue=^orders-[a-z0-9]{5}$',
      PIPIT_VOLATILE: 'SendMessage.MessageBody.sig, SendMessage.MessageBody.at',
      PIPIT_KEEP: 'SendMessage.MessageBody.id',
      CI: 'true',
    },
  })
  t.like(config.faults, [{ entries: ['sqs-throttled', 'half-open'], source: { namesPaths: false } }])
  t.deepEqual(
    { ...config, faults: [] },
    {
      listen: [{ host: 'h', port: 1 }],
      tlsListen: [{ host: 'h', port: 443 }],
      tls: { cert: 'cert.pem', key: 'key.pem', caFile: 'ca.pem' },
      publicUrl: 'https://pipit:8443',
      trustProxy: true,
      allowedHosts: ['a.example.com', 'b.example.com'],
      adminToken: 'open-sesame',
      region: 'moon-base-alpha',
      strict: { recreateDelay: true, purgeDelay: true },
      log: { level: 'debug', format: 'json' },
      faults: [],
      seed: 42,
      unused: 'error',
      faultHeader: false,
      monitors: [{ listen: { host: 'h', port: 3001 }, target: { host: 'localhost', port: 3000 } }],
      plugins: 'extensions',
      mode: { '*': 'forward' },
      upstream: { '*': { to: 'aws', region: undefined, fips: false, dualStack: false } },
      only: { '*': ['queue:a*'] },
      operations: { '*': ['Get*'] },
      readOnly: { '*': true },
      confirmAccount: { '*': '123456789012' },
      fixtures: '/fixtures',
      fixture: 'orders/checkout',
      onMiss: 'mock',
      report: 'report.json',
      timeScale: 0.5,
      isCi: true,
      services: {
        sqs: {
          queues: [{ name: 'q', attributes: {}, source: 'PIPIT_QUEUES' }],
          tokens: { queue: '^orders-[a-z0-9]{5}$' },
          volatile: ['SendMessage.MessageBody.sig', 'SendMessage.MessageBody.at'],
          keep: ['SendMessage.MessageBody.id'],
        },
      },
    },
  )
})

test('a variable that is wrong is named alone, without the path of the file', (t) => {
  t.deepEqual(complaintsOf({ env: { PIPIT_LOG_FORMAT: 'xml' } }), [
    'PIPIT_LOG_FORMAT: expected pretty or json, got "xml"',
  ])
})
