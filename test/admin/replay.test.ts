import test, { type ExecutionContext } from 'ava'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replayRoutes } from '../../src/admin/replay.ts'
import { seededRandom } from '../../src/core/random.ts'
import { NOTHING_DECLARED } from '../../src/fixtures/declared.ts'
import { Library } from '../../src/fixtures/library.ts'
import { Store } from '../../src/fixtures/store.ts'
import { sqs } from '../../src/sqs/service.ts'
import { entriesFrom } from '../fixtures/entries-of-suite.ts'
import { exchangeOf } from '../fixtures/virtual-suite.ts'
import { asking, someSessions } from './plane.ts'

function replaying(t: ExecutionContext) {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-replays-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const store = new Store(folder)
  store.save('default', { declared: NOTHING_DECLARED, entries: entriesFrom([['CreateQueue', { QueueName: 'q' }]]) })
  const { sessions, wall } = someSessions()
  const library = new Library({
    store,
    services: [sqs()],
    declared: NOTHING_DECLARED,
    wall,
    fixture: undefined,
    defaultSession: 'default',
    isCi: false,
    onTrouble: ({ message }) => t.fail(message),
  })
  const session = sessions.default
  const replay = () =>
    library.replayOf(session, {
      mockOf: (service) => session.mock(service),
      nowMs: () => wall.nowMs(),
      random: seededRandom(1),
      timeScale: 1,
    })
  const create = (name: string) => replay().answer(exchangeOf('CreateQueue', { QueueName: name }, '000000000000', 0))
  return { ask: asking(replayRoutes(sessions, library, wall)), replay, create, sessions, library, wall }
}

test('a report says what was served, missed and never asked for', async (t) => {
  const { ask, create, replay } = replaying(t)
  replay()
  t.like((await ask('POST', '/_pipit/replay/verify?timeout=0')).body, {
    replays: [{ isOk: false, unused: [{ entry: 1 }] }],
  })
  t.is((await ask('POST', '/_pipit/replay/verify?timeout=0')).status, 409)
  await create('q')
  const { status, body } = await ask('POST', '/_pipit/replay/verify')
  t.deepEqual([status, body.replays[0].isOk, body.replays[0].served], [200, true, 1])
  await create('other')
  const { body: report } = await ask('GET', '/_pipit/replay')
  t.is(report.replays[0].misses.length, 1)
  t.is((await ask('POST', '/_pipit/replay/verify?session=*')).status, 409)
})

test('a verdict says what is wrong, in words that a client can show', async (t) => {
  const { ask, replay, create } = replaying(t)
  replay()
  await create('other')
  const { status, body } = await ask('POST', '/_pipit/replay/verify')
  t.deepEqual([status, body.code], [409, 'unmet'])
  const [missed, unused, ...more] = (body.error as string).split('\n')
  t.regex(
    missed as string,
    /^replay of default \(session default\): CreateQueue of other is not in the fixture default: /,
  )
  t.regex(unused as string, /: #1 CreateQueue q was recorded, and nobody asked for it$/)
  t.deepEqual(more, [])
})

test('a verdict waits for what is under way, for so long and no longer', async (t) => {
  const { ask, replay, create, wall } = replaying(t)
  replay()
  const over = ask('POST', '/_pipit/replay/verify')
  const more = ask('POST', '/_pipit/replay/verify?timeout=2s')
  for (let round = 0; round < 50; round++) {
    wall.advance(20)
    await new Promise(setImmediate)
  }
  t.is((await over).status, 409)
  await create('q')
  wall.advance(20)
  t.is((await more).status, 200)
  t.is((await ask('POST', '/_pipit/replay/verify?timeout=1h')).status, 400)
})

test('a session that records has nothing to answer for', async (t) => {
  const { ask, library, sessions } = replaying(t)
  const blue = sessions.create('blue')
  library.recordingOf(blue)
  const { status, body } = await ask('POST', '/_pipit/replay/verify?session=blue')
  t.deepEqual([status, body], [200, { replays: [] }])
  t.is((await ask('POST', '/_pipit/replay/rewind?session=blue')).status, 404)
})

test('a fixture that could not be played is no success', async (t) => {
  const { ask, library, sessions } = replaying(t)
  const blue = sessions.create('blue')
  t.throws(() => library.replayOf(blue, partsOf()), { code: 'not-found' })
  const { status, body } = await ask('POST', '/_pipit/replay/verify?session=blue')
  t.is(status, 409)
  t.regex(body.error, /^replay of blue \(session blue\): there is no fixture blue /)
})

test('after a rewind it is as if nobody had asked', async (t) => {
  const { ask, create, replay } = replaying(t)
  await create('q')
  const before = replay()
  t.is((await ask('POST', '/_pipit/replay/rewind')).status, 204)
  t.not(replay(), before)
  t.is((await ask('POST', '/_pipit/replay/verify?timeout=0')).status, 409)
  await create('q')
  t.is((await ask('POST', '/_pipit/replay/verify')).status, 200)
})

test('a session that replays nothing is told what to do', async (t) => {
  const { ask } = replaying(t)
  for (const [method, path] of [
    ['GET', '/_pipit/replay'],
    ['POST', '/_pipit/replay/verify'],
    ['POST', '/_pipit/replay/rewind'],
  ] as const) {
    const { status, body } = await ask(method, path)
    t.is(status, 404)
    t.regex(body.error, /the session default replays nothing: start pipit with --mode replay/)
  }
  t.regex((await ask('GET', '/_pipit/replay?session=*')).body.error, /replays nothing/)
})

/** Of a session that gets no further than its fixture. */
function partsOf() {
  const mockOf = (): never => {
    throw new Error('nothing is asked')
  }
  return { mockOf, nowMs: () => 0, random: seededRandom(1), timeScale: 1 }
}
