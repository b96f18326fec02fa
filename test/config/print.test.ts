import test from 'ava'
import fc from 'fast-check'
import { printConfig } from '../../src/config/print.ts'
import { folder, load } from './sources.ts'

test('the whole config, with where each value comes from', (t) => {
  const cwd = folder('region: moon-base-alpha\nfaults: [sqs-throttled]\nservices: { sqs: { queues: { old: } } }\n')
  const loaded = load({
    cwd,
    flags: { 'log-level': 'warn' },
    env: { PIPIT_LISTEN: ':3000,[::1]:4566', PIPIT_QUEUES: 'a>b:3?DelaySeconds=1', PIPIT_FAULTS: 'half-open' },
  })
  t.is(
    printConfig(loaded),
    `# PIPIT_LISTEN
listen:
  - :3000
  - "[::1]:4566"
# default
tlsListen: []
tls:
  cert: null # default
  key: null # default
  caFile: null # default
publicUrl: null # default
trustProxy: false # default
# default
allowedHosts: []
region: moon-base-alpha # pipit.yaml:1:1
# default
strict:
  recreateDelay: false
  purgeDelay: false
log:
  level: warn # --log-level
  format: pretty # default
# PIPIT_FAULTS, pipit.yaml:2:1
faults:
  - sqs-throttled
  - half-open
seed: null # default
unused: warn # default
faultHeader: true # default
# default
monitors: []
plugins: null # default
mode: mock # default
# default
upstream: {}
# default
only: {}
# default
operations: {}
# default
readOnly: {}
# default
confirmAccount: {}
fixtures: ./fixtures # default
fixture: null # default
onMiss: error # default
report: null # default
timeScale: 1 # default
services:
  sqs:
    # default
    tokens: {}
    # default
    volatile: []
    # default
    keep: []
    # PIPIT_QUEUES, pipit.yaml:3:20
    queues:
      old: {}
      b: {}
      a:
        DelaySeconds: "1"
        dlq:
          name: b
          maxReceiveCount: 3
`,
  )
})

test('a secret is not printed', (t) => {
  t.notRegex(printConfig(load({ env: { PIPIT_ADMIN_TOKEN: 'open-sesame' } })), /sesame|adminToken/)
})

test('without queues there is an empty mapping', (t) => {
  t.regex(printConfig(load({})), /\n {4}# default\n {4}queues: {}\n$/)
})

test('what is printed is a config file that says the same', (t) => {
  const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}(\.fifo)?$/)
  const environment = fc.record(
    {
      PIPIT_LISTEN: fc.constantFrom(':1', '127.0.0.1:2,[::]:3', 'localhost:0'),
      PIPIT_PUBLIC_URL: fc.constantFrom('http://a:1', 'https://b'),
      PIPIT_REGION: fc.constantFrom('us-east-1', '007', 'true'),
      PIPIT_STRICT: fc.constantFrom('0', '1'),
      SQS_DELAY_PURGE_RETRY: fc.constantFrom('0', '1'),
      PIPIT_LOG_LEVEL: fc.constantFrom('silent', 'debug'),
      PIPIT_QUEUES: fc
        .uniqueArray(fc.record({ name, dlq: name, delay: fc.string({ unit: 'grapheme' }) }), {
          selector: (q) => q.name,
        })
        .map((queues) =>
          queues.map((q) => `${q.name}>${q.dlq}:3?DelaySeconds=${encodeURIComponent(q.delay)}`).join(','),
        ),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(environment, (env) => {
      const first = load({ env })
      const again = load({ env: { PIPIT_CONFIG_INLINE: printConfig(first) } })
      t.deepEqual(withoutSources(again.config), withoutSources(first.config))
    }),
    { numRuns: 50 },
  )
})

function withoutSources(config: unknown): unknown {
  return JSON.parse(JSON.stringify(config, (key, value: unknown) => (key === 'source' ? undefined : value)))
}
