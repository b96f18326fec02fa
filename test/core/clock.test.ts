import test, { type ExecutionContext } from 'ava'
import fc from 'fast-check'
import { type Clock, VirtualClock, createWallClock } from '../../src/core/clock.ts'

test('the virtual clock starts where it is told and moves only when told', (t) => {
  const clock = new VirtualClock(1000)
  t.is(clock.nowMs(), 1000)
  clock.advance(250)
  t.is(clock.nowMs(), 1250)
})

test('tasks run in order of time, then of scheduling, each at its own moment', (t) => {
  const clock = new VirtualClock(0)
  const ran: string[] = []
  const note = (name: string) => () => ran.push(`${name}@${clock.nowMs()}`)
  clock.schedule(20, note('late'))
  clock.schedule(10, note('first of two'))
  clock.schedule(10, note('second of two'))
  clock.schedule(31, note('not yet'))
  clock.advance(30)
  t.deepEqual(ran, ['first of two@10', 'second of two@10', 'late@20'])
  t.is(clock.nowMs(), 30)
  clock.advance(1)
  t.is(ran.at(-1), 'not yet@31')
})

test('a task in the past runs with the next move, and time does not go back for it', (t) => {
  const clock = new VirtualClock(100)
  const seenMs: number[] = []
  clock.schedule(5, () => seenMs.push(clock.nowMs()))
  t.deepEqual(seenMs, [], 'never inside schedule()')
  clock.advance(0)
  t.deepEqual(seenMs, [100])
})

test('what a task schedules on the way runs on the same way, if it is due', (t) => {
  const clock = new VirtualClock(0)
  const ranAtMs: number[] = []
  const again = (): void => {
    ranAtMs.push(clock.nowMs())
    clock.schedule(clock.nowMs() + 10, again)
  }
  clock.schedule(10, again)
  clock.advance(35)
  t.deepEqual(ranAtMs, [10, 20, 30])
})

test('a cancelled task does not run; cancelling twice, or too late, is nothing', (t) => {
  const clock = new VirtualClock(0)
  let runs = 0
  const cancel = clock.schedule(10, () => runs++)
  cancel()
  cancel()
  clock.advance(20)
  t.is(runs, 0)
  const cancelLate = clock.schedule(30, () => runs++)
  clock.schedule(40, () => runs++)
  clock.advance(10)
  cancelLate()
  clock.advance(10)
  t.is(runs, 2)
})

test('any schedule runs in the order of a stable sort by time, whatever is cancelled', (t) => {
  const plan = fc.array(fc.record({ atMs: fc.nat(50), cancelled: fc.boolean() }), { maxLength: 60 })
  fc.assert(
    fc.property(plan, (entries) => {
      const clock = new VirtualClock(0)
      const ran: number[] = []
      const cancels = entries.map(({ atMs }, index) => clock.schedule(atMs, () => ran.push(index)))
      for (const [index, entry] of entries.entries()) if (entry.cancelled) cancels[index]?.()
      clock.advance(50)
      const expected = entries
        .map((entry, index) => ({ ...entry, index }))
        .filter(({ cancelled }) => !cancelled)
        .toSorted((a, b) => a.atMs - b.atMs)
      t.deepEqual(
        ran,
        expected.map(({ index }) => index),
      )
    }),
  )
})

test.serial('the wall clock tells the time of the system', (t) => {
  withProcessTime(t, 5000, ({ clock }) => t.is(clock.nowMs(), 5000))
})

test.serial('the wall clock without tasks has no timer', (t) => {
  withProcessTime(t, 0, ({ armed }) => t.is(armed(), undefined))
})

test.serial('all tasks of the wall clock share one timer, armed for the nearest, which lets the process end', (t) => {
  withProcessTime(t, 0, ({ clock, armed, move }) => {
    const ran: string[] = []
    clock.schedule(30, () => ran.push('c'))
    t.like(armed(), { delayMs: 30, referenced: false })
    clock.schedule(10, () => ran.push('a'))
    t.like(armed(), { delayMs: 10, referenced: false })
    clock.schedule(20, () => ran.push('b'))
    t.like(armed(), { delayMs: 10 })
    move(10)
    t.deepEqual(ran, ['a'])
    t.like(armed(), { delayMs: 10, referenced: false })
    move(25)
    t.deepEqual(ran, ['a', 'b', 'c'], 'a late timer runs all that is due')
    t.is(armed(), undefined)
  })
})

test.serial('a timer that fires before its time is armed again for the rest', (t) => {
  withProcessTime(t, 0, ({ clock, armed, fire, move }) => {
    let runs = 0
    clock.schedule(10.4, () => runs++)
    t.like(armed(), { delayMs: 11 }, 'rounded up: Node cuts fractions off')
    fire()
    t.is(runs, 0)
    t.like(armed(), { delayMs: 11 })
    move(11)
    t.is(runs, 1)
  })
})

test.serial('the wall clock waits for what is further away than a timer of Node reaches', (t) => {
  withProcessTime(t, 0, ({ clock, armed, move }) => {
    const fortyDaysMs = 40 * 24 * 3600 * 1000
    let runs = 0
    clock.schedule(fortyDaysMs, () => runs++)
    t.like(armed(), { delayMs: 2 ** 31 - 1 })
    move(2 ** 31 - 1)
    t.is(runs, 0)
    t.like(armed(), { delayMs: fortyDaysMs - (2 ** 31 - 1) })
    move(fortyDaysMs - (2 ** 31 - 1))
    t.is(runs, 1)
  })
})

test.serial('a cancelled task of the wall clock does not run, nor does it hold up another', (t) => {
  withProcessTime(t, 0, ({ clock, move }) => {
    const ran: string[] = []
    const cancel = clock.schedule(10, () => ran.push('cancelled'))
    clock.schedule(20, () => ran.push('kept'))
    cancel()
    move(10)
    t.deepEqual(ran, [])
    move(10)
    t.deepEqual(ran, ['kept'])
  })
})

test.serial('a task that throws does not take the tasks behind it with it', (t) => {
  withProcessTime(t, 0, ({ clock, move, armed }) => {
    const ran: string[] = []
    clock.schedule(10, () => {
      throw new Error('a bug')
    })
    clock.schedule(10, () => ran.push('next'))
    t.throws(() => move(10), { message: 'a bug' })
    t.like(armed(), { delayMs: 0 })
    move(0)
    t.deepEqual(ran, ['next'])
  })
})

interface Timer {
  readonly delayMs: number
  readonly dueMs: number
  readonly run: () => void
  referenced: boolean
}

interface ProcessTime {
  readonly clock: Clock
  /** The one timer that is armed; two at a time fail the test. */
  readonly armed: () => Timer | undefined
  /** Passes time, firing the timers on the way. */
  readonly move: (byMs: number) => void
  /** Fires the timer now, too early. */
  readonly fire: () => void
}

/** A wall clock on a process whose Date.now and setTimeout are the test's. */
function withProcessTime(t: ExecutionContext, startMs: number, body: (time: ProcessTime) => void): void {
  const real = { now: Date.now, setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout }
  const timers = new Set<Timer>()
  let nowMs = startMs
  const fire = (timer: Timer): void => {
    timers.delete(timer)
    timer.run()
  }
  const armed = (): Timer | undefined => {
    t.true(timers.size <= 1, `${timers.size} timers`)
    return [...timers][0]
  }
  Date.now = () => nowMs
  globalThis.setTimeout = ((run: () => void, delayMs: number) => {
    const timer = { run, delayMs, dueMs: nowMs + delayMs, referenced: true, unref: () => timer }
    timer.unref = () => Object.assign(timer, { referenced: false })
    timers.add(timer)
    return timer
  }) as unknown as typeof setTimeout
  globalThis.clearTimeout = ((timer: Timer | undefined) => {
    if (timer !== undefined) timers.delete(timer)
  }) as unknown as typeof clearTimeout
  try {
    body({
      clock: createWallClock(),
      armed,
      move(byMs) {
        nowMs += byMs
        for (let timer = armed(); timer !== undefined && timer.dueMs <= nowMs; timer = armed()) fire(timer)
      },
      fire() {
        const timer = armed()
        if (timer === undefined) throw new Error('no timer is armed')
        fire(timer)
      },
    })
  } finally {
    Date.now = real.now
    globalThis.setTimeout = real.setTimeout
    globalThis.clearTimeout = real.clearTimeout
  }
}
