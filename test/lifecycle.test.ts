import test from 'ava'
import { VirtualClock } from '../src/core/clock.ts'
import { type LivingParts, lifecycle } from '../src/lifecycle.ts'

function living(trouble: { readonly secure?: string } = {}) {
  const told: string[] = []
  const tell =
    (what: string): (() => Promise<void>) =>
    () => {
      told.push(what)
      return what === trouble.secure ? Promise.reject(new Error(what)) : Promise.resolve()
    }
  const readiness = { isReady: false }
  const closing = new AbortController()
  const parts = {
    config: { monitors: ['a forward'] },
    wall: new VirtualClock(),
    ports: { open: tell('ports open'), close: tell('ports close') },
    secure: { open: tell('secure open'), close: tell('secure close') },
    monitors: { open: tell('monitor open'), closeAll: tell('monitors close') },
    writer: { release: () => told.push('release') },
    sessions: { close: () => told.push('sessions close') },
    faults: { counted: () => [] },
    rules: { watch: () => told.push('rules watch'), close: () => told.push('rules close') },
    forwarding: { notes: () => Promise.resolve(['a note']), close: () => told.push('forwarding close') },
    playing: { check: () => told.push('check'), library: { close: () => told.push('library close') } },
    readiness,
    closing,
    onNote: (note: string) => told.push(note),
    onError: undefined,
  } as unknown as LivingParts
  return { gateway: lifecycle(parts), told, readiness, closing, tell }
}

const CLOSING = [
  'rules close',
  'sessions close',
  'release',
  'ports close',
  'secure close',
  'monitors close',
  'forwarding close',
  'library close',
]

test('a gateway checks, opens its ports, prepares, and is then ready', async (t) => {
  const { gateway, told, readiness, tell } = living()
  await gateway.start(async () => {
    t.false(readiness.isReady)
    await tell('prepare')()
  })
  t.true(readiness.isReady)
  await Promise.resolve()
  t.deepEqual(told, ['check', 'ports open', 'secure open', 'monitor open', 'prepare', 'rules watch', 'a note'])
})

test('closing it ends what waits before what it waits for', async (t) => {
  const { gateway, told, readiness, closing } = living()
  await gateway.start()
  told.length = 0
  await gateway.close()
  t.false(readiness.isReady)
  t.true(closing.signal.aborted)
  t.deepEqual(
    told.filter((each) => each !== 'a note'),
    CLOSING,
  )
})

test('one that cannot begin is closed again', async (t) => {
  const { gateway, told, readiness } = living({ secure: 'secure open' })
  await t.throwsAsync(gateway.start(), { message: 'secure open' })
  t.false(readiness.isReady)
  t.deepEqual(told, ['check', 'ports open', 'secure open', ...CLOSING])
})

test('one that is closed while it begins does not call itself ready', async (t) => {
  const { gateway, readiness } = living()
  await gateway.start(() => gateway.close())
  t.false(readiness.isReady)
})
