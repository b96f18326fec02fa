import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { BEGINNING, Journal } from '../../src/journal/journal.ts'
import { parseFilter } from '../../src/journal/filter.ts'
import { streamOf } from '../../src/journal/stream.ts'
import { ended } from './exchanges.ts'

function reading(filter = '', exchanges = 5000) {
  const journal = new Journal({ describe: () => ({}), life: 'life', limits: { exchanges } })
  const clock = new VirtualClock()
  const leaving = new AbortController()
  const stream = streamOf(journal, {
    whose: 'default',
    filter: parseFilter(filter),
    from: BEGINNING,
    clock,
    signal: leaving.signal,
  })
  /** The next chunk; time goes on while it is waited for. */
  const next = async (): Promise<string | undefined> => {
    const pending = { chunk: undefined as IteratorResult<string> | undefined }
    void stream.next().then((result) => (pending.chunk = result))
    for (let turns = 0; pending.chunk === undefined && turns < 100; turns++) {
      await new Promise((resolve) => setImmediate(resolve))
      clock.advance(10)
    }
    return pending.chunk?.done === false ? pending.chunk.value : undefined
  }
  return { journal, clock, leaving, next }
}

test('the head comes at once, then every exchange as an event with the place to go on from', async (t) => {
  const { journal, next } = reading()
  t.regex((await next()) ?? '', /^: pipit\nretry: 1000\n\n$/)
  journal.add(ended())
  t.regex((await next()) ?? '', /^id: life\.1\.1\ndata: \{"seq":1,.*\}\n\n$/)
})

test('what does not fit the filter is not told', async (t) => {
  const { journal, next } = reading('op=ReceiveMessage')
  await next()
  journal.add(ended())
  journal.add(ended({ operation: 'ReceiveMessage' }))
  const text = (await next()) ?? ''
  t.regex(text, /"seq":2/)
  t.notRegex(text, /"seq":1,/)
})

test('a slow reader is told how many it has missed, and nothing was kept for it', async (t) => {
  const { journal, next } = reading('', 10)
  await next()
  for (let i = 0; i < 1000; i++) journal.add(ended())
  const text = (await next()) ?? ''
  t.regex(text, /^event: skipped\nid: life\.991\.991\ndata: \{"count":990\}\n\nid: life\.991\.991\n/)
  t.is(text.match(/^data: \{"seq"/gm)?.length, 10)
})

test('a quiet stream says that it is there, and ends with its reader', async (t) => {
  const { clock, leaving, next } = reading()
  await next()
  const quiet = next()
  await new Promise((resolve) => setImmediate(resolve))
  clock.advance(15_000)
  t.is(await quiet, ': keep-alive\n\n')
  leaving.abort()
  t.is(await next(), undefined)
})
