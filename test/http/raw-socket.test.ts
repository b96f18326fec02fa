import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import tls, { type TLSSocket } from 'node:tls'
import test, { type ExecutionContext } from 'ava'
import { createWallClock } from '../../src/core/clock.ts'
import { createAuthority } from '../../src/http/authority.ts'
import { rawSocket, rememberRawSockets } from '../../src/http/raw-socket.ts'

async function secure(t: ExecutionContext) {
  const authority = await createAuthority(createWallClock())
  const server = tls.createServer(await authority.issue(['localhost']))
  rememberRawSockets(server)
  server.on('tlsClientError', () => {})
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return { server, ca: authority.caPem, port: (server.address() as AddressInfo).port }
}

test('a TLS connection that is reset below its TLS is reset for the client, not ended', async (t) => {
  const { server, ca, port } = await secure(t)
  const accepted = once(server, 'secureConnection') as Promise<[TLSSocket]>
  const client = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', ca })
  await once(client, 'secureConnect')
  const [socket] = await accepted
  t.not(rawSocket(socket), socket)
  socket.on('error', () => {})
  rawSocket(socket).resetAndDestroy()
  const [error] = (await once(client, 'error')) as [NodeJS.ErrnoException]
  t.is(error.code, 'ECONNRESET')
})

test('a socket without TLS is its own', (t) => {
  const socket: Socket = new net.Socket()
  t.is(rawSocket(socket), socket)
})
