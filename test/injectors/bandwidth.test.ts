import test from 'ava'
import { bandwidth } from '../../src/injectors/bandwidth.ts'
import { act, complaint, onWire, responseOf } from './acting.ts'

for (const given of ['20kB', '20kB/s', 20_000])
  test(`${given} is a pace`, async (t) => {
    const acted = await act(bandwidth, given)
    t.deepEqual(responseOf(acted).delivery, [{ kind: 'pace', bytesPerSecond: 20_000 }])
    t.deepEqual(acted.happened, ['after-commit bandwidth 20000B/s'])
    t.deepEqual(onWire(bandwidth, given).deliveries, responseOf(acted).delivery)
  })

test('0 lets nothing pass', async (t) => {
  t.deepEqual(responseOf(await act(bandwidth, 0)).delivery, [{ kind: 'pace', bytesPerSecond: 0 }])
})

test('what is no size is no bandwidth', (t) => {
  t.is(complaint(bandwidth, 'slow'), 'expected a size like "20kB"')
  t.is(complaint(bandwidth, {}), 'expected bytes in a second like "20kB"')
})
