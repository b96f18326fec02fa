import test from 'ava'
import type { Call, Exchange } from '../src/core/exchange.ts'
import type { Mock, Service } from '../src/core/service.ts'
import { VirtualClock } from '../src/core/clock.ts'
import { seededRandom } from '../src/core/random.ts'
import { Session } from '../src/session.ts'
import { echo } from './echo-service.ts'

function session() {
  const counts = { made: 0, closed: 0, cleared: 0 }
  const mock = (): Mock => {
    counts.made++
    return { call: () => ({ kind: 'output', output: {} }), clear: () => counts.cleared++, close: () => counts.closed++ }
  }
  const wall = new VirtualClock()
  return { counts, wall, session: new Session('blue', [{ ...echo(), mock }], { wall, random: seededRandom(1) }) }
}

test('a session has one mock of each service, made when it is first asked for', (t) => {
  const { counts, session: blue } = session()
  t.is(counts.made, 0)
  t.is(blue.mock('echo'), blue.mock('echo'))
  t.is(counts.made, 1)
  t.throws(() => blue.mock('s3'), { message: /no service s3/ })
})

test('a service finds the others of its session, with the state that clients see', (t) => {
  const { session: blue } = session()
  const peer = blue.peer('echo')
  t.is(peer?.mock, blue.mock('echo'))
  t.is(peer?.service.name, 'echo')
  t.is(blue.peer('s3'), undefined)
})

test('whoever wants to hears what services of a session ask each other', async (t) => {
  const { session: blue } = session()
  const heard: unknown[] = []
  blue.hearPeers((...told) => heard.push(told))
  const exchange = { id: '1' } as unknown as Exchange
  const result = await blue.peer('echo')?.mock.call({} as Call, exchange)
  t.deepEqual(heard, [[exchange, result]])
  await blue.mock('echo').call({} as Call, exchange)
  t.is(heard.length, 1, 'a client is nobody of the session')
})

test('a mock is given the way to the others', (t) => {
  const wall = new VirtualClock()
  let found: unknown
  const asking: Service = {
    ...echo(),
    name: 'asking',
    mock: ({ peer }) => {
      found = peer?.('echo')?.service.name
      return echo().mock({} as never)
    },
  }
  new Session('blue', [asking, echo()], { wall, random: seededRandom(1) }).mock('asking')
  t.is(found, 'echo')
})

test('clearing keeps the mock, renewing makes another one, and ends what waited in the old one', (t) => {
  const { counts, session: blue } = session()
  const first = blue.mock('echo')
  blue.clear()
  t.is(blue.mock('echo'), first)
  blue.renew()
  t.not(blue.mock('echo'), first)
  t.deepEqual(counts, { made: 2, cleared: 1, closed: 1 })
})

test('after a restart it is now again, and what the old time had in store does not happen', (t) => {
  const { wall, session: blue } = session()
  let rings = 0
  const before = blue.clock
  before.advance(5000)
  before.schedule(before.nowMs() + 10, () => rings++)
  blue.restart()
  t.not(blue.clock, before)
  t.is(blue.clock.offsetMs, 0)
  wall.advance(60_000)
  t.is(rings, 0)
})

test('a session is idle when nothing is under way and nothing was for so long', (t) => {
  const { wall, session: blue } = session()
  blue.begin()
  wall.advance(1000)
  t.false(blue.isIdleSince(wall.nowMs()))
  blue.end()
  t.false(blue.isIdleSince(wall.nowMs() - 1))
  wall.advance(1000)
  t.true(blue.isIdleSince(wall.nowMs() - 1))
})

test('what answers for a service is said by the session, else for all sessions, else it is the mock', (t) => {
  const wall = new VirtualClock()
  const environment = { wall, random: seededRandom(1), modes: { sqs: 'forward' } } as const
  const modesOf = (made: Session): string[] => ['sqs', 'dynamodb'].map((service) => made.modeOf(service))
  t.deepEqual(modesOf(new Session('blue', [], { wall, random: seededRandom(1) })), ['mock', 'mock'])
  t.deepEqual(modesOf(new Session('blue', [], environment)), ['forward', 'mock'])
  t.deepEqual(modesOf(new Session('blue', [], environment, { modes: { '*': 'mock' } })), ['mock', 'mock'])
  t.deepEqual(modesOf(new Session('blue', [], environment, { modes: { dynamodb: 'forward' } })), ['forward', 'forward'])
})
