import test from 'ava'
import { createGateway, loadConfig, PipitError } from '../src/index.ts'

test('a suite in Node runs the gateway in its own process', async (t) => {
  const { config } = loadConfig({ flags: { port: '0' }, env: { PIPIT_QUEUES: 'orders' }, cwd: import.meta.dirname })
  const gateway = createGateway({ config })
  await gateway.start()
  t.teardown(() => gateway.close())
  const answer = await fetch(`${gateway.url}/sqs/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.GetQueueUrl' },
    body: '{"QueueName":"orders"}',
  })
  t.deepEqual(await answer.json(), { QueueUrl: `${gateway.url}/sqs/000000000000/orders` })
})

test('a wrong configuration is a PipitError with one line', (t) => {
  const error = t.throws(() => loadConfig({ flags: { port: 'x' }, env: {}, cwd: import.meta.dirname }), {
    instanceOf: PipitError,
  })
  t.regex(error.message, /^--port: expected a port/)
})
