import test from 'ava'
import { refuse } from '../../src/injectors/refuse.ts'
import { act, complaint, onWire } from './acting.ts'

test('the request is lost, and new connections are refused', async (t) => {
  const { outcome, executed, happened, refusedMs } = await act(refuse, '5s')
  t.like(outcome, { failure: { ending: 'close' } })
  t.is(executed, 0)
  t.deepEqual(refusedMs, [5000])
  t.deepEqual(happened, ['before-commit refuse 5000ms'])
})

test('on the wire the connection ends before a byte comes back', (t) => {
  t.deepEqual(onWire(refuse, '5s'), {
    deliveries: [{ kind: 'cut', at: { part: 'body', at: 0 }, ending: 'close' }],
    happened: ['after-commit refuse 5000ms'],
    refusedMs: [5000],
  })
})

test('it has an end that somebody lives to see', (t) => {
  t.is(complaint(refuse, '11m'), 'expected at most 10m: the control plane cannot be reached either')
})
