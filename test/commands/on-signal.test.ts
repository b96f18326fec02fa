import { once } from 'node:events'
import net from 'node:net'
import test from 'ava'
import { startPipit } from '../run-pipit.ts'

test('the first signal closes and exits 0', async (t) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const pipit = startPipit(['monitor', '127.0.0.1:0', 'localhost', '1'])
    await pipit.said(/-> localhost:1/)
    pipit.process.kill(signal)
    t.is((await pipit.ended).code, 0)
  }
})

test('a second one does not wait for what is still open', async (t) => {
  const silent = net.createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as net.AddressInfo
  const pipit = startPipit(['monitor', '127.0.0.1:0', 'localhost', String(port)])
  const [, opened] = await pipit.said(/http:\/\/localhost:(\d+)/)
  const client = net.connect(Number(opened), '127.0.0.1')
  client.on('error', () => {})
  client.write('GET / HTTP/1.1\r\n\r\n')
  await pipit.said(/→ GET/)
  pipit.process.kill('SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 100))
  pipit.process.kill('SIGTERM')
  t.is((await pipit.ended).code, 1)
  silent.close()
})
