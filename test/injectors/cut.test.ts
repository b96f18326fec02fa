import test from 'ava'
import { cut } from '../../src/injectors/cut.ts'
import { act, complaint, onWire, responseOf } from './acting.ts'

test('at a fraction of the body, then a reset, unless it says otherwise', async (t) => {
  for (const given of [0.5, { fraction: 0.5 }, { fraction: 0.5, part: 'body', then: 'reset' }]) {
    const acted = await act(cut, given)
    t.deepEqual(responseOf(acted).delivery, [{ kind: 'cut', at: { part: 'body', fraction: 0.5 }, ending: 'reset' }])
    t.deepEqual(acted.happened, ['after-commit cut at 50% of the body, reset'])
  }
})

test('at a byte of the head, then an ordinary end', async (t) => {
  const acted = await act(cut, { at: 20, part: 'head', then: 'close' })
  t.deepEqual(responseOf(acted).delivery, [{ kind: 'cut', at: { part: 'head', at: 20 }, ending: 'close' }])
  t.deepEqual(acted.happened, ['after-commit cut at byte 20 of the head, close'])
})

test('a body that ends before that byte is left whole, and nothing is reported', async (t) => {
  const { outcome, happened } = await act(cut, { at: 5000 })
  t.is(responseOf({ outcome }).delivery, undefined)
  t.deepEqual(happened, [])
})

test('on the wire it counts the bytes that come back, and a fraction is one of the first answer', (t) => {
  t.deepEqual(onWire(cut, { at: '1kB', part: 'head' }).deliveries, [
    { kind: 'cut', at: { part: 'body', at: 1000 }, ending: 'reset' },
  ])
  t.deepEqual(onWire(cut, { fraction: 0.5, then: 'close' }).deliveries, [
    { kind: 'cut', at: { part: 'body', fraction: 0.5 }, ending: 'close' },
  ])
})

for (const [given, text] of [
  [2, 'expected a fraction from 0 to 1'],
  [{}, 'expected a fraction, or at'],
  [{ fraction: 0.5, at: 5 }, 'expected a fraction, or at'],
  [{ fraction: -1 }, 'fraction: expected a fraction from 0 to 1'],
  [{ at: 'x' }, 'at: expected a size like "20kB"'],
  [{ at: 1, then: 'rset' }, 'then: expected one of reset, close, hang (did you mean "reset"?)'],
  [{ at: 1, part: 'foot' }, 'part: expected one of head, body'],
] as const)
  test(`${JSON.stringify(given)} is no cut`, (t) => {
    t.is(complaint(cut, given), text)
  })
