import test from 'ava'
import { parseFaultsText } from '../../src/config/faults-text.ts'

for (const [title, text, entries] of [
  ['a preset', 'sqs-throttled', ['sqs-throttled']],
  ['presets', 'sqs-throttled, slow-network', ['sqs-throttled', 'slow-network']],
  ['presets in lines', 'sqs-throttled\n  slow-network\n', ['sqs-throttled', 'slow-network']],
  [
    'a short form',
    'sqs.SendMessage@orders first=2 error RequestThrottled',
    ['sqs.SendMessage@orders first=2 error RequestThrottled'],
  ],
  ['one with a mapping', 'sqs.* cut { fraction: 0.5, then: reset }', ['sqs.* cut { fraction: 0.5, then: reset }']],
  ['short forms in lines', 'sqs.* latency 5\nhalf-open\n', ['sqs.* latency 5', 'half-open']],
  ['a rule', '{"do":{"latency":5}}', [{ do: { latency: 5 } }]],
  ['a list', '[sqs-throttled, {do: {latency: 5}}]', ['sqs-throttled', { do: { latency: 5 } }]],
  ['a list in lines', '- sqs-throttled\n- do: { latency: 5 }\n', ['sqs-throttled', { do: { latency: 5 } }]],
  ['nothing', ' ', []],
] as const)
  test(`${title} is a list of entries`, (t) => t.deepEqual(parseFaultsText(text), entries))

test('what looks like a list and is none is refused', (t) => {
  t.regex((parseFaultsText('[a, {') as { wrong: string }).wrong, /^is no list and no rule: /)
})
