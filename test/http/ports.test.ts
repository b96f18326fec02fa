import http from 'node:http'
import test from 'ava'
import { type Clock, createWallClock, VirtualClock } from '../../src/core/clock.ts'
import { Listener } from '../../src/http/listener.ts'
import { Ports, type WantedAddress } from '../../src/http/ports.ts'
import { Writer } from '../../src/http/writer.ts'

function ports(...wanted: readonly (WantedAddress | Clock)[]): Ports {
  const clock = wanted.find((given): given is Clock => 'nowMs' in given) ?? createWallClock()
  return new Ports(
    wanted.filter((given): given is WantedAddress => 'port' in given),
    () => new Listener(() => ({ kind: 'response', response: { status: 200, rawHeaders: [], body: '' } }), new Writer()),
    clock,
  )
}

for (const { title, host, v4, v6 } of [
  { title: 'without a host it is this machine only', host: undefined, v4: '127.0.0.1', v6: '::1' },
  { title: '0.0.0.0 is every interface', host: '0.0.0.0', v4: '0.0.0.0', v6: '::' },
]) {
  test(`${title}, on both families at one port`, async (t) => {
    const opened = ports({ host, port: 0 })
    await opened.open()
    t.teardown(() => opened.close())
    const [first, second] = opened.addresses
    t.is(first?.host, v4)
    t.true((first?.port ?? 0) > 0)
    // A machine without IPv6 has no second one.
    if (second !== undefined) t.deepEqual(second, { host: v6, port: first?.port ?? 0 })
    t.is(opened.url, `http://localhost:${first?.port}`)
    t.is((await fetch(opened.url)).status, 200)
  })
}

test('several addresses are open together, and the first is the one to show', async (t) => {
  const opened = ports({ host: '127.0.0.1', port: 0 }, { host: '127.0.0.1', port: 0 })
  await opened.open()
  t.is(opened.addresses.length, 2)
  for (const { port } of opened.addresses) t.is((await fetch(`http://127.0.0.1:${port}`)).status, 200)
  t.is(opened.url, `http://localhost:${opened.addresses[0]?.port}`)
  await opened.close()
  t.is(opened.addresses.length, 0)
})

test('when one cannot be opened, none stays open', async (t) => {
  const first = ports({ host: '127.0.0.1', port: 0 })
  await first.open()
  t.teardown(() => first.close())
  const taken = first.addresses[0]?.port ?? 0
  const second = ports({ host: '127.0.0.1', port: 0 }, { host: '127.0.0.1', port: taken })
  await t.throwsAsync(second.open(), { message: /is taken/ })
  t.is(second.addresses.length, 0)
})

test('suspended, it refuses new connections, serves those that are open, and is back at the same port', async (t) => {
  const opened = ports({ host: '127.0.0.1', port: 0 })
  await opened.open()
  t.teardown(() => opened.close())
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  t.is(await get(opened.url, agent), 200)
  const { addresses } = opened
  opened.suspend(300)
  t.is(await get(opened.url, agent), 200)
  t.is(await get(opened.url, false), 'ECONNREFUSED')
  await eventually(async () => (await get(opened.url, false)) === 200)
  t.is(await get(opened.url, agent), 200)
  t.deepEqual(opened.addresses, addresses)
})

test('suspended again, the later end counts', async (t) => {
  const wall = new VirtualClock()
  const opened = ports({ host: '127.0.0.1', port: 0 }, wall)
  await opened.open()
  opened.suspend(1000)
  opened.suspend(3000)
  opened.suspend(10)
  wall.advance(2999)
  await new Promise((resolve) => setImmediate(resolve))
  t.is(await get(opened.url, false), 'ECONNREFUSED')
  wall.advance(1)
  await eventually(async () => (await get(opened.url, false)) === 200)
  opened.suspend(1000)
  t.is(await get(opened.url, false), 'ECONNREFUSED')
  await opened.close()
})

test('closed while it is suspended, it stays closed, and says so at once', async (t) => {
  const opened = ports({ host: '127.0.0.1', port: 0 })
  await opened.open()
  const { url } = opened
  opened.suspend(60_000)
  await opened.close()
  t.is(await get(url, false), 'ECONNREFUSED')
  t.is(opened.addresses.length, 0)
})

test('closed at the moment when it opens again, it stays closed', async (t) => {
  const wall = new VirtualClock()
  const opened = ports({ host: '127.0.0.1', port: 0 }, wall)
  await opened.open()
  const { url } = opened
  opened.suspend(1000)
  wall.advance(1000)
  await opened.close()
  t.is(await get(url, false), 'ECONNREFUSED')
})

test('a port that somebody else took meanwhile is ours again when he is gone', async (t) => {
  const opened = ports({ host: '127.0.0.1', port: 0 })
  await opened.open()
  t.teardown(() => opened.close())
  const { url } = opened
  opened.suspend(50)
  const other = http.createServer((_request, response) => response.writeHead(418).end())
  await new Promise<void>((resolve) => other.listen(opened.addresses[0]?.port, '127.0.0.1', resolve))
  await new Promise((resolve) => setTimeout(resolve, 150))
  t.is(await get(url, false), 418)
  other.close()
  await eventually(async () => (await get(url, false)) === 200)
})

test('a connection from before is closed with the others', async (t) => {
  const wall = new VirtualClock()
  const opened = ports({ host: '127.0.0.1', port: 0 }, wall)
  await opened.open()
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  t.teardown(() => agent.destroy())
  t.is(await get(opened.url, agent), 200)
  opened.suspend(1000)
  wall.advance(1000)
  await eventually(async () => (await get(opened.url, false)) === 200)
  await opened.close()
  t.pass('without the clock having moved: it was idle')
})

/** The status, or what came instead of one. */
function get(url: string, agent: http.Agent | false): Promise<number | string | undefined> {
  return new Promise((resolve) => {
    const { port } = new URL(url)
    const request = http.get({ port, host: '127.0.0.1', agent }, (response) => {
      response.resume().on('end', () => setImmediate(resolve, response.statusCode))
    })
    request.on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
  })
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10))
}
