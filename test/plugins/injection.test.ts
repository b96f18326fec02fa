import test, { type ExecutionContext } from 'ava'
import type { Exchange, Outcome } from '../../src/core/exchange.ts'
import { ServiceError } from '../../src/core/errors.ts'
import type { Hop } from '../../src/core/hop.ts'
import { defineInjector, type DefinedInjector, type InjectorDefinition } from '../../src/plugins/define-injector.ts'
import { defineService } from '../../src/plugins/define-service.ts'
import { ANSWER_LIMIT_MS } from '../../src/plugins/guard.ts'
import { runInjection } from '../../src/plugins/injection.ts'
import { namePlugin } from '../../src/plugins/plugin-name.ts'
import { shape } from '../../src/plugins/shape.ts'
import { Bench, readAnswer, SPOKEN, type Spoken } from './arrivals.ts'

/** A bench whose service writes down what it was asked. */
interface Greeted extends Bench {
  readonly said: string[]
}

function greeted(): Greeted {
  const said: string[] = []
  return Object.assign(new Bench([greeterInto(said)]), { said })
}

const greeterInto = (said: string[]) =>
  defineService({
    name: 'greeter',
    errors: { Nobody: { status: 404, message: 'There is nobody.' } },
    state: () => ({ kept: { Names: ['Eve'] } }),
    operations: {
      Say: {
        input: shape.structure({ Name: shape.string, Times: shape.integer }),
        output: shape.structure({ Greeting: shape.string, Names: shape.list(shape.string) }),
        run: ({ Name, Times = 1 }, { state, error }) => {
          said.push(`${Name} ${Times}`)
          if (Name === 'nobody') throw error('Nobody')
          return { Greeting: `Hello ${Name}`, Names: state.kept.Names }
        },
      },
    },
  })

interface Ran {
  /** What the client reads. */
  readonly answer: unknown
  readonly outcome: Outcome
  /** What was said to have changed: the phases. */
  readonly changed: string[]
  /** What the service was asked. */
  readonly said: string[]
}

async function run(
  spoken: Spoken,
  definition: InjectorDefinition,
  input: Record<string, unknown> = { Name: 'Ada' },
  behind?: Hop,
  bench = greeted(),
): Promise<Ran> {
  bench.said.length = 0
  const changed: string[] = []
  const exchange = bench.arriving(spoken, 'greeter', 'Say', input)
  const injector: DefinedInjector = defineInjector({ name: 'test', ...definition })
  namePlugin(injector, 'plugins/test.injector.js')
  const outcome = await runInjection(injector, bench.environment, {
    exchange,
    next: behind ?? bench.hop,
    args: undefined,
    changed: (phase) => changed.push(phase),
  })
  return { answer: readAnswer(exchange, outcome), outcome, changed, said: [...bench.said] }
}

function each(title: string, check: (t: ExecutionContext, spoken: Spoken) => Promise<void>): void {
  for (const spoken of SPOKEN) test(`${title}, in ${spoken}`, (t) => check(t, spoken))
}

each('before changes the input, in place or by another one', async (t, spoken) => {
  const inPlace = await run(spoken, { before: (input) => void Object.assign(input, { Name: 'Bob', Times: 3 }) })
  t.like(inPlace, { answer: { Greeting: 'Hello Bob', Names: ['Eve'] }, changed: ['before-commit'], said: ['Bob 3'] })
  const other = await run(spoken, { before: ({ Name }) => Promise.resolve({ Name: `${String(Name)} and Bob` }) })
  t.like(other, { answer: { Greeting: 'Hello Ada and Bob', Names: ['Eve'] }, said: ['Ada and Bob 1'] })
})

each('before answers at once, with an output or an error, and the service is not asked', async (t, spoken) => {
  const output = await run(spoken, { before: (_input, { answer }) => answer({ Greeting: 'Go away' }) })
  t.like(output, { answer: { Greeting: 'Go away' }, changed: ['before-commit'], said: [] })
  const error = await run(spoken, {
    before: (_input, context) => {
      throw context.error('Nobody')
    },
  })
  t.like(error, { answer: 'Nobody 404: There is nobody.', changed: ['before-commit'], said: [] })
})

each('after changes the output, in place or by another one; what the service keeps is its own', async (t, spoken) => {
  const bench = greeted()
  const inPlace: InjectorDefinition = {
    after: (output) => {
      ;(output['Names'] as string[]).push('Bob')
    },
  }
  for (let i = 0; i < 2; i++) {
    const ran = await run(spoken, inPlace, undefined, undefined, bench)
    t.like(ran, {
      answer: { Greeting: 'Hello Ada', Names: ['Eve', 'Bob'] },
      changed: ['after-commit'],
      said: ['Ada 1'],
    })
  }
  const other = await run(spoken, { after: () => ({ Greeting: 'Bye' }) })
  t.like(other, { answer: { Greeting: 'Bye' } })
  t.is(other.outcome.kind === 'response' ? other.outcome.response.status : 0, 200)
})

each('an injection that changes nothing passes the very request on, and the very answer back', async (t, spoken) => {
  const outcomes: Outcome[] = []
  const exchanges: Exchange[] = []
  const bench = greeted()
  const behind: Hop = async (exchange) => {
    exchanges.push(exchange)
    const outcome = await bench.hop(exchange)
    outcomes.push(outcome)
    return outcome
  }
  for (const definition of [
    { before: () => {}, after: () => {} },
    { around: (input, next) => next(input) },
    { around: async (_input, next) => void (await next()) },
    { inject: (exchange, next) => next(exchange) },
  ] satisfies InjectorDefinition[]) {
    const ran = await run(spoken, definition, undefined, behind, bench)
    t.true(ran.outcome === outcomes.at(-1))
    t.deepEqual(ran.changed, [])
  }
  t.is(exchanges.length, 4)
  t.true(exchanges.every((exchange) => exchange.id === 'request-1'))
})

each('around calls on with another input, answers another output, or does not call on', async (t, spoken) => {
  const both = await run(spoken, {
    around: async (_input, next) => {
      const { Greeting } = await next({ Name: 'Bob' })
      return { Greeting: `${String(Greeting)}!` }
    },
  })
  t.like(both, { answer: { Greeting: 'Hello Bob!' }, changed: ['before-commit', 'after-commit'], said: ['Bob 1'] })
  const neither = await run(spoken, { around: () => ({ Greeting: 'Go away' }) })
  t.like(neither, { answer: { Greeting: 'Go away' }, changed: ['before-commit'], said: [] })
  const twice = await run(spoken, { around: async (_input, next) => (await next(), next()) })
  t.like(twice, { answer: { Greeting: 'Hello Ada', Names: ['Eve'] }, said: ['Ada 1', 'Ada 1'] })
})

each('around sees an error, and catches it or lets it pass as it was', async (t, spoken) => {
  const passed = await run(spoken, { around: (_input, next) => next() }, { Name: 'nobody' })
  t.like(passed, { answer: 'Nobody 404: There is nobody.', changed: [] })
  const caught = await run(
    spoken,
    {
      around: async (_input, next) => {
        try {
          return await next()
        } catch (error) {
          return { Greeting: error instanceof ServiceError ? error.error.code : '?' }
        }
      },
    },
    { Name: 'nobody' },
  )
  t.like(caught, { answer: { Greeting: 'Nobody' }, changed: ['after-commit'] })
})

each('after is not asked about errors, and before and after stand around around', async (t, spoken) => {
  const error = await run(spoken, { after: () => ({ Greeting: 'never' }) }, { Name: 'nobody' })
  t.is(error.answer, 'Nobody 404: There is nobody.')
  const all = await run(spoken, {
    before: ({ Name }) => ({ Name: `${String(Name)}b` }),
    around: async (input, next) => ({ Greeting: `${String((await next(input))['Greeting'])}a` }),
    after: ({ Greeting }) => ({ Greeting: `${String(Greeting)}z` }),
  })
  t.like(all, { answer: { Greeting: 'Hello Adabaz' } })
})

each('it knows the call, the session and the other services', async (t, spoken) => {
  const { answer } = await run(spoken, {
    after: async (output, { input, operation, region, session, clock, call }) => {
      const other = await call('greeter', 'Say', { Name: 'Bob' })
      return {
        ...output,
        Greeting: [input['Name'], operation, region, session, clock.nowMs() > 0, other['Greeting']].join(' '),
      }
    },
  })
  t.deepEqual(answer, { Greeting: 'Ada Say moon-1 blue true Hello Bob', Names: ['Eve'] })
})

each('what an injection does wrong is a 500 that names it', async (t, spoken) => {
  const named = /^PluginFailure 500: /
  const thrown = await run(spoken, {
    before: () => {
      throw new RangeError('too far')
    },
  })
  t.regex(
    String(thrown.answer),
    /^PluginFailure 500: test\/plugins\/injection\.test\.ts:\d+: its part in Say threw RangeError: too far/,
  )
  t.deepEqual(thrown.said, [])
  const later = await run(spoken, { after: () => Promise.reject(new RangeError('too far')) })
  t.regex(String(later.answer), named)
  t.deepEqual(later.said, ['Ada 1'])
  const circle: Record<string, unknown> = {}
  circle['Greeting'] = circle
  const endless = await run(spoken, { after: () => circle })
  t.regex(String(endless.answer), /plugins\/test\.injector\.js: Say cannot be answered so: .*has no end/)
  const nothing = await run(spoken, { inject: (() => {}) as never })
  t.regex(String(nothing.answer), /test\.injector\.js: inject answers nothing: return what next/)
  const loop = await run(spoken, {
    around: async (_input, next) => {
      for (;;) await next()
    },
  })
  t.regex(String(loop.answer), /next was called more than 100 times/)
})

test('an input that cannot be written, and an output that the protocol cannot say, name it, too', async (t) => {
  const input = await run('awsQuery', { before: () => ({ Name: 'x', Times: 'three' }) })
  t.regex(String(input.answer), /^InvalidParameterValue 400: Value three for parameter Times is invalid/)
  const output = await run('awsQuery', { after: () => ({ Names: 'Bob' }) })
  t.regex(String(output.answer), /test\.injector\.js: Say cannot be answered so in awsQuery/)
  const atOnce = await run('awsQuery', { before: (_input, { answer }) => answer({ Names: 'Bob' }) })
  t.regex(String(atOnce.answer), /^PluginFailure 500: plugins\/test\.injector\.js: its part in Say threw TypeError/)
})

test('one that never ends ends at the limit, and the time of the others is not its own', async (t) => {
  const bench = greeted()
  let open = (): void => {}
  const slow: Hop = async (exchange) => {
    await new Promise<void>((resolve) => (open = resolve))
    return bench.hop(exchange)
  }
  const patient = run('awsJson1_0', { around: (_input, next) => next() }, undefined, slow, bench)
  for (let i = 0; i < 20; i++) await Promise.resolve()
  bench.wall.advance(10 * ANSWER_LIMIT_MS)
  open()
  t.like(await patient, { answer: { Greeting: 'Hello Ada', Names: ['Eve'] } })
  const endless = run('awsJson1_0', { before: () => new Promise(() => {}) }, undefined, undefined, bench)
  await Promise.resolve()
  bench.wall.advance(ANSWER_LIMIT_MS)
  t.regex(String((await endless).answer), /its part in Say has not answered within 30 s/)
})

test('a lost answer stays lost, and a bug of pipit is none of the plugin', async (t) => {
  const lost: Outcome = { kind: 'failure', failure: { ending: 'reset', reason: 'a fault' } }
  for (const definition of [
    { around: (_input, next) => next() },
    { after: () => ({ Greeting: 'x' }) },
    { inject: (exchange, next) => next(exchange) },
  ] satisfies InjectorDefinition[]) {
    const ran = await run('awsJson1_0', definition, undefined, () => Promise.resolve(lost))
    t.is(ran.outcome, lost)
    const bug = run('awsJson1_0', definition, undefined, () => Promise.reject(new TypeError('a bug')))
    await t.throwsAsync(bug, { message: 'a bug' })
  }
})

test('what cannot be decoded passes, but for one that sees HTTP', async (t) => {
  const bench = greeted()
  const exchange = bench.arriving('awsQuery', 'greeter', 'Say')
  const unread = { ...exchange.request, body: Buffer.from('Action=Nope') }
  const { withRequest } = await import('../../src/core/exchange.ts')
  const broken = withRequest(exchange, unread)
  const pass = async (definition: InjectorDefinition): Promise<Outcome> =>
    runInjection(defineInjector({ name: 'test', ...definition }), bench.environment, {
      exchange: broken,
      next: bench.hop,
      args: undefined,
      changed: () => {},
    })
  t.regex(String(readAnswer(broken, await pass({ before: () => ({}) }))), /^InvalidAction 400/)
  const response = { status: 418, rawHeaders: [], body: 'tea' }
  const outcome = await pass({ inject: () => ({ kind: 'response', response }) })
  t.deepEqual(outcome, { kind: 'response', response })
})
