import test from 'ava'
import * as v from 'valibot'
import { complaint } from '../../../src/config/complaints.ts'
import { doSchema } from '../../../src/injectors/rules/deeds.ts'
import { vocabularyOf } from '../../../src/injectors/rules/vocabulary.ts'
import { sqs } from '../../../src/sqs/service.ts'
import { lab, NOTE } from './lab.ts'

const vocabulary = vocabularyOf([sqs()], { note: (exchange, next) => next(exchange) })
const schema = doSchema(vocabulary)

test('every effect of the table is taken by its example, and so is every one of a service', (t) => {
  for (const { name, example } of vocabulary.effects) t.true(v.is(schema, { [name]: example }), name)
  t.true(v.is(schema, [{ latency: 5 }, { reset: 'after-commit' }, 'duplicate']))
  t.true(v.is(schema, { 'sqs.reorder': { window: 3 } }))
  t.true(v.is(schema, { use: 'note', args: { a: 1 } }))
})

for (const [deeds, message] of [
  [{ latancy: 5 }, 'latancy: unknown key (did you mean "latency"?)'],
  ['latancy', ': unknown effect "latancy" (did you mean "latency"?), got "latancy"'],
  ['latency', ': latency needs a value, got "latency"'],
  [
    { latency: 5, reset: 'after-commit' },
    ': expected one effect; several are a list of them, got {"latency":5,"reset":"after-commit"}',
  ],
  [{}, ': expected one effect; several are a list of them, got {}'],
  [[], ': expected an effect like { latency: 200ms }, or a list of them, got []'],
  [{ latency: 5, args: 1 }, ': args are those of an injector: say which one with use, got {"latency":5,"args":1}'],
  [[{ latency: 5 }, { latency: 'x' }], '[1].latency: expected a duration like "200ms", got "x"'],
  [{ use: 'ntoe' }, 'use: unknown injector "ntoe" (did you mean "note"?), got "ntoe"'],
  [Array.from({ length: 21 }, () => 'duplicate'), /^: expected at most 20/],
] as const)
  test(`${JSON.stringify(deeds).slice(0, 50)} is refused`, (t) => {
    const [issue] = v.safeParse(schema, deeds).issues ?? []
    if (issue === undefined) return t.fail()
    const told = complaint({ tree: deeds, namesPaths: true, locate: () => '' }, issue).trim()
    if (typeof message === 'string') t.is(told, message)
    else t.regex(told, message)
  })

test('without injectors the complaint says where they come from', (t) => {
  const [issue] = v.safeParse(doSchema(vocabularyOf([sqs()])), NOTE).issues ?? []
  t.regex(issue?.message ?? '', /there are no injectors: they are given to createGateway/)
})

test('what may answer stands innermost, so that the order of a list loses nothing', async (t) => {
  const { pass } = lab({ faults: [{ id: 'r', do: [{ error: 'OverLimit' }, { retryAfterMs: 2000 }] }] })
  const { outcome, fired, executed } = await pass()
  t.is(executed, 0)
  t.deepEqual(fired.map(({ effect }) => effect).toSorted(), ['error OverLimit', 'retryAfterMs 2000'])
  t.true(outcome.kind === 'response' && outcome.response.rawHeaders.includes('x-amz-retry-after'))
})

test('somebody’s own code is given the arguments, and has fired before the execution or after it', async (t) => {
  const given: unknown[] = []
  const { pass } = lab({
    injectors: {
      inside: (exchange, next, args) => {
        given.push(args)
        return next(exchange)
      },
      instead: async () => ({ kind: 'failure', failure: { ending: 'close', reason: 'mine' } }),
    },
    faults: [
      { id: 'a', do: { use: 'inside', args: { a: 1 } } },
      { id: 'b', do: { use: 'instead' } },
    ],
  })
  const { fired } = await pass()
  t.deepEqual(given, [{ a: 1 }])
  t.deepEqual(
    fired.map(({ rule, effect, phase }) => [rule, effect, phase]),
    [
      ['b', 'instead', 'before-commit'],
      ['a', 'inside', 'after-commit'],
    ],
  )
})

test('code that throws is named', async (t) => {
  const { pass } = lab({
    injectors: {
      bad: () => {
        throw new TypeError('oops')
      },
    },
    faults: [{ do: { use: 'bad' } }],
  })
  const error = await t.throwsAsync(pass(), { message: 'the injector bad threw' })
  t.true(error.cause instanceof TypeError)
})

test('code that answers what is no outcome is named', async (t) => {
  for (const [answer, message] of [
    [undefined, 'the injector bad answers nothing: return what next(exchange) gives'],
    [{ kind: 'response' }, 'the injector bad answers a response without a status from 200 to 999'],
  ] as const) {
    const { pass } = lab({ injectors: { bad: () => answer as never }, faults: [{ do: { use: 'bad' } }] })
    await t.throwsAsync(pass(), { message })
  }
})

test('a service is asked to do it, draws by the rule, and says when it has', async (t) => {
  const { pass, report } = lab({ faults: [{ id: 'r', do: { 'sqs.reorder': { window: 3 } } }] })
  const seen: unknown[] = []
  const { fired } = await pass(
    {},
    {
      hop: (exchange) => {
        for (const { name, args, draw, acted } of exchange.disruptions) {
          seen.push(name, (args as { window: number }).window, draw('a') === draw('a'), draw('a') === draw('b'))
          acted('reorder 3')
        }
        return { kind: 'response', response: { status: 200, rawHeaders: [], body: '' } }
      },
    },
  )
  t.deepEqual(seen, ['reorder', 3, true, false])
  t.like(fired[0], { rule: 'r', effect: 'sqs.reorder 3' })
  t.is(report('r').fired, 1)
  await pass()
  t.deepEqual(report('r').skippedBy, { ineffective: 1 })
})
