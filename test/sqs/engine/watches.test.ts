import test from 'ava'
import { Watches } from '../../../src/sqs/engine/watches.ts'
import { messageAt } from './lab.ts'

test('every watch is told, until it stops', (t) => {
  const watches = new Watches()
  const seen: string[] = []
  const watch = (name: string) =>
    watches.add({ seen: ({ body }) => seen.push(`${name} ${body}`), ended: () => seen.push(`${name} ended`) })
  const stop = watch('first')
  watch('second')
  t.is(watches.size, 2)
  watches.tell(messageAt(1))
  stop()
  watches.tell(messageAt(2))
  watches.endAll()
  watches.endAll()
  t.deepEqual(seen, ['first m1', 'second m1', 'second m2', 'second ended'])
  t.is(watches.size, 0)
})

test('the same watch twice is two watches', (t) => {
  const watches = new Watches()
  let seen = 0
  const watch = { seen: () => seen++, ended: () => {} }
  const stop = watches.add(watch)
  watches.add(watch)
  watches.tell(messageAt(1))
  stop()
  watches.tell(messageAt(2))
  t.is(seen, 3)
})

test('a watch that stops when it is told harms no other one', (t) => {
  const watches = new Watches()
  const seen: string[] = []
  const stop = watches.add({
    seen: () => {
      seen.push('once')
      stop()
    },
    ended: () => {},
  })
  watches.add({ seen: () => seen.push('always'), ended: () => {} })
  watches.tell(messageAt(1))
  watches.tell(messageAt(2))
  t.deepEqual(seen, ['once', 'always', 'always'])
})
