import test from 'ava'
import { deskLab, PATH } from './desk-lab.ts'

const bodies = ({ body }: { body: any }): string[] => body.messages.map((each: { body: string }) => each.body)

test('messages are seen in every state with the time they have left, and nothing changes', async (t) => {
  const { clock, make, send, ask } = deskLab()
  const queue = make('orders')
  send(queue, 'in flight')
  send(queue, 'visible')
  send(queue, 'delayed', 60)
  queue.receive({ max: 1, visibilityTimeoutSeconds: 30 })
  clock.advance(10_000)
  const before = queue.counts()
  const { messages, counts } = (await ask('GET', `${PATH}/orders/messages`)).body
  t.deepEqual(
    messages.map((each: any) => [each.body, each.state, each.timeLeftMs, each.receiveCount]),
    [
      ['in flight', 'inFlight', 20_000, 1],
      ['visible', 'visible', undefined, 0],
      ['delayed', 'delayed', 50_000, 0],
    ],
  )
  t.deepEqual(counts, before)
  t.deepEqual(queue.counts(), before)
})

test('they can be chosen by state and body, and are read page by page', async (t) => {
  const { make, send, ask } = deskLab()
  const queue = make('orders')
  for (let i = 0; i < 5; i++) send(queue, `order ${i}`)
  send(queue, 'later', 60)
  t.deepEqual(bodies(await ask('GET', `${PATH}/orders/messages?state=delayed`)), ['later'])
  t.deepEqual(bodies(await ask('GET', `${PATH}/orders/messages?match=order%203`)), ['order 3'])
  const seen: string[] = []
  let cursor = ''
  do {
    const page = await ask('GET', `${PATH}/orders/messages?limit=2${cursor && `&cursor=${cursor}`}`)
    t.true(page.body.messages.length <= 2)
    seen.push(...bodies(page))
    cursor = page.body.cursor ?? ''
  } while (cursor !== '')
  t.deepEqual(seen, ['order 0', 'order 1', 'order 2', 'order 3', 'order 4', 'later'])
})

test('one message is taken out or shown now; all of them, too', async (t) => {
  const { make, send, ask } = deskLab()
  const queue = make('orders')
  const first = send(queue, 'first')
  const second = send(queue, 'second', 900)
  send(queue, 'third', 900)
  t.is((await ask('DELETE', `${PATH}/orders/messages/${first}`)).status, 204)
  t.is((await ask('DELETE', `${PATH}/orders/messages/${first}`)).status, 404)
  t.like((await ask('POST', `${PATH}/orders/messages/${second}/visible`)).body, { body: 'second', state: 'visible' })
  t.is((await ask('POST', `${PATH}/orders/messages/nothing/visible`)).status, 404)
  t.is((await ask('POST', `${PATH}/orders/messages/*/visible`)).body.shown, 1)
  t.deepEqual(queue.counts(), { visible: 2, inFlight: 0, delayed: 0 })
  t.is((await ask('DELETE', `${PATH}/orders/messages`)).body.removed, 2)
  t.deepEqual(queue.counts(), { visible: 0, inFlight: 0, delayed: 0 })
})

for (const [query, error] of [
  ['state=gone', /expected one of visible, inFlight, delayed/],
  ['limit=0', /from 1 to 1000/],
  ['cursor=x', /expected the cursor of a page/],
  ['match=%2F(%2F', /is no regular expression/],
  ['sate=visible', /did you mean "state"/],
] as const)
  test(`a look with ${query} is refused with the reason`, async (t) => {
    const { make, ask } = deskLab()
    make('orders')
    const { status, body } = await ask('GET', `${PATH}/orders/messages?${query}`)
    t.is(status, 400)
    t.regex(body.error, error)
  })
