import test from 'ava'
import { clockRoutes } from '../../src/admin/clock.ts'
import { asking, someSessions } from './plane.ts'

const path = '/_pipit/clock'

test('time moves on by a duration, or to a moment, and says where it is', async (t) => {
  const { sessions, wall } = someSessions()
  const ask = asking(clockRoutes(sessions))
  wall.advance(1000)
  t.deepEqual((await ask('GET', path)).body, {
    session: 'default',
    now: '2026-01-01T00:00:01.000Z',
    nowMs: Date.UTC(2026, 0, 1, 0, 0, 1),
    offsetMs: 0,
    frozen: false,
  })
  t.like((await ask('POST', path, { body: { advance: '5m' } })).body, {
    now: '2026-01-01T00:05:01.000Z',
    offsetMs: 300_000,
  })
  t.like((await ask('POST', path, { body: { set: '2026-12-24T18:00:00Z' } })).body, { now: '2026-12-24T18:00:00.000Z' })
  wall.advance(1000)
  t.like((await ask('GET', path)).body, { now: '2026-12-24T18:00:01.000Z' })
})

test('what is due on the way has happened when the answer comes', async (t) => {
  const { sessions } = someSessions()
  const ask = asking(clockRoutes(sessions))
  const seen: string[] = []
  const { clock } = sessions.default
  clock.schedule(clock.nowMs() + 60_000, () => seen.push(new Date(clock.nowMs()).toISOString()))
  await ask('POST', path, { body: { advance: '14d' } })
  t.deepEqual(seen, ['2026-01-01T00:01:00.000Z'])
})

test('time stands still when it is frozen, can be moved, and runs on', async (t) => {
  const { sessions, wall } = someSessions()
  const ask = asking(clockRoutes(sessions))
  const move = async (body: object): Promise<unknown> => (await ask('POST', path, { body })).body
  t.like(await move({ freeze: true }), { frozen: true, now: '2026-01-01T00:00:00.000Z' })
  wall.advance(5000)
  t.like(await move({ advance: 1500 }), { frozen: true, now: '2026-01-01T00:00:01.500Z' })
  t.like(await move({ resume: true }), { frozen: false, now: '2026-01-01T00:00:01.500Z', offsetMs: -3500 })
})

test("one session's time is not another's; all can be moved at once", async (t) => {
  const { sessions } = someSessions()
  const ask = asking(clockRoutes(sessions))
  await ask('POST', `/s/blue${path}`, { body: { advance: '1h' } })
  t.like((await ask('GET', path)).body, { offsetMs: 0 })
  const { body } = await ask('POST', `${path}?session=*`, { body: { advance: '1h' } })
  t.deepEqual(
    body.sessions.map(({ session, offsetMs }: { session: string; offsetMs: number }) => [session, offsetMs]),
    [
      ['default', 3_600_000],
      ['blue', 7_200_000],
    ],
  )
})

for (const [body, status, error] of [
  [{}, 400, /expected one of \{"advance": "5m"\}/],
  [undefined, 400, /expected one of/],
  [{ advance: 'soon' }, 400, /the body advance: expected a duration like "200ms", got "soon"/],
  [{ advance: -1 }, 400, /expected a duration/],
  [{ set: 'tomorrow' }, 400, /expected a moment like/],
  [{ freeze: false }, 400, /expected true/],
  [{ freeze: true, resume: true }, 400, /not both/],
  [{ set: 0, advance: 5 }, 400, /not both/],
  [{ set: '2020-01-01T00:00:00Z' }, 409, /it is 2026-01-01T00:00:00.000Z already, and time does not go back/],
  [{ avance: '5m' }, 400, /did you mean "advance"/],
] as const)
  test(`the clock refuses ${JSON.stringify(body)}`, async (t) => {
    const { sessions } = someSessions()
    const answer = await asking(clockRoutes(sessions))('POST', path, { body })
    t.is(answer.status, status)
    t.regex(answer.body.error, error)
    t.is(sessions.default.clock.offsetMs, 0)
  })

test('a session that is not there is named, with the nearest that is', async (t) => {
  const { sessions } = someSessions()
  sessions.create('blue')
  const { status, body } = await asking(clockRoutes(sessions))('GET', `${path}?session=bleu`)
  t.is(status, 404)
  t.is(body.error, 'there is no session bleu (did you mean "blue"?)')
})
