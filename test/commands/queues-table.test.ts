import test from 'ava'
import { messageLines, queueLines } from '../../src/commands/queues-table.ts'

test('queues stand in columns, with what is in them', (t) => {
  const counts = { visible: 1, inFlight: 2, delayed: 3 }
  const queue = (name: string) => ({ name, arn: '', region: 'r', account: '000000000000', counts })
  t.is(
    queueLines([queue('a'), queue('orders')]),
    'a       r 000000000000  1 visible, 2 in flight, 3 delayed\norders  r 000000000000  1 visible, 2 in flight, 3 delayed',
  )
  t.is(queueLines([]), 'no queues')
})

test('messages stand one to a line, with the time they have left, and what a terminal would act on is escaped', (t) => {
  t.is(
    messageLines([{ messageId: 'm-1', state: 'inFlight', timeLeftMs: 1500, receiveCount: 2, body: 'a\nb' }]),
    String.raw`m-1  inFlight 1.5s     x2  a\x0ab`,
  )
  t.is(messageLines([]), 'no messages')
})
