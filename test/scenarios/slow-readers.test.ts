import { once } from 'node:events'
import { Agent, request } from 'node:http'
import net from 'node:net'
import test from 'ava'
import { type GatewayProcess, startGateway } from './gateway-process.ts'

let gateway: GatewayProcess
test.before(async () => {
  gateway = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
})
test.after.always(async (t) => {
  t.is((await gateway.stop()).code, 0)
})

/** Beyond what the journal keeps, and in bytes beyond what sockets take. */
const EXCHANGES = 8000
const body = 'x'.repeat(3000)

test('readers of the journal that do not read hold nobody up, and are told what they have skipped', async (t) => {
  const readers = await Promise.all([1, 2, 3].map(slowReader))
  const agent = new Agent({ keepAlive: true, maxSockets: 16 })
  t.teardown(() => agent.destroy())
  let sent = 0
  const sender = async (): Promise<void> => {
    while (sent++ < EXCHANGES) await send(agent)
  }
  await Promise.all(Array.from({ length: 16 }, sender))
  for (const { socket, told } of readers) {
    const skipped = await told()
    t.true(skipped > 0 && skipped < EXCHANGES, `${skipped}`)
    socket.destroy()
  }
})

async function slowReader(): Promise<{ socket: net.Socket; told: () => Promise<number> }> {
  const socket = net.connect(gateway.port, 'localhost')
  socket.write('GET /_pipit/journal/stream HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'data')
  socket.pause()
  return {
    socket,
    told: () =>
      new Promise((resolve) => {
        let text = ''
        socket.on('data', (chunk: Buffer) => {
          text = (text + chunk.toString('latin1')).slice(-100_000)
          const count = /event: skipped\r?\n[^{]*\{"count":(\d+)\}/.exec(text)?.[1]
          if (count !== undefined) resolve(Number(count))
        })
        socket.resume()
      }),
  }
}

function send(agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' }
    request(gateway.url, { method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', resolve)
    })
      .on('error', reject)
      .end(JSON.stringify({ QueueUrl: 'orders', MessageBody: body }))
  })
}
