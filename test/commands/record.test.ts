import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { recording } from '../../src/commands/record.ts'
import { authorization } from '../hops/exchanges.ts'
import { runPipit, startPipit } from '../run-pipit.ts'

test('recording is a mode of all services, unless modes are said', (t) => {
  t.deepEqual(recording({ upstream: 'aws' }), { upstream: 'aws', mode: 'record' })
  t.deepEqual(recording({ mode: 'sqs=record' }), { mode: 'sqs=record' })
})

test('what the other endpoint answers is written down when a signal ends it', async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'pipit-record-'))
  t.teardown(() => rmSync(cwd, { recursive: true }))
  const back = startPipit(['--port', '0'])
  t.teardown(() => back.process.kill('SIGKILL'))
  const [url] = await back.said(/http:\/\/localhost:\d+/)
  const front = startPipit(['record', '--port', '0', '--upstream', url, '--fixture', 'orders/checkout'], { cwd })
  t.teardown(() => front.process.kill('SIGKILL'))
  const [, place] = await front.said(/sqs {5}record {3}(\S+) /)
  const answer = await fetch(place as string, {
    method: 'POST',
    headers: { 'x-amz-target': 'AmazonSQS.CreateQueue', authorization: authorization() },
    body: '{"QueueName":"orders"}',
  })
  t.deepEqual(await answer.json(), { QueueUrl: `${place}000000000000/orders` })
  front.process.kill('SIGTERM')
  t.is((await front.ended).code, 0)
  t.regex(readFileSync(join(cwd, 'fixtures/orders/checkout.json'), 'utf8'), /CreateQueue/)
})

test('without an upstream there is nothing to record', async (t) => {
  const { code, stderr } = await runPipit(['record'])
  t.regex(stderr, /record needs to know where to: --upstream aws, or a URL/)
  t.is(code, 2)
})
