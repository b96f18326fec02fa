import test from 'ava'
import * as v from 'valibot'
import type { Exchange } from '../../src/core/exchange.ts'
import { chain } from '../../src/core/hop.ts'
import { strictly } from '../../src/core/strictly.ts'
import { type DefinedInjector, defineInjector, type InjectorDefinition } from '../../src/plugins/define-injector.ts'
import { defineService } from '../../src/plugins/define-service.ts'
import { Injections } from '../../src/plugins/injections.ts'
import { Bench, readAnswer } from './arrivals.ts'

const greeter = defineService({
  name: 'greeter',
  operations: { Say: ({ Name }) => ({ Greeting: `Hello ${Name}` }), Sing: () => ({ Greeting: 'La' }) },
})
const other = defineService({ name: 'other', operations: { Say: () => ({ Greeting: 'Hi' }) } })

const mark = (name: string, definition: Omit<InjectorDefinition, 'after'> = {}): DefinedInjector =>
  defineInjector({ name, after: ({ Greeting }) => ({ Greeting: `${String(Greeting)} ${name}` }), ...definition })

async function through(
  injectors: readonly DefinedInjector[],
  service = 'greeter',
  operation = 'Say',
): Promise<{ greeting: unknown; exchange: Exchange }> {
  const bench = new Bench([greeter, other])
  const injections = new Injections(injectors, bench.environment)
  const exchange = bench.arriving('awsJson1_0', service, operation, { Name: 'Ada' })
  const hop = chain(injections.at('client'), chain(injections.at('mock'), bench.hop))
  const answer = readAnswer(exchange, await hop(exchange)) as { Greeting: unknown }
  return { greeting: answer.Greeting, exchange }
}

for (const [title, on, service, operation, isMet] of [
  ['everything', {}, 'other', 'Say', true],
  ['its service', { service: 'greeter' }, 'greeter', 'Sing', true],
  ['no other service', { service: 'greeter' }, 'other', 'Say', false],
  ['its operation, of any service', { operation: 'Say' }, 'other', 'Say', true],
  ['no other operation', { service: 'greeter', operation: 'Say' }, 'greeter', 'Sing', false],
  ['names with stars', { operation: 'S?ng*' }, 'greeter', 'Sing', true],
  ['one of several', { operation: ['Say', 'Sing'] }, 'greeter', 'Sing', true],
] as const)
  test(`an injector acts on ${title}`, async (t) => {
    const { greeting } = await through([mark('x', { on })], service, operation)
    t.is(String(greeting).endsWith(' x'), isMet)
  })

test('one without `on` does nothing by itself', async (t) => {
  t.is((await through([mark('x')])).greeting, 'Hello Ada')
})

test('the first stands outermost, and every one at its leg', async (t) => {
  const on = {}
  const { greeting } = await through([mark('a', { on }), mark('b', { on }), mark('c', { on, at: 'mock' })])
  t.is(greeting, 'Hello Ada c b a')
})

test('what it did is in the trace, counted in its session', async (t) => {
  const bench = new Bench([greeter, other])
  const quiet = defineInjector({ name: 'quiet', on: {}, before: () => {} })
  const [injector] = new Injections([mark('loud', { on: {} })], bench.environment).at('client')
  const [silent] = new Injections([quiet], bench.environment).at('client')
  for (let n = 1; n <= 2; n++) {
    const exchange = bench.arriving('awsQuery', 'greeter', 'Say')
    await injector?.(exchange, (at) => silent?.(at, bench.hop) ?? bench.hop(at))
    t.deepEqual(exchange.trace.faults, [{ rule: 'loud', effect: 'use loud', leg: 'client', phase: 'after-commit', n }])
  }
})

const suffixed = defineInjector({
  name: 'suffix',
  args: strictly({ text: v.optional(v.string(), '!') }),
  after: ({ Greeting }, { args }) => ({ Greeting: `${String(Greeting)}${args.text}` }),
})

test('args have their defaults where it acts by itself, and are what a rule says where one uses it', async (t) => {
  const standing: DefinedInjector = { ...suffixed, definition: { ...suffixed.definition, on: {} } }
  t.is((await through([standing])).greeting, 'Hello Ada!')
  const bench = new Bench([greeter])
  const { suffix } = new Injections([suffixed], bench.environment).named()
  const exchange = bench.arriving('awsJson1_0', 'greeter', 'Say', { Name: 'Ada' })
  for (const [args, greeting] of [
    [{ text: '?' }, 'Hello Ada?'],
    [{}, 'Hello Ada!'],
    [{ text: '?' }, 'Hello Ada?'],
  ] as const) {
    const outcome = await suffix?.(exchange, bench.hop, args)
    t.like(outcome && readAnswer(exchange, outcome), { Greeting: greeting })
  }
  t.is(suffix?.complaint?.({ text: '?' }), undefined)
  t.regex(suffix?.complaint?.({ text: 7 }) ?? '', /^the injector suffix: args\.text/)
})

test('one that acts by itself and whose args have no defaults is refused', (t) => {
  const needy = defineInjector({ name: 'needy', on: {}, args: strictly({ text: v.string() }), before: () => {} })
  t.throws(() => new Injections([needy], new Bench([greeter]).environment), {
    message: /the injector needy: args\.text: missing/,
  })
})

test('one that acts by itself is none that a rule can use', (t) => {
  const injectors = [mark('standing', { on: {} }), mark('waiting')]
  t.deepEqual(Object.keys(new Injections(injectors, new Bench([greeter]).environment).named()), ['waiting'])
})
