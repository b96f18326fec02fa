import test from 'ava'
import fc from 'fast-check'
import { VirtualClock } from '../../src/core/clock.ts'
import { SessionClock } from '../../src/core/session-clock.ts'

const made = () => {
  const wall = new VirtualClock(0)
  return { wall, clock: new SessionClock(wall) }
}

test("a session's time runs with real time, and further on when it is told", (t) => {
  const { wall, clock } = made()
  wall.advance(10)
  t.is(clock.nowMs(), 10)
  clock.advance(100)
  t.is(clock.nowMs(), 110)
  t.is(clock.offsetMs, 100)
  wall.advance(5)
  t.is(clock.nowMs(), 115)
})

test('advancing runs what is due on the way, each task at its own moment, and what it schedules', (t) => {
  const { clock } = made()
  const seenMs: number[] = []
  const again = (): void => {
    seenMs.push(clock.nowMs())
    clock.schedule(clock.nowMs() + 10, again)
  }
  clock.schedule(10, again)
  clock.schedule(15, () => seenMs.push(clock.nowMs()))
  clock.advance(35)
  t.deepEqual(seenMs, [10, 15, 20, 30])
  t.is(clock.nowMs(), 35)
})

test('real time brings tasks about, offset or not', (t) => {
  const { wall, clock } = made()
  const seenMs: number[] = []
  clock.advance(1000)
  clock.schedule(1500, () => seenMs.push(clock.nowMs()))
  wall.advance(499)
  t.deepEqual(seenMs, [])
  wall.advance(1)
  t.deepEqual(seenMs, [1500])
})

test('frozen time brings nothing about until it is moved or runs on', (t) => {
  const { wall, clock } = made()
  const seenMs: number[] = []
  clock.schedule(100, () => seenMs.push(clock.nowMs()))
  clock.schedule(200, () => seenMs.push(clock.nowMs()))
  clock.freeze()
  wall.advance(1000)
  t.is(clock.nowMs(), 0)
  t.deepEqual(seenMs, [])
  t.is(clock.offsetMs, -1000)
  clock.advance(150)
  t.true(clock.isFrozen)
  t.deepEqual(seenMs, [100])
  clock.resume()
  clock.resume()
  wall.advance(49)
  t.deepEqual(seenMs, [100])
  wall.advance(1)
  t.deepEqual(seenMs, [100, 200])
})

test('real time that passes while time is moved on is not lost', (t) => {
  const { wall, clock } = made()
  clock.schedule(10, () => wall.advance(3))
  clock.advance(100)
  t.is(clock.offsetMs, 100)
  t.is(clock.nowMs(), 103)
})

test('freezing twice is freezing once', (t) => {
  const { wall, clock } = made()
  clock.freeze()
  wall.advance(10)
  clock.freeze()
  t.is(clock.nowMs(), 0)
})

test('a stopped clock brings nothing about any more', (t) => {
  const { wall, clock } = made()
  let rings = 0
  clock.schedule(10, () => rings++)
  clock.stop()
  clock.schedule(5, () => rings++)
  wall.advance(100)
  t.is(rings, 0)
})

test('a task that throws does not stop the clock', (t) => {
  const { wall, clock } = made()
  let rings = 0
  clock.schedule(10, () => {
    throw new Error('a bug')
  })
  clock.schedule(20, () => rings++)
  t.throws(() => wall.advance(15), { message: 'a bug' })
  wall.advance(10)
  t.is(rings, 1)
})

test('whatever is done to it, no task runs early, none is lost, and time never goes back', (t) => {
  const step = fc.oneof(
    fc.record({ do: fc.constantFrom('wall', 'advance', 'schedule'), ms: fc.nat(50) }),
    fc.record({ do: fc.constantFrom('freeze', 'resume', 'cancel'), ms: fc.constant(0) }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { wall, clock } = made()
      const pending = new Map<number, number>()
      const cancels = new Map<number, () => void>()
      let before = 0
      for (const [id, { do: what, ms }] of steps.entries()) {
        if (what === 'wall') wall.advance(ms)
        else if (what === 'advance') clock.advance(ms)
        else if (what === 'freeze') clock.freeze()
        else if (what === 'resume') clock.resume()
        else if (what === 'schedule') {
          const atMs = clock.nowMs() + ms
          pending.set(id, atMs)
          const run = (): void => {
            t.true(clock.nowMs() >= atMs, 'a task ran early')
            pending.delete(id)
          }
          cancels.set(id, clock.schedule(atMs, run))
        } else {
          const [first] = pending.keys()
          if (first !== undefined) cancels.get(first)?.()
          if (first !== undefined) pending.delete(first)
        }
        t.true(clock.nowMs() >= before, 'time went back')
        before = clock.nowMs()
      }
      clock.resume()
      clock.advance(51)
      t.is(pending.size, 0)
    }),
  )
})
