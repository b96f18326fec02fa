import test from 'ava'
import * as v from 'valibot'
import { ruleSchema } from '../../../src/injectors/rules/rule-schema.ts'
import { vocabularyOf } from '../../../src/injectors/rules/vocabulary.ts'
import { sqs } from '../../../src/sqs/service.ts'
import { NOTE } from './lab.ts'

const schema = ruleSchema(vocabularyOf([sqs()], { note: (exchange, next) => next(exchange) }))
const complaints = (rule: unknown): string[] =>
  (v.safeParse(schema, rule).issues ?? []).map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`)

test('a rule stays what somebody wrote, with an id, a leg and a switch', (t) => {
  const written = { when: { for: '2m', rate: '30%' }, do: { latency: '200ms' }, order: 5 }
  const { id, ...rule } = v.parse(schema, written)
  t.deepEqual(rule, { at: 'client', ...written, enabled: true })
  t.regex(id, /^latency-[0-9a-f]{4}$/)
})

test('it is a copy of its own', (t) => {
  const written = { id: 'a', do: NOTE, on: { queue: ['a'] } }
  const rule = v.parse(schema, written)
  t.not(rule.on, written.on)
})

for (const [title, rule, told] of [
  [
    'an effect that cannot stand at a leg',
    { at: 'wire', do: [NOTE, 'sqs.redeliver', { error: 'OverLimit' }] },
    [
      /^do\.0\.use: cannot stand at leg wire: nobody reads there what bytes say/,
      /^do\.1\.sqs\.redeliver: cannot stand at leg wire/,
      /^do\.2\.error: cannot stand at leg wire, but at client, mock, upstream, replay/,
    ],
  ],
  [
    'a request where nobody reads any',
    { at: 'wire', on: { operation: 'SendMessage', connection: 1 }, do: { latency: 5 } },
    [/^on\.operation: nobody reads requests at leg wire: expected connection, port/],
  ],
  [
    'a connection where there are requests',
    { on: { connection: 1 }, do: { latency: 5 } },
    [/^on\.connection: is a condition of leg wire: say at: wire/],
  ],
  ['an effect without a name', { do: '' }, [/^do: .*effect/]],
  ['no effect at all', { do: {} }, [/^do: expected one effect; several are a list of them$/]],
  [
    'what only the services know',
    { do: [{ latency: 5 }, { error: 'OverLimt' }] },
    [/^do\.1\.error: no service has an error "OverLimt" \(did you mean "OverLimit"/],
  ],
  [
    'a rule of the answer that acts before the execution',
    { on: { response: { status: 200 } }, do: { reset: 'before-commit' } },
    [/^do\.reset: a rule that looks at the answer cannot act before-commit$/],
  ],
  [
    'a rule of the answer that is final',
    { on: { response: { status: 200 } }, final: true, do: NOTE },
    [/^: .*final means nothing for it$/],
  ],
  ['several mistakes', { id: '?', order: 'x', do: NOTE }, [/^id: expected an id/, /^order: expected a number/]],
  ['an unknown member', { whne: {} }, [/^whne: unknown key \(did you mean "when"\?\)/, /^do: missing/]],
  ['no mapping', [], [/^: expected a mapping/]],
] as readonly [string, unknown, RegExp[]][])
  test(`${title} is refused`, (t) => {
    const given = complaints(rule)
    for (const one of told)
      t.true(
        given.some((complaint) => one.test(complaint)),
        given.join('\n'),
      )
  })

test('what is nested without an end is refused, and nothing breaks', (t) => {
  const around: { do?: unknown } = {}
  around.do = around
  t.deepEqual(complaints(around), [': is nested too deeply'])
  let deep: unknown = 1
  for (let i = 0; i < 100_000; i++) deep = [deep]
  t.deepEqual(complaints({ do: { mutate: { result: deep } } }), [': is nested too deeply'])
})
