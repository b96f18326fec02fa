import test from 'ava'
import { VirtualClock } from '../../../src/core/clock.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { Engine } from '../../../src/sqs/engine/engine.ts'

test('a message is sent, received, and deleted', (t) => {
  const clock = new VirtualClock()
  const engine = new Engine({ clock, random: seededRandom(1) })
  const queue = engine.create(
    { account: '000000000000', region: 'us-east-1', name: 'orders' },
    { visibilityTimeoutSeconds: 30, delaySeconds: 0, retentionSeconds: 345_600 },
  )
  const sent = queue.send({ body: 'hello', senderId: 'AIDA' })
  t.regex(sent.messageId, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const delivered = queue.receive({ max: 10, visibilityTimeoutSeconds: 30 })
  if (delivered === 'over-limit') return t.fail()
  t.is(delivered.length, 1)
  t.is(delivered[0]?.receiptHandle.length, 412)
  t.regex(delivered[0]?.receiptHandle ?? '', /^AQEB/)
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 1, delayed: 0 })
  clock.advance(30_000)
  t.deepEqual(queue.counts(), { visible: 1, inFlight: 0, delayed: 0 })
  t.is(queue.delete(delivered[0]?.receiptHandle ?? ''), 'deleted')
  t.is(queue.delete(delivered[0]?.receiptHandle ?? ''), 'gone')
  t.is(queue.delete('garbage'), 'invalid')
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 0, delayed: 0 })
})
