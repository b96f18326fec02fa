import test from 'ava'
import { drip } from '../../src/injectors/drip.ts'
import { act, complaint, onWire, responseOf } from './acting.ts'

test('so many bytes, every so often; a text says the same', async (t) => {
  for (const given of [{ bytes: 10, every: '300ms' }, '10/300ms', '10B/300ms']) {
    const acted = await act(drip, given)
    t.deepEqual(responseOf(acted).delivery, [{ kind: 'slice', bytes: 10, waitMs: 300 }])
    t.deepEqual(acted.happened, ['after-commit drip 10B/300ms'])
    t.deepEqual(onWire(drip, given).deliveries, responseOf(acted).delivery)
  }
})

for (const [given, text] of [
  ['slowly', 'expected drops like "10B/300ms"'],
  ['0B/300ms', 'bytes: expected at least one byte'],
  ['10B/soon', 'every: expected a duration like "200ms"'],
  [{ bytes: 10 }, 'every: missing'],
] as const)
  test(`${JSON.stringify(given)} is no drip`, (t) => {
    t.is(complaint(drip, given), text)
  })
