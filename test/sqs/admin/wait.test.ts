import test from 'ava'
import { deskLab, PATH } from './desk-lab.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('what is there already is enough, in whatever state', async (t) => {
  const { make, send, ask } = deskLab()
  const queue = make('orders')
  send(queue, 'order 1', 900)
  const { status, body } = await ask('GET', `${PATH}/orders/wait?match=order`)
  t.is(status, 200)
  t.is(body.messages[0].body, 'order 1')
})

test('it waits until so many have come that match, and receives none of them', async (t) => {
  const { make, send, ask } = deskLab()
  const queue = make('orders')
  const waiting = ask('GET', `${PATH}/orders/wait?match=%24.id%3D7&count=2`)
  await turn()
  for (const body of ['{"id":7}', '{"id":8}', '{"id":7}']) send(queue, body)
  const { status, body } = await waiting
  t.is(status, 200)
  t.is(body.messages.length, 2)
  t.deepEqual(queue.counts(), { visible: 3, inFlight: 0, delayed: 0 })
})

test('it ends on whichever clock is first, with what has come', async (t) => {
  for (const clockName of ['clock', 'wall'] as const) {
    const lab = deskLab()
    const queue = lab.make('orders')
    lab.send(queue, 'one')
    const waiting = lab.ask('GET', `${PATH}/orders/wait?count=2&timeout=5s`)
    await turn()
    lab[clockName].advance(5000)
    const { status, body } = await waiting
    t.is(status, 408)
    t.deepEqual(
      [body.code, body.error, body.messages.length],
      ['unmet', '1 of 2 messages came to orders in 5000 ms', 1],
    )
  }
})

test('none makes sure that nothing comes, and ends at once when something does', async (t) => {
  const { wall, make, send, ask } = deskLab()
  const queue = make('orders')
  const quiet = ask('GET', `${PATH}/orders/wait?none=2s`)
  await turn()
  wall.advance(2000)
  t.is((await quiet).status, 200)
  const loud = ask('GET', `${PATH}/orders/wait?none=2s`)
  await turn()
  send(queue, 'unwanted')
  t.like(await loud, { status: 408, body: { error: 'a message came to orders' } })
})

test('a queue that is deleted ends it', async (t) => {
  const { world, make, ask } = deskLab()
  const queue = make('orders')
  const waiting = ask('GET', `${PATH}/orders/wait`)
  await turn()
  world.engine.remove(queue)
  t.is((await waiting).status, 408)
})

for (const query of ['none=1s&timeout=1s', 'count=0', 'timeout=soon', 'timeout=11m', 'match=%2F(%2F'])
  test(`a wait with ${query} is refused`, async (t) => {
    const { make, ask } = deskLab()
    make('orders')
    t.is((await ask('GET', `${PATH}/orders/wait?${query}`)).status, 400)
  })
