import test from 'ava'
import * as v from 'valibot'
import { defineEffect } from '../../src/injectors/effect.ts'

test('an effect keeps the types of its arguments together', (t) => {
  const effect = defineEffect({
    name: 'wait',
    summary: 'waits',
    args: v.number(),
    example: 5,
    legs: ['client'],
    inject: (args) => (exchange, next) => next({ ...exchange, receivedAtMs: args }),
  })
  t.is(effect.name, 'wait')
  t.is(v.parse(effect.args, effect.example), 5)
})
