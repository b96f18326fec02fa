import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { loadConfig, type Config, type Sources } from '../src/config.ts'
import { PipitError } from '../src/core/errors.ts'

const nowhere = mkdtempSync(join(tmpdir(), 'pipit-config-'))

function load(sources: Partial<Sources>) {
  return loadConfig({ flags: {}, env: {}, cwd: nowhere, ...sources })
}

/** A folder with this as its pipit.yaml. */
function folder(yaml: string): string {
  const cwd = mkdtempSync(join(tmpdir(), 'pipit-config-'))
  writeFileSync(join(cwd, 'pipit.yaml'), yaml)
  return cwd
}

function complaintsOf(sources: Partial<Sources>): string[] {
  try {
    load(sources)
  } catch (error) {
    if (error instanceof PipitError) return error.message.split('\n')
    throw error
  }
  throw new Error('nothing was complained about')
}

test('with nothing said, every option has its default', (t) => {
  t.deepEqual(load({}).config, {
    listen: [{ host: undefined, port: 3000 }],
    publicUrl: undefined,
    trustProxy: false,
    region: 'us-east-1',
    strict: { recreateDelay: false, purgeDelay: false },
    log: { level: 'info', format: 'pretty' },
    services: { sqs: { queues: [] } },
  })
  t.deepEqual(load({}).notes, [])
})

test('the config is frozen all the way down', (t) => {
  const { config } = load({ env: { PIPIT_QUEUES: 'a?DelaySeconds=1' } })
  t.true(Object.isFrozen(config))
  t.true(Object.isFrozen(config.listen[0]))
  t.true(Object.isFrozen(config.services.sqs.queues[0]?.attributes))
})

test('flags win over the environment, that over the inline config, that over the file', (t) => {
  const cwd = folder('region: file\nlog: { level: error, format: json }\ntrustProxy: true\npublicUrl: http://file\n')
  const { config } = load({
    cwd,
    flags: { region: 'flag' },
    env: {
      PIPIT_REGION: 'env',
      PIPIT_LOG_LEVEL: 'warn',
      PIPIT_CONFIG_INLINE: '{region: inline, log: {level: debug}, publicUrl: "http://inline"}',
    },
  })
  t.is(config.region, 'flag')
  t.deepEqual(config.log, { level: 'warn', format: 'json' })
  t.is(config.publicUrl, 'http://inline')
  t.true(config.trustProxy)
})

const listening: readonly [title: string, sources: Partial<Sources>, listen: Config['listen']][] = [
  ['PORT', { env: { PORT: '8080' } }, [{ host: undefined, port: 8080 }]],
  ['PIPIT_HOST', { env: { PIPIT_HOST: '0.0.0.0' } }, [{ host: '0.0.0.0', port: 3000 }]],
  ['HOST is not ours', { env: { HOST: 'x86_64-conda' } }, [{ host: undefined, port: 3000 }]],
  ['IPv6 in PIPIT_HOST, with brackets', { env: { PIPIT_HOST: '[::]' } }, [{ host: '::', port: 3000 }]],
  ['empty variables are not set', { env: { PORT: '', PIPIT_HOST: ' ' } }, [{ host: undefined, port: 3000 }]],
  [
    'PIPIT_LISTEN wins over PORT, and its own hosts over PIPIT_HOST',
    { env: { PIPIT_LISTEN: ':3000, :4566,127.0.0.1:9324,[::1]:1', PORT: '1', PIPIT_HOST: '0.0.0.0' } },
    [
      { host: '0.0.0.0', port: 3000 },
      { host: '0.0.0.0', port: 4566 },
      { host: '127.0.0.1', port: 9324 },
      { host: '::1', port: 1 },
    ],
  ],
  [
    'a port flag wins over PIPIT_LISTEN',
    { flags: { port: '5' }, env: { PIPIT_LISTEN: ':1' } },
    [{ host: undefined, port: 5 }],
  ],
  [
    'a host flag goes with the addresses of the environment',
    { flags: { host: '::1' }, env: { PIPIT_LISTEN: ':1,0.0.0.0:2' } },
    [
      { host: '::1', port: 1 },
      { host: '0.0.0.0', port: 2 },
    ],
  ],
  [
    'PORT wins over the file',
    { env: { PORT: '8080' }, cwd: folder('listen: [":3000", 4566]') },
    [{ host: undefined, port: 8080 }],
  ],
  [
    "the file's list, with numbers",
    { cwd: folder('listen: [":3000", 4566]') },
    [
      { host: undefined, port: 3000 },
      { host: undefined, port: 4566 },
    ],
  ],
  [
    'an address twice is one',
    { env: { PIPIT_LISTEN: ':1,:1,:0,:0' } },
    [
      { host: undefined, port: 1 },
      { host: undefined, port: 0 },
      { host: undefined, port: 0 },
    ],
  ],
]

for (const [title, sources, listen] of listening) {
  test(`listening: ${title}`, (t) => {
    t.deepEqual(load(sources).config.listen, listen)
  })
}

test('strict sets both rules, and an alias of LocalStack one of them, with a note', (t) => {
  t.deepEqual(load({ flags: { strict: true } }).config.strict, { recreateDelay: true, purgeDelay: true })
  t.deepEqual(load({ env: { PIPIT_STRICT: '1' } }).config.strict, { recreateDelay: true, purgeDelay: true })
  t.deepEqual(load({ cwd: folder('strict: { purgeDelay: true }') }).config.strict, {
    recreateDelay: false,
    purgeDelay: true,
  })
  const { config, notes } = load({ env: { SQS_DELAY_RECENTLY_DELETED: '1' } })
  t.deepEqual(config.strict, { recreateDelay: true, purgeDelay: false })
  t.deepEqual(notes, [
    "SQS_DELAY_RECENTLY_DELETED=1 is taken for strict.recreateDelay (pipit's own name: PIPIT_STRICT)",
  ])
  t.deepEqual(load({ env: { PIPIT_STRICT: '1', SQS_DELAY_PURGE_RETRY: '0' } }).config.strict, {
    recreateDelay: true,
    purgeDelay: true,
  })
  t.deepEqual(load({ env: { PIPIT_STRICT: 'off' }, cwd: folder('strict: true') }).config.strict, {
    recreateDelay: false,
    purgeDelay: false,
  })
})

test('queues of the file: values become text, .fifo implies FifoQueue, a dead-letter queue is declared with its user', (t) => {
  const cwd = folder(`services:
  sqs:
    queues:
      orders: { VisibilityTimeout: 30, dlq: { name: orders-dlq, maxReceiveCount: 3 } }
      events.fifo: { ContentBasedDeduplication: true }
      plain:
      open: { Policy: { Version: "2012-10-17" } }
`)
  t.deepEqual(load({ cwd }).config.services.sqs.queues, [
    { name: 'orders-dlq', attributes: {}, source: 'pipit.yaml:4:7' },
    {
      name: 'orders',
      attributes: { VisibilityTimeout: '30' },
      dlq: { name: 'orders-dlq', maxReceiveCount: 3 },
      source: 'pipit.yaml:4:7',
    },
    {
      name: 'events.fifo',
      attributes: { FifoQueue: 'true', ContentBasedDeduplication: 'true' },
      source: 'pipit.yaml:5:7',
    },
    { name: 'plain', attributes: {}, source: 'pipit.yaml:6:7' },
    { name: 'open', attributes: { Policy: '{"Version":"2012-10-17"}' }, source: 'pipit.yaml:7:7' },
  ])
})

test('queues of several sources come together; of the same name, the nearer one counts whole', (t) => {
  const cwd = folder('services: { sqs: { queues: { a: { DelaySeconds: 1 }, b: { DelaySeconds: 2 } } } }')
  const { config } = load({ cwd, env: { PIPIT_QUEUES: 'b?VisibilityTimeout=9,c' }, flags: { queues: 'c>b:2' } })
  t.deepEqual(config.services.sqs.queues, [
    { name: 'a', attributes: { DelaySeconds: '1' }, source: 'pipit.yaml:1:30' },
    { name: 'b', attributes: { VisibilityTimeout: '9' }, source: 'PIPIT_QUEUES' },
    { name: 'c', attributes: {}, dlq: { name: 'b', maxReceiveCount: 2 }, source: '--queues' },
  ])
})

test('anchors and merge keys of YAML work', (t) => {
  const cwd = folder(
    'services: { sqs: { queues: { a: &slow { DelaySeconds: 9 }, b: { <<: *slow, VisibilityTimeout: 1 } } } }',
  )
  t.deepEqual(load({ cwd }).config.services.sqs.queues[1]?.attributes, { DelaySeconds: '9', VisibilityTimeout: '1' })
})

test('the file may be elsewhere, by flag or by variable', (t) => {
  const cwd = folder('region: here')
  writeFileSync(join(cwd, 'other.yaml'), 'region: there')
  t.is(load({ cwd, flags: { config: 'other.yaml' } }).config.region, 'there')
  t.is(load({ cwd, env: { PIPIT_CONFIG: join(cwd, 'other.yaml') } }).config.region, 'there')
})

test('unknown PIPIT_ variables are noted with the nearest known one; those of other tools are not', (t) => {
  t.deepEqual(
    load({ env: { PIPIT_QUEUS: 'a', PIPIT_SOMETHING_ELSE: '1', PIPIT_URL: 'http://x', QUEUES: 'b' } }).notes,
    [
      'PIPIT_QUEUS is not a variable that pipit knows: did you mean PIPIT_QUEUES?',
      'PIPIT_SOMETHING_ELSE is not a variable that pipit knows',
    ],
  )
})

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
    'faults: []',
    [
      'pipit.yaml:1:1 faults: unknown key, expected one of port, host, listen, publicUrl, trustProxy, region, strict, log, services',
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
    'the inline config',
    { env: { PIPIT_CONFIG_INLINE: '{\n  porrt: 1 }' } },
    'PIPIT_CONFIG_INLINE:2:3 porrt: unknown key (did you mean "port"?)',
  ],
  [
    'a file that is not there',
    { flags: { config: 'no.yaml' } },
    `no.yaml (from --config) does not exist in ${nowhere}`,
  ],
  [
    'a file of a variable that is not there',
    { env: { PIPIT_CONFIG: 'no.yaml' } },
    `no.yaml (from PIPIT_CONFIG) does not exist in ${nowhere}`,
  ],
]

for (const [title, sources, complaint] of wrongText) {
  test(`complaint: ${title}`, (t) => {
    t.deepEqual(complaintsOf(sources), [complaint])
  })
}

test('a folder in place of the file is a complaint, not a crash', (t) => {
  t.regex(complaintsOf({ flags: { config: '.' } })[0] ?? '', /^\. cannot be read: EISDIR/)
})

test('a bomb of aliases is a complaint', (t) => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const inner = level === 0 ? '"x"' : `*l${level - 1}`
    return `l${level}: &l${level} [${Array(9).fill(inner).join(',')}]`
  })
  t.regex(
    complaintsOf({ cwd: folder(levels.join('\n')) })[0] ?? '',
    /^pipit\.yaml: not valid YAML: Excessive alias count/,
  )
})
