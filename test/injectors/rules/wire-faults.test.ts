import test from 'ava'
import { VirtualClock } from '../../../src/core/clock.ts'
import { PipitError } from '../../../src/core/errors.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { loadConfig } from '../../../src/config.ts'
import { createWireFaults } from '../../../src/injectors/rules/wire-faults.ts'
import { sqs } from '../../../src/sqs/service.ts'

function faults(flags: readonly string[], yaml = '') {
  const { config } = loadConfig({
    flags: {},
    env: yaml === '' ? {} : { PIPIT_CONFIG_INLINE: yaml },
    cwd: import.meta.dirname,
  })
  return createWireFaults({ config, services: [sqs()], flags, wall: new VirtualClock(), random: seededRandom(1) })
}

const rulesOf = (...of: Parameters<typeof faults>) =>
  faults(...of)
    .counted(undefined)
    .map(({ rule: { id: _id, ...rule } }) => rule)

for (const [flag, rule] of [
  ['wire: 10% reset mid-body', { at: 'wire', when: { rate: '10%' }, do: { reset: 'mid-body' }, enabled: true }],
  ['wire:* port=3001 latency 200ms', { at: 'wire', on: { port: '3001' }, do: { latency: '200ms' }, enabled: true }],
  [
    '* connection=1,3 bandwidth 20kB',
    { at: 'wire', on: { connection: ['1', '3'] }, do: { bandwidth: '20kB' }, enabled: true },
  ],
  ['{"do": {"slice": 16}}', { at: 'wire', do: { slice: 16 }, enabled: true }],
] as const)
  test(`--fault '${flag}' is a rule for connections`, (t) => {
    t.deepEqual(rulesOf([flag]) as readonly object[], [rule])
  })

test('of a config that a gateway reads, too, those at leg wire count', (t) => {
  const yaml = 'seed: 7\nfaults: [half-open, { at: wire, do: { latency: 5ms } }]'
  t.deepEqual(
    rulesOf(['wire: reset after-commit'], yaml).map(({ do: deeds }) => deeds),
    [{ latency: '5ms' }, { reset: 'after-commit' }],
  )
  t.is(faults([], yaml).seed, 7)
})

for (const [flag, complaint] of [
  [
    'wire:sqs.SendMessage reset after-commit',
    /^--fault: on\.service: nobody reads requests at leg wire: expected connection, port/,
  ],
  ['client: latency 5ms', /^--fault: at: expected wire, got "client"/],
  ['wire: error OverLimit', /^--fault: do\.error: cannot stand at leg wire/],
  ['wire: reset before-commit', /^--fault: do\.reset: on leg wire there are only the bytes that come back/],
  ['wire: 10%', /says no effect/],
  ['half-open', /^--fault: do\.hang: on leg wire/],
  ['{', /^--fault: is no list and no rule/],
] as const)
  test(`--fault '${flag}' is refused`, (t) => {
    const error = t.throws(() => faults([flag]), { instanceOf: PipitError, code: 'bad-config' })
    t.regex(error?.message ?? '', complaint)
  })

test('connections are met, each once', (t) => {
  const one = faults(['wire: first=1 reset after-commit'])
  const met = { place: { connection: 1, port: 1 }, happened: () => {}, refuse: () => {} }
  t.deepEqual([one.meet(met).length, one.meet(met).length], [1, 0])
})
