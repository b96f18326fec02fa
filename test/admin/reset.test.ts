import test from 'ava'
import type { Service } from '../../src/core/service.ts'
import { QUEUE_RESETS, resetRoutes } from '../../src/admin/reset.ts'
import { echo } from '../echo-service.ts'
import { asking, someSessions } from './plane.ts'

/** Notes what happens to its mocks. */
function noting(events: string[]): Service {
  let made = 0
  return {
    ...echo(),
    mock: () => {
      const name = `mock ${++made}`
      events.push(`${name} made`)
      return {
        call: () => ({ kind: 'output', output: {} }),
        clear: () => events.push(`${name} cleared`),
        close: () => events.push(`${name} closed`),
      }
    },
  }
}

function laidOut() {
  const events: string[] = []
  const { sessions, wall } = someSessions([noting(events)])
  const resets = { ...QUEUE_RESETS, faults: ({ name }: { name: string }) => events.push(`faults of ${name}`) }
  return { events, sessions, wall, ask: asking(resetRoutes(sessions, resets)) }
}

test('messages go and queues stay, or both are as at the start; what waits ends', async (t) => {
  const { events, sessions, ask } = laidOut()
  const first = sessions.default.mock('echo')
  t.deepEqual((await ask('POST', '/_pipit/reset?scope=messages')).body, { reset: 'messages', sessions: ['default'] })
  t.is(sessions.default.mock('echo'), first)
  await ask('POST', '/_pipit/reset?scope=queues')
  t.not(sessions.default.mock('echo'), first)
  t.deepEqual(events, ['mock 1 made', 'mock 1 cleared', 'mock 1 closed', 'mock 2 made'])
})

test('without a scope everything is as at the start, and it is now again', async (t) => {
  const { events, sessions, ask } = laidOut()
  sessions.default.mock('echo')
  sessions.default.clock.advance(5000)
  sessions.default.clock.freeze()
  t.like((await ask('POST', '/_pipit/reset')).body, { reset: 'all' })
  t.is(sessions.default.clock.offsetMs, 0)
  t.false(sessions.default.clock.isFrozen)
  t.deepEqual(events, ['mock 1 made', 'mock 1 closed', 'faults of default'])
})

test('a scope of its own touches nothing else', async (t) => {
  const { events, sessions, ask } = laidOut()
  sessions.default.mock('echo')
  await ask('POST', '/_pipit/reset?scope=faults')
  t.deepEqual(events, ['mock 1 made', 'faults of default'])
})

test("another session's world stays, unless all are meant", async (t) => {
  const { events, sessions, ask } = laidOut()
  sessions.open('blue').mock('echo')
  await ask('POST', '/_pipit/reset')
  t.false(events.includes('mock 1 closed'))
  t.deepEqual((await ask('POST', '/_pipit/reset?session=*')).body.sessions, ['default', 'blue'])
  t.true(events.includes('mock 1 closed'))
})

test("moto's name for it does the same and answers as moto does", async (t) => {
  const { events, sessions, ask } = laidOut()
  sessions.default.mock('echo')
  t.deepEqual((await ask('POST', '/moto-api/reset')).body, { status: 'ok' })
  t.true(events.includes('mock 1 closed'))
})

test('a scope that is none is refused, with those there are', async (t) => {
  const { status, body } = await laidOut().ask('POST', '/_pipit/reset?scope=everything')
  t.is(status, 400)
  t.regex(body.error, /expected one of messages, queues, faults, all/)
})
