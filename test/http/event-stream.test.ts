import test from 'ava'
import fc from 'fast-check'
import { events, type ServerSentEvent } from '../../src/http/event-stream.ts'

async function read(...chunks: (string | Buffer)[]): Promise<ServerSentEvent[]> {
  const found: ServerSentEvent[] = []
  async function* each(): AsyncGenerator<Buffer> {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  for await (const event of events(each())) found.push(event)
  return found
}

test('an event has a name, an id and data; what is not said has a default', async (t) => {
  t.deepEqual(await read('event: skipped\nid: 7\ndata: {"a":1}\n\ndata: b\n\n'), [
    { event: 'skipped', id: '7', data: '{"a":1}' },
    { event: 'message', id: undefined, data: 'b' },
  ])
})

test('data has lines, comments are none, and an event without data is no event', async (t) => {
  t.deepEqual(await read(': keep-alive\n\nid: 3\n\ndata: a\n: hm\ndata:b\ndata\n\n'), [
    { event: 'message', id: undefined, data: 'a\nb\n' },
  ])
})

test('lines may end as on Windows, and what is not finished is not told', async (t) => {
  t.deepEqual(
    (await read('data: a\r\n\r\ndata: b\r\n\r\ndata: c')).map(({ data }) => data),
    ['a', 'b'],
  )
})

test('where the chunks are cut does not matter, even within a character', async (t) => {
  const whole = Buffer.from('id: 1\ndata: grüße 🐦\n\nevent: x\ndata: 2\ndata: 3\n\n')
  const expected = await read(whole)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 6 }), async (cuts) => {
      const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length]
      const chunks = at.slice(1).map((end, index) => whole.subarray(at[index], end))
      t.deepEqual(await read(...chunks), expected)
    }),
  )
})

test('an event that never ends is given up', async (t) => {
  await t.throwsAsync(read(...Array.from({ length: 17 }, () => 'x'.repeat(1024 * 1024))), { message: /more than/ })
})
