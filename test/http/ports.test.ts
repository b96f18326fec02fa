import test from 'ava'
import { createWallClock } from '../../src/core/clock.ts'
import { Listener } from '../../src/http/listener.ts'
import { Ports, type WantedAddress } from '../../src/http/ports.ts'
import { Writer } from '../../src/http/writer.ts'

const ports = (...wanted: WantedAddress[]): Ports =>
  new Ports(
    wanted,
    () => new Listener(() => ({ kind: 'response', response: { status: 200, rawHeaders: [], body: '' } }), new Writer()),
    createWallClock(),
  )

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
