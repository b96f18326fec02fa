import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { deliver, endConnection, HANG_MS } from '../../src/http/delivery.ts'
import { deliveryPlan, STREAM } from '../../src/http/delivery-plan.ts'

/** Both ends of one connection. */
async function connection(t: ExecutionContext): Promise<{ socket: Socket; client: Socket }> {
  const server = net.createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const client = net.connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [socket] = await accepted
  for (const end of [socket, client]) end.on('error', () => {})
  t.teardown(() => {
    client.destroy()
    socket.destroy()
    server.close()
  })
  return { socket, client }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
const never = new AbortController().signal

test('each piece is written when its time has come', async (t) => {
  const { socket, client } = await connection(t)
  const wall = new VirtualClock()
  const plan = deliveryPlan([{ kind: 'slice', bytes: 3, waitMs: 100 }], STREAM)
  const delivering = deliver(plan(Buffer.from('abcdef')), { socket, wall, signal: never })
  t.is(String((await once(client, 'data'))[0]), 'abc')
  await turn()
  t.is(socket.bytesWritten, 3)
  wall.advance(100)
  t.is(String((await once(client, 'data'))[0]), 'def')
  t.deepEqual(await delivering, { writtenBytes: 6 })
})

test('whoever stops it in the middle knows where the rest begins', async (t) => {
  const { socket, client } = await connection(t)
  const wall = new VirtualClock()
  const changed = new AbortController()
  const chunk = Buffer.from('abcdef')
  const slow = deliveryPlan([{ kind: 'slice', bytes: 2, waitMs: 100 }], STREAM)
  const delivering = deliver(slow(chunk), { socket, wall, signal: changed.signal })
  await once(client, 'data')
  changed.abort()
  const { writtenBytes } = await delivering
  t.is(writtenBytes, 2)
  const all = once(client, 'data')
  await deliver(deliveryPlan([], STREAM)(chunk.subarray(writtenBytes)), { socket, wall, signal: never })
  t.is(String((await all)[0]), 'cdef')
})

test('an end is told, not executed, and nothing is written after it', async (t) => {
  const { socket } = await connection(t)
  const plan = deliveryPlan([{ kind: 'cut', at: { part: 'body', at: 2 }, ending: 'close' }], STREAM)
  const delivered = await deliver(plan(Buffer.from('abc')), { socket, wall: new VirtualClock(), signal: never })
  t.deepEqual(delivered, { writtenBytes: 2, ending: 'close' })
  t.false(socket.destroyed)
})

test('a reader that does not read is waited for, with one piece in hand, until it goes', async (t) => {
  const { socket, client } = await connection(t)
  client.pause()
  const gone = new AbortController()
  socket.once('close', () => gone.abort())
  const size = 1024 * 1024
  const plan = deliveryPlan([{ kind: 'slice', bytes: size, waitMs: 0 }], STREAM)
  const delivering = deliver(plan(Buffer.alloc(64 * size)), { socket, wall: new VirtualClock(), signal: gone.signal })
  let most = 0
  for (let i = 0; i < 50; i++) {
    await turn()
    most = Math.max(most, socket.writableLength)
  }
  t.true(most <= size, `${most} bytes wait`)
  client.destroy()
  t.true((await delivering).writtenBytes < 64 * size)
})

for (const [ending, code] of [
  ['reset', 'ECONNRESET'],
  ['close', undefined],
] as const)
  test(`${ending}: the other end gets what was written, and sees ${code ?? 'an ordinary end'}`, async (t) => {
    const { socket, client } = await connection(t)
    let text = ''
    let error: string | undefined
    client.on('data', (chunk: Buffer) => (text += chunk.toString()))
    client.on('error', (seen: NodeJS.ErrnoException) => (error = seen.code))
    const plan = deliveryPlan([{ kind: 'cut', at: { part: 'body', at: 4 }, ending }], STREAM)
    const wall = new VirtualClock()
    const delivering = deliver(plan(Buffer.from('half of it')), { socket, wall, signal: never })
    await once(client, 'data')
    wall.advance(20)
    await delivering
    endConnection(socket, ending, wall)
    await new Promise((resolve) => client.once('close', resolve))
    t.is(text, 'half')
    t.is(error, code)
  })

test('a hang lasts as long as it may, then it ends', async (t) => {
  const { socket, client } = await connection(t)
  const wall = new VirtualClock()
  socket.setTimeout(10)
  endConnection(socket, 'hang', wall)
  wall.advance(HANG_MS - 1)
  await turn()
  t.false(socket.destroyed)
  t.is(socket.timeout, 0, 'no other limit of silence comes before')
  wall.advance(1)
  await once(client.resume(), 'close')
  t.true(socket.destroyed)
})

test('a hang whose other end goes leaves nothing on the clock', async (t) => {
  const { socket, client } = await connection(t)
  const wall = new VirtualClock()
  let isCancelled = false
  endConnection(socket, 'hang', { nowMs: () => wall.nowMs(), schedule: () => () => void (isCancelled = true) })
  socket.resume()
  client.destroy()
  await once(socket, 'close')
  t.true(isCancelled)
})
