import test from 'ava'
import { folder, load } from './config/sources.ts'

test('with nothing said, every option has its default', (t) => {
  t.deepEqual(load({}).config, {
    listen: [{ host: undefined, port: 3000 }],
    tlsListen: [],
    tls: { cert: undefined, key: undefined, caFile: undefined },
    publicUrl: undefined,
    trustProxy: false,
    allowedHosts: [],
    adminToken: undefined,
    region: 'us-east-1',
    strict: { recreateDelay: false, purgeDelay: false },
    log: { level: 'info', format: 'pretty' },
    faults: [],
    seed: undefined,
    unused: 'warn',
    faultHeader: true,
    monitors: [],
    plugins: undefined,
    services: { sqs: { queues: [], tokens: {}, volatile: [], keep: [] } },
    fixtures: './fixtures',
    fixture: undefined,
    onMiss: 'error',
    report: undefined,
    timeScale: 1,
    isCi: false,
    mode: { '*': 'mock' },
    upstream: {},
    only: {},
    operations: {},
    readOnly: {},
    confirmAccount: {},
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

test('faults of all sources are there, those of the farthest first, and each knows where it was written', (t) => {
  const cwd = folder('faults:\n  - sqs-throttled\n  - { do: { latency: 5 } }\n')
  const { config } = load({
    cwd,
    flags: { fault: ['slow-network', 'sqs.* latency 5'] },
    env: { PIPIT_FAULTS: 'half-open', PIPIT_CONFIG_INLINE: 'faults: [{ do: { latency: 6 } }]' },
  })
  t.deepEqual(
    config.faults.map(({ entries, source }) => [entries, source.locate(['faults', 0], 'value')]),
    [
      [['sqs-throttled', { do: { latency: 5 } }], 'pipit.yaml:2:5'],
      [[{ do: { latency: 6 } }], 'PIPIT_CONFIG_INLINE:1:10'],
      [['half-open'], 'PIPIT_FAULTS'],
      [['slow-network', 'sqs.* latency 5'], '--fault'],
    ],
  )
})
