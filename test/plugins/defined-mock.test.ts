import test from 'ava'
import { defineService } from '../../src/plugins/define-service.ts'
import { ANSWER_LIMIT_MS } from '../../src/plugins/guard.ts'
import { namePlugin } from '../../src/plugins/plugin-name.ts'
import { shape } from '../../src/plugins/shape.ts'
import { errorOf, outputOf, served } from './plugin-calls.ts'

test('an operation answers at once or later, something or nothing', async (t) => {
  const { ask } = served(
    defineService({
      name: 'greeter',
      operations: {
        Now: ({ Name }) => ({ Greeting: `Hello ${Name}` }),
        Later: ({ Name }) => Promise.resolve({ Greeting: `Hello ${Name}` }),
        Nothing: () => {},
        NothingLater: () => Promise.resolve(),
      },
    }),
  )
  t.deepEqual(ask('Now', { Name: 'Ada' }), { kind: 'output', output: { Greeting: 'Hello Ada' } })
  t.deepEqual(await outputOf(ask('Later', { Name: 'Ada' })), { Greeting: 'Hello Ada' })
  t.deepEqual(await outputOf(ask('Nothing')), {})
  t.deepEqual(await outputOf(ask('NothingLater')), {})
})

test('what an operation throws is an answer that names the plugin, its line and what to do; the rest works', async (t) => {
  const service = defineService({
    name: 'greeter',
    operations: {
      Throw: () => {
        throw new RangeError('too far')
      },
      Reject: () => Promise.reject(new RangeError('too far')),
      Number: () => 7 as never,
      Undefined: ({ Name }) => ({ Greeting: (Name as { first: string }).first }),
      Say: () => ({ Greeting: 'Hello' }),
    },
  })
  const { ask } = served(service)
  t.regex(
    await errorOf(ask('Throw')),
    /^PluginFailure 500: .*defined-mock\.test\.[jt]s:\d+: Throw threw RangeError: too far\. Mend it there and start pipit again\.$/,
  )
  t.regex(await errorOf(ask('Reject')), /^PluginFailure 500: .*Reject threw RangeError: too far/)
  t.regex(await errorOf(ask('Undefined')), /Undefined threw TypeError/)
  t.regex(
    await errorOf(ask('Number')),
    /service greeter: Number answers what cannot be sent: expected an object of members, not 7$/,
  )
  t.deepEqual(await outputOf(ask('Say')), { Greeting: 'Hello' })
  namePlugin(service, 'plugins/greeter.service.js')
  t.regex(await errorOf(ask('Number')), /^PluginFailure 500: plugins\/greeter\.service\.js: Number answers/)
})

test('one that never answers ends at the limit', async (t) => {
  const { ask, wall } = served(defineService({ name: 'greeter', operations: { Wait: () => new Promise(() => {}) } }))
  const waiting = ask('Wait')
  wall.advance(ANSWER_LIMIT_MS)
  t.regex(await errorOf(waiting), /^PluginFailure 500: service greeter: Wait has not answered within 30 s/)
})

test('a shape says what must be there, and what may be answered', async (t) => {
  const { ask } = served(
    defineService({
      name: 'greeter',
      operations: {
        Say: {
          input: shape.structure({ Name: shape.string }, ['Name']),
          output: shape.structure({ Greeting: shape.string }),
          run: ({ Name }) => ({ Greeting: Name === 'nobody' ? 7 : `Hello ${Name}` }),
        },
      },
    }),
  )
  t.deepEqual(await outputOf(ask('Say', { Name: 'Ada' })), { Greeting: 'Hello Ada' })
  t.is(await errorOf(ask('Say')), 'MissingParameter 400: The request must contain the parameter Name.')
  t.regex(
    await errorOf(ask('Say', { Name: 'nobody' })),
    /Say answers what cannot be sent: Greeting: expected a text, not 7/,
  )
})

test('a state is made once in a session, when it is first needed, and is told of a reset and of the end', async (t) => {
  const told: string[] = []
  let made = 0
  const service = defineService({
    name: 'counter',
    state: ({ clock }) => ({ count: 0, madeAtMs: clock.nowMs(), nth: ++made }),
    clear: (state) => (state.count = 0),
    close: ({ nth }) => told.push(`closed ${nth}`),
    operations: { Add: (_input, { state }) => ({ Count: ++state.count }) },
  })
  const one = served(service)
  const other = served(service)
  t.is(made, 0)
  await outputOf(one.ask('Add'))
  t.deepEqual(await outputOf(one.ask('Add')), { Count: 2 })
  t.deepEqual(await outputOf(other.ask('Add')), { Count: 1 })
  t.is(made, 2)
  one.clear()
  t.deepEqual(await outputOf(one.ask('Add')), { Count: 1 })
  one.close()
  t.deepEqual(told, ['closed 1'])
  served(service).close()
  t.deepEqual(told, ['closed 1'])
})

test('a state that cannot be made is an answer, and is tried again', async (t) => {
  let isReady = false
  const { ask } = served(
    defineService({
      name: 'counter',
      state: () => {
        if (!isReady) throw new Error('not yet')
        return { count: 1 }
      },
      operations: { Get: (_input, { state }) => ({ Count: state.count }) },
    }),
  )
  t.regex(await errorOf(ask('Get')), /^PluginFailure 500: .*Get threw Error: not yet/)
  isReady = true
  t.deepEqual(await outputOf(ask('Get')), { Count: 1 })
})

test('what goes wrong where nobody waits for an answer is a note', async (t) => {
  const fail = (): never => {
    throw new Error('cannot')
  }
  const { ask, clear, close, notes } = served(
    defineService({ name: 'counter', state: () => 1, clear: fail, close: fail, operations: { Get: () => ({}) } }),
  )
  await outputOf(ask('Get'))
  clear()
  close()
  t.is(notes.length, 2)
  t.regex(notes[0] ?? '', /defined-mock\.test\.[jt]s:\d+: clear threw Error: cannot/)
  t.regex(notes[1] ?? '', /close threw Error: cannot/)
})

test('the end of a session ends what is under way', async (t) => {
  const { ask, close } = served(defineService({ name: 'greeter', operations: { Wait: () => new Promise(() => {}) } }))
  const waiting = Array.from({ length: 20 }, () => ask('Wait'))
  close()
  for (const each of waiting) t.regex(await errorOf(each), /Wait was under way when its session ended/)
})

test('an operation that the service does not have is refused by whoever calls it past the protocols', async (t) => {
  const { ask } = served(defineService({ name: 'greeter', operations: { Say: () => ({}) } }))
  for (const name of ['Nope', 'constructor']) t.regex(await errorOf(ask(name)), /has no operation/)
})
