import { once } from 'node:events'
import { createServer } from 'node:net'
import { connect } from 'node:tls'
import test from 'ava'
import fc from 'fast-check'
import { serverNameOf } from '../../src/monitor/client-hello.ts'

/** What a real client begins with. */
async function hello(servername?: string): Promise<Buffer> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const client = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...(servername && { servername }) })
  client.on('error', () => {})
  const [socket] = (await once(server, 'connection')) as [import('node:net').Socket]
  const [bytes] = (await once(socket, 'data')) as [Buffer]
  client.destroy()
  socket.destroy()
  server.close()
  return bytes
}

test('the name that a TLS client asks for is read', async (t) => {
  t.is(serverNameOf(await hello('sqs.eu-west-1.amazonaws.com')), 'sqs.eu-west-1.amazonaws.com')
})

test('a client that names nobody has no name', async (t) => {
  t.is(serverNameOf(await hello()), undefined)
})

test('what is cut off or is something else has no name, and never throws', async (t) => {
  const whole = await hello('a.example')
  for (let length = 0; length < whole.length; length++) {
    const name = serverNameOf(whole.subarray(0, length))
    t.true(name === undefined || name === 'a.example')
  }
  t.is(serverNameOf(Buffer.from('GET / HTTP/1.1')), undefined)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (rest) => {
      serverNameOf(Buffer.concat([Buffer.from([0x16, 3, 1, 0, 90, 1]), rest]))
      t.pass()
    }),
  )
})

test('a name that is none is not shown', async (t) => {
  const bytes = Buffer.from(
    (await hello('evil.example')).toString('latin1').replace('evil.example', 'e\x1b[1m.xample'),
    'latin1',
  )
  t.is(serverNameOf(bytes), undefined)
})
