import { once } from 'node:events'
import https from 'node:https'
import net from 'node:net'
import { Duplex } from 'node:stream'
import tls from 'node:tls'
import test, { type ExecutionContext } from 'ava'
import { createWallClock } from '../../src/core/clock.ts'
import { SecurePorts } from '../../src/http/secure-ports.ts'
import { Writer } from '../../src/http/writer.ts'

const NONE = { cert: undefined, key: undefined, caFile: undefined }

async function opened(t: ExecutionContext, count = 1) {
  const notes: string[] = []
  const ports = new SecurePorts({
    config: { tlsListen: Array.from({ length: count }, () => ({ host: '127.0.0.1', port: 0 })), tls: NONE },
    clock: createWallClock(),
    serve: ({ isTls }) => ({ kind: 'response', response: { status: 200, rawHeaders: [], body: `tls: ${isTls}` } }),
    writer: new Writer(),
    onNote: (note) => notes.push(note),
  })
  await ports.open()
  t.teardown(() => ports.close())
  return { ports, notes, port: ports.addresses[0]?.port ?? 0 }
}

function get(port: number, servername: string, ca: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, servername, headers: { host: servername }, agent: false as const }
    https
      .get({ ...options, ...(ca !== undefined && { ca }) }, (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => resolve(text))
      })
      .on('error', reject)
  })
}

test('whoever trusts the CA is served under every name, as over HTTP', async (t) => {
  const { ports, port, notes } = await opened(t)
  for (const name of ['localhost', 'pipit', 'sqs.us-east-1.amazonaws.com'])
    t.is(await get(port, name, ports.caPem), 'tls: true', name)
  t.deepEqual(notes, [])
})

test('a client that does not trust it is told about once, with the remedy', async (t) => {
  const { port, notes } = await opened(t)
  for (let tries = 0; tries < 3; tries++) await distrust(port)
  t.is(notes.length, 1)
  t.regex(
    notes[0] ?? '',
    /^a client at 127\.0\.0\.1 does not trust the certificate: give it the CA that `pipit ca` prints/,
  )
})

test('plain HTTP on this port gets an answer that it can read', async (t) => {
  const { port } = await opened(t)
  const socket = net.connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  let answer = ''
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()))
  await once(socket, 'close')
  t.regex(answer, /^HTTP\/1\.1 400 [^]*This port speaks HTTPS/)
})

test('without an address there is no port, no CA and nothing to close', async (t) => {
  const { ports } = await opened(t, 0)
  t.deepEqual(ports.addresses, [])
  t.is(ports.caPem, undefined)
})

/** Node's own client just leaves; OpenSSL's, as in Python, says why: alert 48, unknown_ca. */
async function distrust(port: number): Promise<void> {
  const socket = net.connect(port, '127.0.0.1')
  socket.write(await clientHello())
  await once(socket, 'data')
  socket.write(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x30]))
  socket.on('error', () => {})
  await once(socket.resume(), 'close')
}

/** What a client of TLS 1.2 says first. */
function clientHello(): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({ read() {}, write: (chunk: Buffer, _encoding, done) => (resolve(chunk), done()) })
    tls.connect({ socket: wire, servername: 'localhost', maxVersion: 'TLSv1.2' }).on('error', () => {})
  })
}

test('suspended, it refuses new connections, and is back at the same port with the same certificate', async (t) => {
  const { ports, port } = await opened(t)
  ports.suspend(100)
  await t.throwsAsync(get(port, 'localhost', ports.caPem), { code: 'ECONNREFUSED' })
  for (;;) {
    const body = await get(port, 'localhost', ports.caPem).catch(() => undefined)
    if (body !== undefined) return t.is(body, 'tls: true')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
})

test('where no HTTPS is spoken there is nothing to suspend', async (t) => {
  const { ports } = await opened(t, 0)
  t.notThrows(() => ports.suspend(100))
})
