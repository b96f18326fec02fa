import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import test, { type ExecutionContext } from 'ava'
import { type Running, startPipit } from '../run-pipit.ts'
import { type GatewayProcess, startGateway } from './gateway-process.ts'

const MIB = 1024 * 1024

async function monitor(
  t: ExecutionContext,
  to: number,
  ...flags: string[]
): Promise<{ port: number; running: Running }> {
  const running = startPipit(['monitor', '0', '127.0.0.1', String(to), ...flags])
  t.teardown(() => running.process.kill('SIGKILL'))
  const [, port] = await running.said(/http:\/\/localhost:(\d+) ->/)
  return { port: Number(port), running }
}

async function listening(t: ExecutionContext, serve: (socket: net.Socket) => void): Promise<number> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {})
    serve(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return (server.address() as net.AddressInfo).port
}

async function connected(port: number): Promise<net.Socket> {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  await once(socket, 'connect')
  return socket
}

/** Resident memory of a process, in bytes. */
function memoryOf({ process: { pid } }: Running): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

/** Bytes that look like nothing else, the same for the same seed. */
function bytesOf(seed: string, length: number): Buffer {
  const block = Buffer.concat(
    Array.from({ length: 32 }, (_, i) => createHash('sha256').update(`${seed}/${i}`).digest()),
  )
  return Buffer.alloc(length, block)
}

function framed(start: string, body: Buffer, isChunked: boolean): Buffer {
  if (!isChunked) return Buffer.concat([Buffer.from(`${start}\r\nContent-Length: ${body.length}\r\n\r\n`), body])
  const parts: Buffer[] = [Buffer.from(`${start}\r\nTransfer-Encoding: chunked\r\n\r\n`)]
  for (let at = 0; at < body.length; at += 10_000) {
    const chunk = body.subarray(at, at + 10_000)
    parts.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'))
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

test('200 connections: every byte is the same at both ends, up to 1 MiB at once, whatever is printed', async (t) => {
  const upstream = new Map<string, { sent: string; received: string }>()
  const hash = (): ReturnType<typeof createHash> => createHash('sha256')
  const to = await listening(t, (socket) => {
    const received = hash()
    const sent = hash()
    let name = ''
    socket.on('data', (bytes: Buffer) => {
      received.update(bytes)
      if (name !== '') return
      name = /GET \/(\d+)/.exec(bytes.toString('latin1'))?.[1] ?? ''
    })
    socket.on('end', () => {
      for (let i = 0; i < 5; i++) {
        const length = Number(name) % 10 === 0 ? MIB : 3000 * i
        const answer = framed('HTTP/1.1 200 OK', bytesOf(`down ${name}`, length), i % 2 === 0)
        sent.update(answer)
        socket.write(answer)
      }
      upstream.set(name, { sent: sent.digest('hex'), received: received.digest('hex') })
      socket.end()
    })
  })
  const { port, running } = await monitor(t, to, '-vv')
  const clients = Array.from({ length: 200 }, async (_, index) => {
    const [sent, received] = [hash(), hash()]
    const socket = await connected(port)
    socket.on('data', (bytes: Buffer) => received.update(bytes))
    const length = index % 10 === 5 ? MIB : 2000
    const requests = Array.from({ length: 5 }, (__, i) =>
      framed(`${i === 0 ? 'GET' : 'POST'} /${index} HTTP/1.1`, bytesOf(`up ${index}`, length), i % 2 === 1),
    )
    for (const request of requests) {
      sent.update(request)
      socket.write(request)
    }
    socket.end()
    await once(socket, 'end')
    return { sent: sent.digest('hex'), received: received.digest('hex') }
  })
  for (const [index, client] of (await Promise.all(clients)).entries())
    t.deepEqual(upstream.get(String(index)), { sent: client.received, received: client.sent }, `client ${index}`)
  t.true(memoryOf(running) < 400 * MIB, `${memoryOf(running)}`)
  running.process.kill()
  const { stdout } = await running.ended
  t.is(stdout.match(/ #\d+ → /g)?.length, 1000)
  t.is(stdout.match(/ #\d+ ← 200 /g)?.length, 1000)
})

for (const side of ['client', 'server'] as const)
  test(`a ${side} that does not read costs no memory, in any number`, async (t) => {
    const flood = (socket: net.Socket): void => {
      const chunk = Buffer.alloc(256 * 1024, 'x')
      const more = (): void => {
        while (socket.write(chunk));
      }
      socket.on('drain', more)
      more()
    }
    const head = 'HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n'
    const to = await listening(t, (socket) => {
      t.teardown(() => socket.destroy())
      if (side === 'server') return void socket.pause()
      socket.resume().write(head)
      flood(socket)
    })
    const { port, running } = await monitor(t, to)
    const before = memoryOf(running)
    const clients = await Promise.all(Array.from({ length: 50 }, () => connected(port)))
    t.teardown(() => clients.forEach((client) => client.destroy()))
    for (const client of clients) {
      client.on('error', () => {}).pause()
      if (side === 'client') client.write('GET / HTTP/1.1\r\n\r\n')
      else {
        client.write('POST / HTTP/1.1\r\nContent-Length: 1000000000000\r\n\r\n')
        flood(client)
      }
    }
    // What is on its way comes; from then on nothing grows.
    let [last, now] = [before, before]
    do {
      await new Promise((resolve) => setTimeout(resolve, 2000))
      ;[last, now] = [now, memoryOf(running)]
      t.true(now - before < 150 * MIB, `${Math.round((now - before) / MIB)} MiB`)
    } while (now - last >= 20 * MIB)
  })

test('a client that ends its side is answered, an upstream that resets resets the client', async (t) => {
  const to = await listening(t, (socket) => {
    socket.on('data', (bytes) => {
      if (String(bytes).includes('/reset')) socket.resetAndDestroy()
    })
    socket.on('end', () => socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nafter all'))
  })
  const { port, running } = await monitor(t, to)
  const patient = await connected(port)
  let got = ''
  patient.on('data', (bytes) => (got += String(bytes)))
  patient.end('GET /half HTTP/1.1\r\n\r\n')
  await once(patient, 'end')
  t.regex(got, /after all$/)
  const unlucky = await connected(port)
  unlucky.write('GET /reset HTTP/1.1\r\n\r\n')
  const [error] = (await once(unlucky, 'error')) as [NodeJS.ErrnoException]
  t.is(error.code, 'ECONNRESET')
  await running.said(/#1 ← 200 9B \S+ \/half\n/)
  await running.said(/#2 ✗ \S+ \/reset the server reset the connection \(ECONNRESET\)\n/)
})

test('long polls of 100 clients through it all end, and each was told of before its answer', async (t) => {
  const gateway: GatewayProcess = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
  t.teardown(() => gateway.stop())
  const { port, running } = await monitor(t, gateway.port)
  const call = async (operation: string, input: object): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/sqs/`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
      body: JSON.stringify({ QueueUrl: 'orders', ...input }),
    })
  const polls = Array.from({ length: 100 }, () => call('ReceiveMessage', { WaitTimeSeconds: 4 }))
  while ((running.output().match(/→ POST sqs ReceiveMessage/g)?.length ?? 0) < 100)
    await new Promise((resolve) => setTimeout(resolve, 20))
  for (let i = 0; i < 10; i++) await call('SendMessage', { MessageBody: `${i}` })
  const answers = await Promise.all(polls.map(async (poll) => (await poll).json() as Promise<{ Messages?: unknown[] }>))
  t.is(answers.flatMap(({ Messages = [] }) => Messages).length, 10)
  running.process.kill()
  const lines = (await running.ended).stdout.split('\n')
  const place = (id: string, mark: string): number => lines.findIndex((line) => line.includes(` ${id} ${mark} `))
  const ids = lines.flatMap((line) => / (#\d+) → POST sqs ReceiveMessage/.exec(line)?.[1] ?? [])
  t.is(ids.length, 100)
  for (const id of ids) t.true(place(id, '→') < place(id, '←'), id)
})
