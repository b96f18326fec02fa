import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { ServiceError } from '../../src/core/errors.ts'
import { ANSWER_LIMIT_MS, type Guarded, guarded } from '../../src/plugins/guard.ts'

const wall = new VirtualClock()
const guard: Guarded = { plugin: 'plugins/a.js', doing: 'Say', wall }
const never = new Promise<never>(() => {})

/** Lets every promise that can go on go on. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

test('what is answered at once is answered at once', (t) => {
  t.is(
    guarded(guard, () => 7),
    7,
  )
})

test('what is promised is promised', async (t) => {
  t.is(await guarded(guard, () => Promise.resolve(7)), 7)
})

test('what is thrown names the plugin, at once and later; an answer goes through', async (t) => {
  const error = { shape: 'S', code: 'C', status: 400, fault: 'Sender', message: 'm' } as const
  const answer = new ServiceError(error)
  for (const thrown of [new RangeError('no'), 'no'] as Error[]) {
    t.throws(
      () =>
        guarded(guard, () => {
          throw thrown
        }),
      { instanceOf: ServiceError, message: /Say threw (RangeError: )?no/ },
    )
    await t.throwsAsync(
      async () =>
        guarded(guard, async () => {
          await settle()
          throw thrown
        }),
      { message: /Say threw/ },
    )
  }
  t.is(
    t.throws(() =>
      guarded(guard, () => {
        throw answer
      }),
    ),
    answer,
  )
  t.is(await t.throwsAsync(async () => guarded(guard, () => Promise.reject(answer))), answer)
  const lost = new Error('lost')
  t.is(
    t.throws(() =>
      guarded(
        guard,
        () => {
          throw lost
        },
        (given): given is Error => given === lost,
      ),
    ),
    lost,
  )
})

test("what never ends ends at the limit, and what it answers then is nobody's", async (t) => {
  const clock = new VirtualClock()
  let late = (_error: Error): void => {}
  const waiting = guarded({ ...guard, wall: clock }, () => new Promise<number>((_resolve, reject) => (late = reject)))
  clock.advance(ANSWER_LIMIT_MS - 1)
  const refusal = t.throwsAsync(async () => waiting, {
    message: 'plugins/a.js: Say has not answered within 30 s: let it return a value, or a promise that ends.',
  })
  clock.advance(1)
  await refusal
  late(new Error('too late'))
  await settle()
})

test('waiting for somebody else is not its own time', async (t) => {
  const clock = new VirtualClock()
  let other = (): void => {}
  const waiting = guarded({ ...guard, wall: clock }, async (elsewhere) => {
    await elsewhere(new Promise<void>((resolve) => (other = resolve)))
    await elsewhere(Promise.resolve())
    return never
  })
  let ended = ''
  const ending = Promise.resolve(waiting).catch((error: unknown) => (ended = String(error)))
  clock.advance(10 * ANSWER_LIMIT_MS)
  await settle()
  t.is(ended, '')
  other()
  await settle()
  clock.advance(ANSWER_LIMIT_MS - 1)
  await settle()
  t.is(ended, '')
  clock.advance(1)
  await ending
  t.regex(ended, /has not answered/)
})

test('two waits for others at a time stop its time once', async (t) => {
  const clock = new VirtualClock()
  const waiting = guarded({ ...guard, wall: clock }, async (elsewhere) => {
    const [first] = await Promise.all([elsewhere(Promise.resolve(1)), elsewhere(Promise.resolve(2))])
    return first
  })
  t.is(await waiting, 1)
})

test('it ends with its session', async (t) => {
  const underWay = new Set<() => void>()
  const waiting = guarded({ ...guard, underWay }, () => never)
  const refusal = t.throwsAsync(async () => waiting, { message: /Say was under way when its session ended/ })
  for (const end of underWay) end()
  await refusal
  t.is(underWay.size, 0)
  await guarded({ ...guard, underWay }, () => Promise.resolve())
  t.is(underWay.size, 0)
})
