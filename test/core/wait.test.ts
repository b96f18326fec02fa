import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { wait } from '../../src/core/wait.ts'

const settled = async (promise: Promise<void>): Promise<boolean> => {
  let isSettled = false
  void promise.then(() => (isSettled = true))
  await Promise.resolve()
  await Promise.resolve()
  return isSettled
}

test('it is over after so long by the clock, not before', async (t) => {
  const clock = new VirtualClock()
  const waiting = wait(clock, 100, new AbortController().signal)
  clock.advance(99)
  t.false(await settled(waiting))
  clock.advance(1)
  t.true(await settled(waiting))
})

test('it is over when the signal fires, and leaves nothing on the clock', async (t) => {
  const scheduled: string[] = []
  const virtual = new VirtualClock()
  const clock = {
    nowMs: () => virtual.nowMs(),
    schedule: (atMs: number, task: () => void) => {
      scheduled.push('scheduled')
      const cancel = virtual.schedule(atMs, task)
      return () => {
        scheduled.push('cancelled')
        cancel()
      }
    },
  }
  const gone = new AbortController()
  const waiting = wait(clock, 100, gone.signal)
  t.false(await settled(waiting))
  gone.abort()
  t.true(await settled(waiting))
  t.deepEqual(scheduled, ['scheduled', 'cancelled'])
})

test('whoever has gone already is not waited for', async (t) => {
  t.true(await settled(wait(new VirtualClock(), 100, AbortSignal.abort())))
})
