import test from 'ava'
import * as v from 'valibot'
import { PipitError } from '../../src/core/errors.ts'
import { strictly } from '../../src/core/strictly.ts'
import { defineInjector, type InjectorDefinition, readArgs } from '../../src/plugins/define-injector.ts'

const nothing = (): void => {}

test('one of four functions is enough', (t) => {
  for (const definition of [
    { before: nothing },
    { after: nothing },
    { before: nothing, around: nothing, after: nothing },
  ])
    t.is(defineInjector(definition).kind, 'injector')
  t.is(defineInjector({ name: 'pass', inject: (exchange, next) => next(exchange) }).name, 'pass')
})

for (const [definition, complaint] of [
  [undefined, 'expected a mapping'],
  [{}, 'expected one of before, after, around, inject'],
  [{ befor: nothing }, 'befor: unknown key (did you mean "before"?)'],
  [{ before: 'x' }, 'before: expected a function'],
  [{ before: nothing, name: 'a b' }, 'name: expected a name of letters, digits and dashes, like "shout"'],
  [{ before: nothing, on: { operations: 'x' } }, 'on.operations: unknown key (did you mean "operation"?)'],
  [{ before: nothing, on: { operation: 7 } }, 'on.operation: expected a name like "sqs", or a list of them'],
  [{ before: nothing, on: {}, at: 'wire' }, 'at: expected one of client, mock, upstream, replay'],
  [{ before: nothing, at: 'mock' }, 'at is for one that acts by itself: say on, too'],
  [
    { before: nothing, inject: nothing },
    'inject stands alone: it sees HTTP, before, after and around see what was decoded',
  ],
  [{ before: nothing, args: { suffix: '!' } }, 'args: expected a schema, like v.object({ … })'],
] as const)
  test(`${JSON.stringify(definition)} is refused: ${complaint}`, (t) => {
    t.throws(() => defineInjector(definition as unknown as InjectorDefinition), {
      instanceOf: PipitError,
      message: `defineInjector: ${complaint}`,
    })
  })

test('args are read by the schema, which says what is wrong and where', (t) => {
  const injector = defineInjector({
    name: 'shout',
    args: strictly({ suffix: v.optional(v.string('expected a text'), '!') }),
    before: nothing,
  })
  t.deepEqual(readArgs(injector, {}), { suffix: '!' })
  t.throws(() => readArgs(injector, { suffix: 7 }), { message: 'the injector shout: args.suffix: expected a text' })
  t.throws(() => readArgs(injector, { sufix: '' }), {
    message: 'the injector shout: args.sufix: unknown key (did you mean "suffix"?)',
  })
  t.deepEqual(readArgs(injector, undefined), { suffix: '!' })
  t.throws(() => readArgs(injector, 'loud'), { message: /^the injector shout: args: / })
})

test('an injector without a schema takes no args', (t) => {
  const injector = defineInjector({ name: 'shout', before: nothing })
  t.is(readArgs(injector, undefined), undefined)
  t.throws(() => readArgs(injector, {}), { message: 'the injector shout takes no args' })
})
