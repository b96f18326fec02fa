import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { createWallClock } from '../../src/core/clock.ts'
import { seededRandom } from '../../src/core/random.ts'
import { monitorRoutes } from '../../src/admin/monitors.ts'
import { Monitors } from '../../src/monitors.ts'
import { asking } from './plane.ts'

function plane(t: ExecutionContext, host?: string) {
  const monitors = new Monitors({
    wall: createWallClock(),
    random: seededRandom(1),
    services: [],
    region: 'us-east-1',
    session: 'default',
    faults: { meet: () => [] },
    onEnded: () => {},
    onNote: () => {},
    onBug: () => {},
  })
  t.teardown(() => monitors.closeAll())
  return asking(monitorRoutes(monitors, host))
}

test('a monitor is opened, listed, looked at and closed', async (t) => {
  const ask = plane(t)
  const { status, body } = await ask('POST', '/_pipit/monitors', { body: { listen: 0, to: 'localhost:3000' } })
  t.is(status, 201)
  t.like(body, { url: `http://localhost:${body.port}`, target: 'localhost:3000', connections: 0, exchanges: 0 })
  const { body: second } = await ask('POST', '/_pipit/monitors', { body: '"0 api 80"' })
  t.is(second.target, 'api:80')
  t.deepEqual((await ask('GET', '/_pipit/monitors')).body, { monitors: [body, second] })
  t.deepEqual((await ask('GET', `/_pipit/monitors/${body.port}`)).body, body)
  t.is((await ask('DELETE', `/_pipit/monitors/${body.port}`)).status, 204)
  t.is((await ask('DELETE', `/_pipit/monitors/${body.port}`)).status, 404)
  t.is((await ask('GET', `/_pipit/monitors/${body.port}`)).status, 404)
})

test('it is opened where the gateway listens, and nowhere else', async (t) => {
  const ask = plane(t, '127.0.0.1')
  const open = (listen: string) => ask('POST', '/_pipit/monitors', { body: { listen, to: 'localhost:3000' } })
  t.is((await open('127.0.0.1:0')).status, 201)
  const { status, body } = await open('0.0.0.0:0')
  t.is(status, 400)
  t.is(body.error, 'listen: 0.0.0.0:0 is not where the gateway listens: say the port alone')
})

test('what cannot be is refused in words', async (t) => {
  const ask = plane(t)
  const { body: there } = await ask('POST', '/_pipit/monitors', { body: { listen: 0, to: 'localhost:3000' } })
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  t.teardown(() => other.close())
  const { port } = other.address() as AddressInfo
  const used = await ask('POST', '/_pipit/monitors', { body: { listen: port, to: 'localhost:3000' } })
  t.is(used.status, 409)
  t.regex(used.body.error, /is taken/)
  const taken = await ask('POST', '/_pipit/monitors', { body: { listen: there.port, to: 'localhost:3000' } })
  t.is(taken.status, 409)
  t.regex(taken.body.error, /^there is a monitor \d+/)
  for (const body of [
    undefined,
    '"3001"',
    { listen: 3001 },
    { listen: 'x', to: 'localhost:1' },
    { listen: 3001, to: 'localhost:3001' },
  ]) {
    const { status } = await ask('POST', '/_pipit/monitors', { body })
    t.is(status, 400, JSON.stringify(body))
  }
})
