import test from 'ava'
import { pause } from '../../src/http/pause.ts'

test('a pause ends after what it was told, and not before what was due earlier', async (t) => {
  const order: string[] = []
  await Promise.all([pause(5).then(() => order.push('later')), pause(0).then(() => order.push('first'))])
  t.deepEqual(order, ['first', 'later'])
})
