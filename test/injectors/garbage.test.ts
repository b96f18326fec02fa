import test from 'ava'
import { garbage } from '../../src/injectors/garbage.ts'
import { act, complaint, onWire, responseOf } from './acting.ts'

test('instead of HTTP, and then the connection ends', async (t) => {
  const acted = await act(garbage, 'head', { draws: { garbage: 0.25 } })
  t.deepEqual(responseOf(acted).delivery, [
    { kind: 'garbage', from: { part: 'head', at: 0 }, seed: 2 ** 30 },
    { kind: 'cut', at: { part: 'body', fraction: 1 }, ending: 'close' },
  ])
  t.deepEqual(acted.happened, ['after-commit garbage in the head'])
})

test('in a part of the body', async (t) => {
  const acted = await act(garbage, { part: 'body', at: 5, bytes: 3 })
  t.deepEqual(responseOf(acted).delivery, [{ kind: 'garbage', from: { part: 'body', at: 5 }, bytes: 3, seed: 2 ** 31 }])
  t.deepEqual(acted.happened, ['after-commit garbage in the body'])
})

test('a body without that byte is left as it is', async (t) => {
  const { happened, outcome } = await act(garbage, { part: 'body', at: 5000 })
  t.deepEqual(happened, [])
  t.is(responseOf({ outcome }).delivery, undefined)
})

test('on the wire there is no head', (t) => {
  const { deliveries, happened } = onWire(garbage, { part: 'head', at: 5 })
  t.deepEqual(deliveries, [{ kind: 'garbage', from: { part: 'body', at: 5 }, seed: 2 ** 31 }])
  t.deepEqual(happened, ['after-commit garbage'])
})

test('a part that there is not is told about', (t) => {
  t.is(complaint(garbage, 'haed'), 'expected one of head, body (did you mean "head"?)')
  t.is(complaint(garbage, {}), 'part: missing')
})
