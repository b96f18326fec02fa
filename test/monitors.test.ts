import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { createWallClock } from '../src/core/clock.ts'
import { PipitError } from '../src/core/errors.ts'
import type { Delivery } from '../src/core/exchange.ts'
import type { Ended } from '../src/core/finished.ts'
import { seededRandom } from '../src/core/random.ts'
import type { Faults } from '../src/injectors/rules/faults.ts'
import type { WireMatch } from '../src/injectors/rules/wire-match.ts'
import { Monitors } from '../src/monitors.ts'

function monitors(t: ExecutionContext, faults: Pick<Faults, 'meet'> = { meet: () => [] }) {
  const told: Ended[] = []
  const notes: string[] = []
  const opened = new Monitors({
    wall: createWallClock(),
    random: seededRandom(1),
    services: [],
    region: 'us-east-1',
    session: 'default',
    faults,
    onEnded: (ended) => told.push(ended),
    onNote: (note) => notes.push(note),
    onBug: (error) => t.fail(String(error)),
  })
  t.teardown(() => opened.closeAll())
  return { opened, told, notes }
}

async function target(t: ExecutionContext): Promise<number> {
  const server = createServer((_request, response) => response.end('hello')).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return (server.address() as AddressInfo).port
}

const to = (port: number, listen = 0) => ({
  listen: { host: '127.0.0.1', port: listen },
  target: { host: '127.0.0.1', port },
})

test('a forwarded port tells of what has crossed it, and how much that is', async (t) => {
  const { opened, told } = monitors(t)
  const port = await target(t)
  const one = await opened.open(to(port))
  t.like(one, { url: `http://localhost:${one.port}`, target: `127.0.0.1:${port}`, connections: 0, exchanges: 0 })
  t.is(await (await fetch(one.url.replace('localhost', '127.0.0.1'))).text(), 'hello')
  t.like(opened.get(one.port), { connections: 1, exchanges: 1 })
  t.is(told[0]?.exchange.trace.via, `:${one.port} -> 127.0.0.1:${port}`)
  t.is(told[0]?.exchange.trace.source, 'monitor')
  t.deepEqual(
    opened.all().map((each) => each.port),
    [one.port],
  )
  await opened.close(one.port)
  t.deepEqual(opened.all(), [])
  await t.throwsAsync(fetch(one.url.replace('localhost', '127.0.0.1')))
})

test('a target that is not there is told of once for a connection', async (t) => {
  const { opened, told, notes } = monitors(t)
  const { url, port } = await opened.open(to(9))
  await t.throwsAsync(fetch(url.replace('localhost', '127.0.0.1')))
  const all = [...told.map(({ outcome }) => (outcome.kind === 'failure' ? outcome.failure.reason : '')), ...notes]
  t.is(all.length, 1)
  t.regex(all[0] ?? '', /127\.0\.0\.1:9 refuses connections \(ECONNREFUSED\)/)
  t.true(port > 0)
})

test('a port that is taken, one that forwards to itself and one too many are refused', async (t) => {
  const { opened } = monitors(t)
  const { port } = await opened.open(to(9))
  await t.throwsAsync(opened.open(to(9, await target(t))), { instanceOf: PipitError, code: 'port-taken' })
  await t.throwsAsync(opened.open(to(9, port)), { instanceOf: PipitError, code: 'conflict' })
  await t.throwsAsync(opened.open(to(4711, 4711)), { instanceOf: PipitError, code: 'bad-request' })
  await t.throwsAsync(opened.close(1), { message: `there is no monitor 1: there are ${port}` })
  for (let i = 1; i < 100; i++) await opened.open(to(9))
  await t.throwsAsync(opened.open(to(9)), { instanceOf: PipitError, code: 'conflict' })
  await opened.closeAll()
  t.throws(() => opened.get(port), { message: `there is no monitor ${port}` })
})

test('two monitors of one number, and one that comes when all are closed, are refused', async (t) => {
  const { opened } = monitors(t)
  const { port } = await opened.open(to(9))
  const elsewhere = { listen: { host: '127.0.0.2', port }, target: { host: '127.0.0.1', port: 9 } }
  await t.throwsAsync(opened.open(elsewhere), { instanceOf: PipitError, code: 'conflict' })
  const late = opened.open(to(9))
  await opened.closeAll()
  await t.throwsAsync(late, { instanceOf: PipitError, code: 'conflict' })
  t.deepEqual(opened.all(), [])
})

test('however many come at once, there are not more than so many', async (t) => {
  const { opened } = monitors(t)
  const all = await Promise.allSettled(Array.from({ length: 110 }, () => opened.open(to(9))))
  t.is(all.filter(({ status }) => status === 'fulfilled').length, 100)
  t.is(opened.all().length, 100)
})

test('what a fault lets hang is released', async (t) => {
  const hanging: Delivery = { kind: 'cut', at: { part: 'body', at: 0 }, ending: 'hang' }
  const { opened } = monitors(t, {
    meet: () => [{ deliveries: () => [hanging], end: () => {} } as unknown as WireMatch],
  })
  const { port } = await opened.open(to(await target(t)))
  const answer = fetch(`http://127.0.0.1:${port}`)
  await new Promise((resolve) => setTimeout(resolve, 100))
  opened.release()
  await t.throwsAsync(answer)
})
