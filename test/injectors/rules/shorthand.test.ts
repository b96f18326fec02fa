import test from 'ava'
import fc from 'fast-check'
import { PipitError } from '../../../src/core/errors.ts'
import { isTarget, parseShorthand, valueOf } from '../../../src/injectors/rules/shorthand.ts'

for (const [text, rule] of [
  [
    'sqs.SendMessage@orders first=2 error RequestThrottled',
    {
      on: { service: 'sqs', operation: 'SendMessage', queue: 'orders' },
      when: { first: 2 },
      do: { error: 'RequestThrottled' },
    },
  ],
  [
    'client:sqs.* 30% latency 200ms',
    { at: 'client', on: { service: 'sqs' }, when: { rate: '30%' }, do: { latency: '200ms' } },
  ],
  ['* duplicate', { do: 'duplicate' }],
  ['mock:* latency 5', { at: 'mock', do: { latency: 5 } }],
  ['*@orders* hang before-commit', { on: { queue: 'orders*' }, do: { hang: 'before-commit' } }],
  ['*.Send*,Delete*@a,b latency 5', { on: { operation: ['Send*', 'Delete*'], queue: ['a', 'b'] }, do: { latency: 5 } }],
  [
    'sqs.* attempt=1 region=eu-* reset after-commit',
    { on: { service: 'sqs', attempt: '1', region: 'eu-*' }, do: { reset: 'after-commit' } },
  ],
  ['sqs.* attempt=1,2 latency 5', { on: { service: 'sqs', attempt: ['1', '2'] }, do: { latency: 5 } }],
  [
    'sqs.* nth=1,4 every=2 after=1 times=3 latency 5',
    { on: { service: 'sqs' }, when: { nth: [1, 4], every: 2, after: 1, times: 3 }, do: { latency: 5 } },
  ],
  [
    'sqs.* flap=5s/20s for=2m from=1s until=1h latency 5',
    {
      on: { service: 'sqs' },
      when: { flap: { on: '5s', off: '20s' }, for: '2m', from: '1s', until: '1h' },
      do: { latency: 5 },
    },
  ],
  [
    'sqs.* rate=0.3 key=sequence latency 5',
    { on: { service: 'sqs' }, when: { rate: 0.3, key: 'sequence' }, do: { latency: 5 } },
  ],
  [
    'sqs.* id=lost-ack order=-1 final=true reset after-commit',
    { on: { service: 'sqs' }, id: 'lost-ack', order: -1, final: true, do: { reset: 'after-commit' } },
  ],
  [
    'sqs.* cut { fraction: 0.5, then: reset }',
    { on: { service: 'sqs' }, do: { cut: { fraction: 0.5, then: 'reset' } } },
  ],
  [
    'sqs.ReceiveMessage sqs.redeliver {copies: 1, after: 500ms}',
    { on: { service: 'sqs', operation: 'ReceiveMessage' }, do: { 'sqs.redeliver': { copies: 1, after: '500ms' } } },
  ],
  ['  sqs.*   latency   5 ', { on: { service: 'sqs' }, do: { latency: 5 } }],
] as const)
  test(text, (t) => t.deepEqual(parseShorthand(text), rule as unknown))

for (const [text, message] of [
  ['', /^expected "\[leg:\]service\.Operation/],
  ['SendMessage latency 5', /^expected "\[leg:\]service\.Operation/],
  ['sqs.*', /^says no effect: expected/],
  ['sqs.* first=2', /^says no effect: expected/],
  ['sqs.* frist=2 latency 5', /^unknown condition "frist" \(did you mean "first"\?\)/],
  ['sqs.* first= latency 5', /^first= says nothing/],
  ['sqs.* cut { fraction', /cannot be read/],
  [`sqs.* latency ${'5'.repeat(4000)}`, /^is longer than 4000/],
] as const)
  test(`${JSON.stringify(text.slice(0, 40))} is refused`, (t) => {
    t.throws(() => parseShorthand(text), { instanceOf: PipitError, code: 'bad-request', message })
  })

test('whatever is written, it is a rule to be checked, or refused', (t) => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((rest) => `sqs.* ${rest}`),
      ),
      (text) => {
        try {
          t.is(typeof parseShorthand(text), 'object')
        } catch (error) {
          t.true(error instanceof PipitError)
        }
      },
    ),
  )
})

test('a target is known by its form, and a value is YAML', (t) => {
  t.deepEqual(['sqs.*', 'client:sqs.SendMessage@orders', '*', 'error', 'first=2', 'sqs-throttled'].map(isTarget), [
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  t.deepEqual(valueOf('{a: [1, two]}'), { a: [1, 'two'] })
})
