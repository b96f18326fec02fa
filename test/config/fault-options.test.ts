import test from 'ava'
import { complaintsOf, folder, load } from './sources.ts'

for (const [title, yaml, complaint] of [
  ['a seed that is none', 'seed: -1', 'pipit.yaml:1:7 seed: expected a whole number from 0, got -1'],
  [
    'a seed that no number is exact for',
    'seed: 99999999999999999',
    'pipit.yaml:1:7 seed: expected a whole number from 0, got 100000000000000000',
  ],
  ['what is neither warn nor error', 'unused: loud', 'pipit.yaml:1:9 unused: expected warn or error, got "loud"'],
  [
    'faults that are no list',
    'faults: { do: 5 }',
    'pipit.yaml:1:9 faults: expected a list of rules, short forms and presets, got {"do":5}',
  ],
  [
    'a header that is no switch',
    'faultHeader: sometimes',
    'pipit.yaml:1:14 faultHeader: expected true or false, got "sometimes"',
  ],
] as const)
  test(`complaint: ${title}`, (t) => t.deepEqual(complaintsOf({ cwd: folder(yaml) }), [complaint]))

test('a text in the file is a list, too', (t) => {
  t.deepEqual(load({ cwd: folder('faults: sqs-throttled') }).config.faults[0]?.entries, ['sqs-throttled'])
})

test('a variable that is no list is named', (t) => {
  t.regex(complaintsOf({ env: { PIPIT_FAULTS: '[a' } })[0] ?? '', /^PIPIT_FAULTS: is no list and no rule: /)
})
