import test from 'ava'
import { slice } from '../../src/injectors/slice.ts'
import { act, complaint, onWire, responseOf } from './acting.ts'

for (const [given, waitMs] of [
  [16, 1],
  ['16B', 1],
  [{ bytes: 16 }, 1],
  [{ bytes: 16, wait: '5ms' }, 5],
] as const)
  test(`${JSON.stringify(given)}: pieces of sixteen bytes, ${waitMs} ms apart`, async (t) => {
    const acted = await act(slice, given)
    t.deepEqual(responseOf(acted).delivery, [{ kind: 'slice', bytes: 16, waitMs }])
    t.deepEqual(acted.happened, ['after-commit slice 16B'])
    t.deepEqual(onWire(slice, given).deliveries, responseOf(acted).delivery)
  })

test('a piece without a byte is none', (t) => {
  t.is(complaint(slice, 0), 'expected at least one byte')
  t.is(complaint(slice, { bytes: 1, wiat: 5 }), 'wiat: unknown key (did you mean "wait"?)')
})
