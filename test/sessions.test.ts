import test from 'ava'
import { VirtualClock } from '../src/core/clock.ts'
import { seededRandom } from '../src/core/random.ts'
import type { Mock } from '../src/core/service.ts'
import { createSessions, DEFAULT_SESSION } from '../src/sessions.ts'
import { echo } from './echo-service.ts'

test('the default session has one mock of each service, and closing ends them', (t) => {
  let made = 0
  let closed = 0
  const mock: Mock = { call: () => ({ kind: 'output', output: {} }), close: () => closed++ }
  const clock = new VirtualClock()
  const service = { ...echo(), mock: () => (made++, mock) }
  const sessions = createSessions([service], { clock, wall: clock, random: seededRandom(1) })
  const session = sessions.resolve()
  t.is(session.name, DEFAULT_SESSION)
  t.is(sessions.find(DEFAULT_SESSION), session)
  t.is(session.mock('echo'), session.mock('echo'))
  t.is(made, 1)
  t.throws(() => session.mock('s3'), { message: /no service s3/ })
  sessions.close()
  t.is(closed, 1)
})
