import test from 'ava'
import { journalRoutes } from '../../src/admin/journal.ts'
import { controlPlane } from '../../src/admin/control-plane.ts'
import { Journal } from '../../src/journal/journal.ts'
import { ended } from '../journal/exchanges.ts'
import { asking, OPEN, someSessions } from './plane.ts'

const path = '/_pipit/journal'

function laidOut() {
  const { sessions, wall } = someSessions()
  const journal = new Journal({ describe: () => ({}), life: 'life' })
  const routes = journalRoutes({ sessions, journal, wall })
  return { sessions, journal, routes, ask: asking(routes) }
}

const seqs = ({ body }: { body: any }): number[] => body.exchanges.map(({ seq }: { seq: number }) => seq)

test('the latest exchanges of a session are listed, the oldest first', async (t) => {
  const { sessions, journal, ask } = laidOut()
  sessions.open('blue')
  for (const session of ['default', 'blue', 'default', 'default']) journal.add(ended({ session }))
  t.deepEqual(seqs(await ask('GET', path)), [1, 3, 4])
  t.deepEqual(seqs(await ask('GET', `${path}?limit=2`)), [3, 4])
  t.deepEqual(seqs(await ask('GET', `/s/blue${path}`)), [2])
  t.deepEqual(seqs(await ask('GET', `${path}?session=*`)), [1, 2, 3, 4])
})

test('a reader goes on from a position, a seq or a moment', async (t) => {
  const { journal, ask } = laidOut()
  for (let i = 0; i < 5; i++) journal.add(ended({ atMs: Date.UTC(2026, 0, 1, 0, i) }))
  const first = await ask('GET', `${path}?since=0&limit=2`)
  t.deepEqual(seqs(first), [1, 2])
  const next = await ask('GET', `${path}?limit=10&since=${first.body.position}`)
  t.deepEqual(seqs(next), [3, 4, 5])
  t.deepEqual(seqs(await ask('GET', `${path}?since=${next.body.position}`)), [])
  t.deepEqual(seqs(await ask('GET', `${path}?since=4`)), [5])
  t.deepEqual(seqs(await ask('GET', `${path}?since=2026-01-01T00:03:00Z`)), [4, 5])
})

test('a filter chooses, and calls are joined from their tries', async (t) => {
  const { journal, ask } = laidOut()
  const headers = (attempt: number) => ['amz-sdk-invocation-id', 'a', 'amz-sdk-request', `attempt=${attempt}; max=3`]
  journal.add(ended({ headers: headers(1), error: 'RequestThrottled' }))
  journal.add(ended({ headers: headers(2) }))
  t.deepEqual(seqs(await ask('GET', `${path}?filter=${encodeURIComponent('status>=400')}`)), [1])
  const { calls } = (await ask('GET', `${path}?join=calls`)).body
  t.is(calls.length, 1)
  t.is(calls[0].summary, 'SendMessage: #1 400 RequestThrottled → #2 200')
})

test('clearing forgets', async (t) => {
  const { journal, ask } = laidOut()
  journal.add(ended())
  t.is((await ask('DELETE', path)).status, 204)
  t.deepEqual(seqs(await ask('GET', path)), [])
})

for (const [query, error] of [
  ['limit=0', /expected a number from 1 to 5000/],
  ['limit=many', /expected a number from 1 to 5000/],
  ['since=tomorrow', /expected a position that the journal gave/],
  ['filter=opp%3Dx', /did you mean "op"/],
  ['join=all', /expected calls/],
  ['session=nobody', /there is no session nobody/],
] as const)
  test(`the journal refuses ${query} with the reason`, async (t) => {
    const { status, body } = await laidOut().ask('GET', `${path}?${query}`)
    t.true(status === 400 || status === 404)
    t.regex(body.error, error)
  })

test('a stream goes on behind the last event, and there is a limit to readers, who make room when they go', async (t) => {
  const { journal, routes } = laidOut()
  journal.add(ended())
  journal.add(ended())
  const plane = controlPlane(routes, OPEN, (error) => t.fail(String(error)))
  const open = (signal: AbortSignal) => {
    const rawHeaders = ['Last-Event-ID', 'life.1.1']
    const request = { method: 'GET', target: `${path}/stream`, rawHeaders, body: Buffer.alloc(0) }
    return plane.answer({ request, isTooLarge: false, signal, origin: '' })
  }
  const leaving = new AbortController()
  const answer = await open(leaving.signal)
  if (!('chunks' in answer)) return t.fail('it is no stream')
  const chunks = answer.chunks[Symbol.asyncIterator]()
  await chunks.next()
  t.regex(String((await chunks.next()).value), /^id: life\.2\.2\ndata: \{"seq":2,/)
  for (let i = 1; i < 100; i++) t.is((await open(new AbortController().signal)).status, 200)
  t.is((await open(new AbortController().signal)).status, 429)
  leaving.abort()
  t.is((await open(new AbortController().signal)).status, 200)
})
