import test from 'ava'
import { peeked } from '../../../src/sqs/admin/peeked.ts'
import { deskLab } from './desk-lab.ts'

test('a message shows all that it is: attributes, group, deduplication, order', (t) => {
  const { world, make } = deskLab()
  const queue = make('orders.fifo')
  queue.send({
    body: 'hello',
    senderId: 'me',
    groupId: 'g',
    deduplicationId: 'd',
    traceHeader: 'Root=1',
    attributes: {
      text: { dataType: 'String', stringValue: 'x' },
      bytes: { dataType: 'Binary', binaryValue: Buffer.from([1, 2, 3]) },
    },
  })
  const [message] = queue.desk.messages()
  if (message === undefined) return t.fail('there is no message')
  const shown = JSON.parse(JSON.stringify(peeked(message, world.clock.nowMs())))
  t.like(shown, {
    state: 'visible',
    body: 'hello',
    attributes: {
      text: { DataType: 'String', StringValue: 'x' },
      bytes: { DataType: 'Binary', BinaryValue: 'AQID' },
    },
    receiveCount: 0,
    sentAt: '2026-01-01T00:00:00.000Z',
    groupId: 'g',
    deduplicationId: 'd',
    traceHeader: 'Root=1',
  })
  t.regex(shown.sequenceNumber, /^\d{20}$/)
})
