import test from 'ava'
import fc from 'fast-check'
import { Deadlines } from '../../../src/sqs/engine/deadlines.ts'
import { messageAt } from './lab.ts'

test('the soonest comes first, whatever the order in which they were added', (t) => {
  const deadlines = new Deadlines()
  for (const [offset, ms] of [30, 10, 20].entries()) deadlines.add(messageAt(offset), ms, ms)
  t.is(deadlines.nextMs, 10)
  t.is(deadlines.takeDue(9), undefined)
  t.is(deadlines.takeDue(100)?.offset, 1)
  t.is(deadlines.takeDue(100)?.offset, 2)
  t.is(deadlines.takeDue(100)?.offset, 0)
  t.is(deadlines.takeDue(100), undefined)
  t.is(deadlines.size, 0)
  t.is(deadlines.nextMs, Infinity)
})

test('of those that are due together, the one that began first comes first', (t) => {
  const deadlines = new Deadlines()
  deadlines.add(messageAt(2), 30, 30)
  deadlines.add(messageAt(1), 20, 30)
  deadlines.add(messageAt(0), 20, 30)
  deadlines.add(messageAt(3), 10, 30)
  t.deepEqual(
    [1, 2, 3, 4].map(() => deadlines.takeDue(30)?.offset),
    [2, 1, 0, 3],
  )
})

test('one that was removed never comes due', (t) => {
  const deadlines = new Deadlines()
  const first = messageAt(0)
  deadlines.add(first, 10, 10)
  deadlines.add(messageAt(1), 10, 12)
  deadlines.remove(first)
  t.is(deadlines.nextMs, 12)
  t.is(deadlines.size, 1)
  t.is(first.list, undefined)
})

test('a clock that was set back puts the newcomer before those that are due later', (t) => {
  const deadlines = new Deadlines()
  deadlines.add(messageAt(0), 10, 1010)
  deadlines.add(messageAt(1), 10, 510)
  deadlines.add(messageAt(2), 10, 510)
  t.is(deadlines.nextMs, 510)
  t.deepEqual(
    [1, 2, 3].map(() => deadlines.takeDue(2000)?.offset),
    [1, 2, 0],
  )
})

test('whatever is added and removed, it agrees with a sorted array', (t) => {
  const step = fc.record({ duration: fc.integer({ min: 1, max: 5 }), wait: fc.nat(3), remove: fc.nat(9) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const deadlines = new Deadlines()
      let nowMs = 0
      let waiting: { message: ReturnType<typeof messageAt>; dueMs: number; began: number }[] = []
      for (const [began, { duration, wait, remove }] of steps.entries()) {
        const message = messageAt(began)
        deadlines.add(message, duration, nowMs + duration)
        waiting.push({ message, dueMs: nowMs + duration, began })
        const leaver = waiting[remove]
        if (leaver !== undefined) {
          deadlines.remove(leaver.message)
          waiting.splice(remove, 1)
        }
        nowMs += wait
        const due = waiting
          .filter(({ dueMs }) => dueMs <= nowMs)
          .toSorted((a, b) => a.dueMs - b.dueMs || a.began - b.began)
        waiting = waiting.filter(({ dueMs }) => dueMs > nowMs)
        for (const { message: expected } of due) if (deadlines.takeDue(nowMs) !== expected) return false
        if (deadlines.takeDue(nowMs) !== undefined) return false
      }
      return deadlines.size === waiting.length && [...deadlines].length === waiting.length
    }),
  )
  t.pass()
})
