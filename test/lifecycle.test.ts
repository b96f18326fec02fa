import test from 'ava'
import { type LivingParts, lifecycle } from '../src/lifecycle.ts'

function living(more: object = {}) {
  const told: string[] = []
  const tell = (what: string) => async () => void told.push(what)
  const parts = {
    ports: { open: tell('ports open'), close: tell('ports closed') },
    secure: { open: tell('secure open'), close: tell('secure closed') },
    monitors: { open: tell('a monitor open'), closeAll: tell('monitors closed') },
    config: { monitors: [{}] },
    sessions: { close: () => told.push('sessions closed') },
    writer: { release: () => told.push('hangs ended') },
    faults: { counted: () => [] },
    forwarding: { close: () => told.push('forwarding closed'), notes: () => Promise.resolve(['a note']) },
    playing: { check: () => told.push('checked'), library: { close: () => told.push('recordings written') } },
    readiness: { isReady: false },
    closing: new AbortController(),
    onNote: (note: string) => told.push(note),
    onError: undefined,
    ...more,
  }
  return { told, parts, ...lifecycle(parts as unknown as LivingParts) }
}

test('what cannot be is found out before a port is open, and it is ready when everything is', async (t) => {
  const { start, told, parts } = living()
  await start(async () => void told.push(`prepared, ready: ${parts.readiness.isReady}`))
  await Promise.resolve()
  t.deepEqual(told, ['checked', 'ports open', 'secure open', 'a monitor open', 'prepared, ready: false', 'a note'])
  t.true(parts.readiness.isReady)
})

test('what waits ends first, and recordings are written when nothing comes any more', async (t) => {
  const { start, close, told, parts } = living()
  await start()
  told.length = 0
  await close()
  t.deepEqual(told, [
    'sessions closed',
    'hangs ended',
    'ports closed',
    'secure closed',
    'monitors closed',
    'forwarding closed',
    'recordings written',
  ])
  t.true(parts.closing.signal.aborted)
  t.false(parts.readiness.isReady)
})

test('a start that fails leaves nothing open', async (t) => {
  const { start, told, parts } = living()
  await t.throwsAsync(
    start(() => Promise.reject(new Error('no'))),
    { message: 'no' },
  )
  t.true(told.includes('ports closed'))
  t.false(parts.readiness.isReady)
})
