import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { createWallClock, VirtualClock } from '../../src/core/clock.ts'
import type { Delivery } from '../../src/core/exchange.ts'
import { DeliveredPath } from '../../src/http/delivered-path.ts'

/** Both ends of one connection. */
async function connection(t: ExecutionContext): Promise<readonly [near: Socket, far: Socket]> {
  const server = net.createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const far = net.connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen: true })
  const [near] = await accepted
  for (const end of [near, far]) end.on('error', () => {})
  t.teardown(() => {
    near.destroy()
    far.destroy()
    server.close()
  })
  return [near, far]
}

/** A writer, what stands between, and a reader. */
async function path(t: ExecutionContext, deliveries: readonly Delivery[], wall = createWallClock()) {
  const [from, writer] = await connection(t)
  const [to, reader] = await connection(t)
  const told: string[] = []
  const asked: string[] = []
  const passing = new DeliveredPath({
    from,
    to,
    wall,
    deliveries: (first) => {
      asked.push(String(first))
      return deliveries
    },
    onPassed: (bytes) => told.push(bytes.toString('latin1')),
    onCut: (ending) => told.push(`cut ${ending}`),
    onEnd: () => {
      told.push('end')
      to.end()
    },
  })
  passing.start()
  return { writer, reader, told, asked, from }
}

async function all(reader: Socket): Promise<string> {
  let text = ''
  reader.on('data', (bytes) => (text += bytes.toString('latin1')))
  await new Promise((resolve) => reader.once('close', resolve))
  return text
}

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('what is to become of the bytes is asked once, when the first are there', async (t) => {
  const { writer, reader, told, asked } = await path(t, [])
  t.deepEqual(asked, [])
  writer.write('ab')
  t.is(String((await once(reader, 'data'))[0]), 'ab')
  writer.end('cd')
  reader.resume()
  await once(reader, 'end')
  t.deepEqual(asked, ['ab'])
  t.deepEqual(told, ['ab', 'cd', 'end'])
})

test('a cut ends the connection at its byte, and nothing comes after it', async (t) => {
  for (const ending of ['reset', 'close'] as const) {
    const { writer, reader, told } = await path(t, [{ kind: 'cut', at: { part: 'body', at: 5 }, ending }])
    const text = all(reader)
    writer.write('abc')
    await until(() => told.length > 0)
    writer.write('defg')
    // A reset that comes along with the last bytes looks like an end until something is written.
    reader.on('end', () => reader.write('', () => reader.end()))
    t.is(await text, 'abcde')
    writer.write('hi')
    t.deepEqual(told, ['abc', 'de', `cut ${ending}`])
  }
})

test('what hangs stays open, and says nothing more', async (t) => {
  const { writer, reader, told } = await path(t, [{ kind: 'cut', at: { part: 'body', at: 0 }, ending: 'hang' }])
  writer.write('abc')
  await until(() => told.length > 0)
  t.deepEqual(told, ['cut hang'])
  t.is(reader.readyState, 'open')
})

test('bytes wait as long as they are told, counted from when they came', async (t) => {
  const wall = new VirtualClock()
  const { writer, reader, told } = await path(t, [{ kind: 'wait', ms: 10_000 }], wall)
  writer.write('abc')
  await until(() => reader.bytesRead === 0)
  await new Promise((resolve) => setTimeout(resolve, 50))
  t.deepEqual(told, [])
  wall.advance(10_000)
  t.is(String((await once(reader, 'data'))[0]), 'abc')
})

test('a writer that goes on while its bytes wait is stopped in the end', async (t) => {
  const { writer, from, told } = await path(t, [{ kind: 'wait', ms: 10_000 }], new VirtualClock())
  const chunk = Buffer.alloc(256 * 1024)
  let written = 0
  for (let i = 0; i < 100; i++) {
    if (writer.writableLength === 0 && writer.write(chunk)) written += chunk.length
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  t.true(from.isPaused())
  t.true(written < 16 * 1024 * 1024, `${written}`)
  t.deepEqual(told, [])
})

test('a reader who goes away ends it', async (t) => {
  const { writer, reader, told } = await path(t, [{ kind: 'slice', bytes: 1, waitMs: 1000 }])
  writer.write('abc')
  await until(() => told.length > 0)
  reader.destroy()
  await new Promise((resolve) => setTimeout(resolve, 50))
  writer.write('def')
  t.deepEqual(told, ['a'])
})
