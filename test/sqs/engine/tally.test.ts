import test from 'ava'
import { Tally } from '../../../src/sqs/engine/tally.ts'

test('a receive without a message is counted apart', (t) => {
  const tally = new Tally()
  tally.receive(3)
  tally.receive(0)
  tally.receive(2)
  t.like(tally, { received: 5, emptyReceives: 1 })
})

test('sends are counted with their bytes', (t) => {
  const tally = new Tally()
  tally.send(10)
  tally.send(5)
  t.like(tally, { sent: 2, sentBytes: 15 })
})
