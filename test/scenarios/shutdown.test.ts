import test from 'ava'
import { startGateway } from './gateway-process.ts'

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} answers a hundred long polls empty and ends in under a second`, async (t) => {
    const gateway = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
    const address = `${gateway.url}/sqs/000000000000/orders?Action=ReceiveMessage&WaitTimeSeconds=20`
    const polls = Array.from({ length: 100 }, async () => {
      const answer = await fetch(address)
      return `${answer.status} ${(await answer.text()).includes('<Message>')}`
    })
    const all = Promise.all(polls)
    // Nothing tells from outside that a poll waits; all hundred arrive in a tenth of this.
    await new Promise((resolve) => setTimeout(resolve, 500))
    const { code, tookMs } = await gateway.stop(signal)
    t.deepEqual(new Set(await all), new Set(['200 false']))
    t.is(code, 0, gateway.output())
    t.true(tookMs < 1000, `${tookMs} ms`)
  })
}

test('what is not a terminal gets no colours, in a CI that asks for them neither', async (t) => {
  const gateway = await startGateway({ env: { CI: 'true', GITHUB_ACTIONS: 'true' } })
  await gateway.stop()
  t.notRegex(gateway.output(), new RegExp(String.fromCodePoint(0x1b)))
})
