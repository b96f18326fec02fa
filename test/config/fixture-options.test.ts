import test from 'ava'
import { complaintsOf, folder, load } from './sources.ts'

test('what is declared of values is said in a file, a flag or a variable', (t) => {
  const wanted = {
    tokens: { queue: '^orders-[a-z0-9]{5}$', run: 'run=\\d+' },
    volatile: ['A.b', 'C.d.e'],
    keep: ['A.c'],
  }
  for (const sources of [
    {
      cwd: folder(
        "services:\n  sqs:\n    tokens: { queue: '^orders-[a-z0-9]{5}$', run: 'run=\\d+' }\n    volatile: [A.b, C.d.e]\n    keep: [A.c]",
      ),
    },
    { flags: { tokens: 'queue=^orders-[a-z0-9]{5}$\nrun = run=\\d+', volatile: 'A.b, C.d.e,', keep: 'A.c' } },
  ]) {
    const { tokens, volatile, keep } = load(sources).config.services.sqs
    t.deepEqual({ tokens, volatile, keep }, wanted)
  }
})

for (const [yaml, complaint] of [
  ['fixtures: ""', 'pipit.yaml:1:11 fixtures: expected a folder like "./fixtures", got ""'],
  ['fixture: 7', 'pipit.yaml:1:10 fixture: expected the name of a fixture like "orders/checkout", got 7'],
  ['onMiss: ignore', 'pipit.yaml:1:9 onMiss: expected error, mock, forward or record, got "ignore"'],
  ['timeScale: 2', 'pipit.yaml:1:12 timeScale: expected a number from 0 to 1, got 2'],
] as const)
  test(`${yaml} is refused`, (t) => {
    t.deepEqual(complaintsOf({ cwd: folder(yaml) }), [complaint])
  })

test('recording needs to know from where', (t) => {
  t.deepEqual(complaintsOf({ flags: { mode: 'record' } }), [
    '--mode: record needs to know where to: --upstream aws, or a URL',
  ])
  t.notThrows(() => load({ flags: { mode: 'replay' } }))
  t.notThrows(() => load({ flags: { mode: 'auto' } }))
})
