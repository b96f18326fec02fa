import test from 'ava'
import { formatPath } from '../../src/config/complaints.ts'
import type { Sources } from '../../src/config.ts'
import { complaintsOf, folder } from './sources.ts'

const wrongFiles: readonly [title: string, yaml: string, complaints: readonly string[]][] = [
  ['an unknown key', 'regoin: x\n', ['pipit.yaml:1:1 regoin: unknown key (did you mean "region"?)']],
  [
    'a key that nothing known is near',
    'log:\n  colour: red\n',
    ['pipit.yaml:2:3 log.colour: unknown key, expected one of level, format'],
  ],
  [
    'a value of a list',
    'listen:\n  - ":3000"\n  - nowhere\n',
    ['pipit.yaml:3:5 listen[1]: expected an address like ":3000", "127.0.0.1:3000" or "[::1]:3000", got "nowhere"'],
  ],
  [
    'an empty list',
    'listen: []',
    ['pipit.yaml:1:9 listen: expected an address like ":3000", "127.0.0.1:3000" or "[::1]:3000", got []'],
  ],
  ['a port out of range', 'port: 65536', ['pipit.yaml:1:7 port: expected a port from 0 to 65535, got 65536']],
  ['a port in words', 'port: eighty', ['pipit.yaml:1:7 port: expected a port from 0 to 65535, got "eighty"']],
  [
    'a host with a scheme',
    'host: http://x',
    ['pipit.yaml:1:7 host: expected a host name or address like "0.0.0.0", got "http://x"'],
  ],
  [
    'a public URL with a path',
    'publicUrl: http://x/sqs',
    ['pipit.yaml:1:12 publicUrl: expected a URL like "http://pipit:3000", without a path, got "http://x/sqs"'],
  ],
  [
    'a word for a switch',
    'trustProxy: sometimes',
    ['pipit.yaml:1:13 trustProxy: expected true or false, got "sometimes"'],
  ],
  ['a region with a colon', 'region: "a:b"', ['pipit.yaml:1:9 region: expected a region like "us-east-1", got "a:b"']],
  [
    'a form of strict that is none',
    'strict: 5',
    ['pipit.yaml:1:9 strict: expected true, false or { recreateDelay, purgeDelay }, got 5'],
  ],
  [
    'a typo inside strict',
    'strict: { purgeDealy: true }',
    ['pipit.yaml:1:11 strict.purgeDealy: unknown key (did you mean "purgeDelay"?)'],
  ],
  ['a section that is a list', 'log: [info]', ['pipit.yaml:1:6 log: expected a mapping, got ["info"]']],
  ['a section that is a word', 'log: info', ['pipit.yaml:1:6 log: expected a mapping, got "info"']],
  ['a document that is a word', 'hello', ['pipit.yaml:1:1: expected a mapping, got "hello"']],
  [
    'a misspelt key of a dead-letter queue',
    'services: { sqs: { queues: { "a.b": { dlq: { name: x, maxReceivCount: 3 } } } } }',
    ['pipit.yaml:1:55 services.sqs.queues["a.b"].dlq.maxReceivCount: unknown key (did you mean "maxReceiveCount"?)'],
  ],
  [
    'a missing key of a dead-letter queue',
    'services: { sqs: { queues: { a: { dlq: { name: x } } } } }',
    ['pipit.yaml:1:40 services.sqs.queues.a.dlq.maxReceiveCount: missing'],
  ],
  [
    'a receive count out of range',
    'services: { sqs: { queues: { a: { dlq: { name: x, maxReceiveCount: 0 } } } } }',
    ['pipit.yaml:1:68 services.sqs.queues.a.dlq.maxReceiveCount: expected a receive count of 1 to 1000, got 0'],
  ],
  [
    'an attribute that is a list',
    'services: { sqs: { queues: { a: { Policy: [] } } } }',
    ['pipit.yaml:1:43 services.sqs.queues.a.Policy: expected text, a number, true, false or a mapping, got []'],
  ],
  [
    'attributes as a word',
    'services: { sqs: { queues: { a: 30 } } }',
    ['pipit.yaml:1:33 services.sqs.queues.a: expected attributes like { VisibilityTimeout: 30 }, got 30'],
  ],
  [
    'queues as a list',
    'services: { sqs: { queues: [a] } }',
    [
      'pipit.yaml:1:28 services.sqs.queues: expected a mapping of names to attributes, or text like "orders>orders-dlq:3,events.fifo", got ["a"]',
    ],
  ],
  [
    'sections of other versions',
    'recordings: []',
    [
      'pipit.yaml:1:1 recordings: unknown key, expected one of port, host, listen, tlsListen, tls, publicUrl, trustProxy, allowedHosts, adminToken, region, strict, log, faults, seed, unused, faultHeader, monitors, plugins, mode, upstream, only, operations, readOnly, confirmAccount, fixtures, fixture, onMiss, report, timeScale, services',
    ],
  ],
  [
    'several mistakes',
    'port: x\nregion: "?"\n',
    [
      'pipit.yaml:1:7 port: expected a port from 0 to 65535, got "x"',
      'pipit.yaml:2:9 region: expected a region like "us-east-1", got "?"',
    ],
  ],
  [
    'broken YAML',
    'log: {\n',
    ['pipit.yaml:2:1: not valid YAML: Flow map in block collection must be sufficiently indented and end with a }'],
  ],
  ['a key twice', 'port: 1\nport: 2\n', ['pipit.yaml:2:1: not valid YAML: Map keys must be unique']],
  [
    "a key that is JavaScript's own",
    'services: { sqs: { queues: { constructor: } } }',
    ['pipit.yaml:1:30: "constructor" cannot be a key'],
  ],
]

for (const [title, yaml, complaints] of wrongFiles) {
  test(`complaint: ${title}`, (t) => {
    t.deepEqual(complaintsOf({ cwd: folder(yaml) }), complaints)
  })
}

const wrongText: readonly [title: string, sources: Partial<Sources>, complaint: string][] = [
  ['PORT', { env: { PORT: '80a' } }, 'PORT: expected a port from 0 to 65535, got "80a"'],
  ['a flag', { flags: { port: '-1' } }, '--port: expected a port from 0 to 65535, got "-1"'],
  [
    'PIPIT_LISTEN',
    { env: { PIPIT_LISTEN: ':1,http://x:2' } },
    'PIPIT_LISTEN: expected an address like ":3000", "127.0.0.1:3000" or "[::1]:3000", got "http://x:2"',
  ],
  [
    'PIPIT_STRICT',
    { env: { PIPIT_STRICT: 'maybe' } },
    'PIPIT_STRICT: expected true, false or { recreateDelay, purgeDelay }, got "maybe"',
  ],
  [
    'an alias',
    { env: { SQS_DELAY_PURGE_RETRY: 'maybe' } },
    'SQS_DELAY_PURGE_RETRY: expected true or false, got "maybe"',
  ],
  [
    'PIPIT_QUEUES',
    { env: { PIPIT_QUEUES: 'a,b>c' } },
    'PIPIT_QUEUES: expected a dead-letter queue and a receive count of 1 to 1000 like b>b-dlq:3, got "b>c"',
  ],
  [
    'a host with a scheme among the allowed',
    { env: { PIPIT_ALLOWED_HOSTS: 'a.example,http://b' } },
    'PIPIT_ALLOWED_HOSTS: expected host names like "pipit.example.com,gateway.example.com", got "http://b"',
  ],
  [
    'a token that is too short, without repeating it',
    { env: { PIPIT_ADMIN_TOKEN: 'sesame' } },
    'PIPIT_ADMIN_TOKEN: expected a token of 8 or more visible characters, got "(hidden)"',
  ],
  [
    'a place for HTTPS',
    { env: { PIPIT_TLS_LISTEN: 'x' } },
    'PIPIT_TLS_LISTEN: expected an address like ":3000", "127.0.0.1:3000" or "[::1]:3000", got "x"',
  ],
  [
    'a certificate without its key',
    { env: { PIPIT_TLS_LISTEN: ':443', SSL_CERT: 'a.pem' } },
    'tls.cert is there without tls.key: a certificate and its key go together',
  ],
  [
    'the inline config',
    { env: { PIPIT_CONFIG_INLINE: '{\n  porrt: 1 }' } },
    'PIPIT_CONFIG_INLINE:2:3 porrt: unknown key (did you mean "port"?)',
  ],
]

for (const [title, sources, complaint] of wrongText) {
  test(`complaint: ${title}`, (t) => {
    t.deepEqual(complaintsOf(sources), [complaint])
  })
}

test('a path reads like the file', (t) => {
  t.is(formatPath(['faults', 0, 'do', 'latency']), 'faults[0].do.latency')
  t.is(formatPath(['queues', 'events.fifo', 'dlq']), 'queues["events.fifo"].dlq')
  t.is(formatPath(['a b']), '["a b"]')
  t.is(formatPath([]), '')
})

test('a long value is shown by its beginning', (t) => {
  const [complaint = ''] = complaintsOf({ env: { PIPIT_LOG_LEVEL: 'x'.repeat(5000) } })
  t.true(complaint.endsWith(`got "${'x'.repeat(59)}…`), complaint)
})

test('mistakes of all sources are told at once, nearest source first', (t) => {
  const cwd = folder('region: "?"')
  t.deepEqual(
    complaintsOf({ cwd, flags: { port: 'x' }, env: { PIPIT_HOST: '?', PIPIT_CONFIG_INLINE: 'port: true' } }),
    [
      '--port: expected a port from 0 to 65535, got "x"',
      'PIPIT_HOST: expected a host name or address like "0.0.0.0", got "?"',
      'PIPIT_CONFIG_INLINE:1:7 port: expected a port from 0 to 65535, got true',
      'pipit.yaml:1:9 region: expected a region like "us-east-1", got "?"',
    ],
  )
})

test('a mistake in the file is told even where a flag overrides it', (t) => {
  t.deepEqual(complaintsOf({ cwd: folder('port: x'), flags: { port: '1' } }), [
    'pipit.yaml:1:7 port: expected a port from 0 to 65535, got "x"',
  ])
})
