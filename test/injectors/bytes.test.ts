import test from 'ava'
import * as v from 'valibot'
import type { Delivery } from '../../src/core/exchange.ts'
import { delivered, onBytes } from '../../src/injectors/bytes.ts'
import { defineEffect } from '../../src/injectors/effect.ts'
import { act, answerOf, exchangeOf, LOST, onWire, responseOf } from './acting.ts'

const slow: Delivery = { kind: 'pace', bytesPerSecond: 5 }
const long = defineEffect({
  name: 'long',
  summary: 'bodies that are longer',
  args: v.number(),
  example: 5,
  legs: ['client', 'wire'],
  ...onBytes((least: number, _firing, bodyBytes) =>
    bodyBytes < least ? undefined : { what: `long ${bodyBytes}`, deliveries: [slow] },
  ),
})

test('an answer is executed first, and then written so', async (t) => {
  const acted = await act(long, 5)
  const { length } = String(responseOf(acted).response.body)
  t.is(acted.executed, 1)
  t.deepEqual(responseOf(acted).delivery, [slow])
  t.deepEqual(acted.happened, [`after-commit long ${length}`])
})

test('one that would stay as it is stays as it is', async (t) => {
  const { outcome, happened } = await act(long, 5000)
  t.deepEqual(outcome, answerOf(exchangeOf()))
  t.deepEqual(happened, [])
})

test('without an answer there are no bytes', async (t) => {
  t.like(await act(long, 5, { next: () => LOST }), { outcome: LOST, happened: [] })
})

test('a connection that nobody reads has no end that is known', (t) => {
  t.deepEqual(onWire(long, 5e9), { deliveries: [slow], happened: ['after-commit long Infinity'], refusedMs: [] })
})

test('what is to become of the bytes already comes first', (t) => {
  const first: Delivery = { kind: 'wait', ms: 1 }
  const answer = responseOf({ outcome: answerOf(exchangeOf()) })
  t.like(delivered(delivered(answer, first) as typeof answer, slow, first), { delivery: [first, slow, first] })
})
