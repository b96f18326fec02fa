import test from 'ava'
import { type Clock, VirtualClock } from '../../../src/core/clock.ts'
import { Alarm } from '../../../src/sqs/engine/alarm.ts'

test('it rings once, at its time, and is off then', (t) => {
  const clock = new VirtualClock(0)
  const rings: number[] = []
  const alarm = new Alarm(clock, () => rings.push(clock.nowMs()))
  alarm.set(50)
  clock.advance(49)
  t.deepEqual(rings, [])
  clock.advance(100)
  t.deepEqual(rings, [50])
  t.is(alarm.atMs, Infinity)
})

test('only the last time that it was set to counts', (t) => {
  const clock = new VirtualClock(0)
  const rings: number[] = []
  const alarm = new Alarm(clock, () => rings.push(clock.nowMs()))
  alarm.set(50)
  alarm.set(20)
  alarm.set(70)
  clock.advance(100)
  t.deepEqual(rings, [70])
})

test('set to Infinity it is off and holds nothing on the clock', (t) => {
  let scheduled = 0
  const clock: Clock = {
    nowMs: () => 0,
    schedule: () => {
      scheduled++
      return () => scheduled--
    },
  }
  const alarm = new Alarm(clock, t.fail)
  alarm.set(50)
  alarm.set(50)
  t.is(scheduled, 1)
  alarm.set(Infinity)
  t.is(scheduled, 0)
})

test('it can be set again while it rings', (t) => {
  const clock = new VirtualClock(0)
  const rings: number[] = []
  const alarm = new Alarm(clock, () => {
    rings.push(clock.nowMs())
    if (rings.length < 3) alarm.set(clock.nowMs() + 10)
  })
  alarm.set(10)
  clock.advance(100)
  t.deepEqual(rings, [10, 20, 30])
})
