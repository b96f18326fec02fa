import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { connect } from '../../../src/index.ts'
import { runPipit } from '../../run-pipit.ts'
import { type GatewayProcess, startGateway } from '../gateway-process.ts'
import { sendOrders, sqsClient, withWorkers } from './workers.ts'

const RULE = {
  id: 'some',
  on: { operation: 'SendMessage' },
  when: { rate: '30%' },
  do: { error: 'InvalidMessageContents' },
}

let gateway: GatewayProcess
test.before(async () => {
  gateway = await startGateway({
    env: { PIPIT_QUEUES: 'orders', PIPIT_SEED: '42', PIPIT_FAULTS: JSON.stringify(RULE) },
  })
})
test.after.always(async (t) => {
  t.is((await gateway.stop()).code, 0)
})

test('with one seed, 16 workers in any order, fresh ids and 20 runs, it is one set of calls that fails', async (t) => {
  const runs = new Set<string>()
  for (let run = 0; run < 20; run++) runs.add(String(await sendOrders(`${gateway.url}/s/run-${run}/sqs/`, 16)))
  t.is(runs.size, 1)
  const failed = [...runs][0]?.split(',') ?? []
  t.true(failed.length > 10 && failed.length < 40, String(failed.length))
  t.true(failed.includes('ping') && failed.some((what) => what.startsWith('order')))
})

test('another seed is another set', async (t) => {
  const other = await startGateway({ args: ['--seed', '43', '--fault', JSON.stringify(RULE), '--queues', 'orders'] })
  t.notDeepEqual(await sendOrders(`${other.url}/sqs/`, 16), await sendOrders(`${gateway.url}/s/mine/sqs/`, 16))
  await other.stop()
})

test('a run that failed by chance is exported, and fails again in the same calls, without chance', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-export-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const first = await startGateway({ args: ['--fault', JSON.stringify(RULE), '--queues', 'orders'] })
  const failed = await sendOrders(`${first.url}/sqs/`, 16)
  const { stdout } = await runPipit(['faults', 'export'], { env: { PIPIT_URL: first.url } })
  await first.stop()
  t.true(failed.length > 5)
  t.notRegex(stdout, /rate/)
  const file = join(folder, 'failing-run.yaml')
  writeFileSync(file, stdout)
  const again = await startGateway({ args: ['--config', file, '--queues', 'orders', '--seed', '7'] })
  t.deepEqual(await sendOrders(`${again.url}/sqs/`, 16), failed)
  const verified = await runPipit(['faults', 'verify', `some=${failed.length}`], { env: { PIPIT_URL: again.url } })
  t.is(verified.code, 0, verified.stderr)
  await again.stop()
})

test('attempt: 1 fails every first try and no second one, with 50 workers and nothing to reset', async (t) => {
  const other = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
  const { faults } = connect(other.url)
  const sqs = sqsClient(`${other.url}/sqs/`, { maxAttempts: 3 })
  await faults.add('sqs.SendMessage id=first-try attempt=1 error RequestThrottled')
  const attempts: (number | undefined)[] = []
  const bodies = Array.from({ length: 200 }, (_, index) => `${index}`)
  await withWorkers(50, bodies, async (MessageBody) => {
    const { $metadata } = await sqs.send(new SendMessageCommand({ QueueUrl: '/000000000000/orders', MessageBody }))
    attempts.push($metadata.attempts)
  })
  t.deepEqual(attempts, Array(200).fill(2))
  t.deepEqual(await faults.verify({ 'first-try': { min: 200, max: 200 } }), [])
  await other.stop()
})

test('two sessions with opposite rules, on one port and one queue, never see each other', async (t) => {
  const other = await startGateway({ env: { PIPIT_QUEUES: 'orders' } })
  const pipit = connect(other.url)
  const names = ['lost-before', 'lost-after'] as const
  const moments = { 'lost-before': 'before-commit', 'lost-after': 'after-commit' }
  const stored = await Promise.all(
    names.map(async (name) => {
      const session = await pipit.session(name)
      const on = { operation: 'SendMessage', attempt: 1 }
      await session.faults.add({ id: 'lost', on, do: { reset: moments[name] } })
      const sqs = sqsClient(session.endpoint, { maxAttempts: 3 })
      const QueueUrl = '/000000000000/orders'
      for (let i = 0; i < 5; i++) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: String(i) }))
      await session.faults.verify({ lost: { min: 5, max: 5 } })
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
      return Messages.length
    }),
  )
  t.deepEqual(stored, [5, 10])
  await other.stop()
})

test('a lost acknowledgement is told as one line per call: what the client did, and what there is now', async (t) => {
  const faults = ['sqs.SendMessage attempt=1 reset after-commit', 'sqs.DeleteMessage attempt=1 reset after-commit']
  const other = await startGateway({
    args: faults.flatMap((fault) => ['--fault', fault]),
    env: { PIPIT_QUEUES: 'orders' },
  })
  const sqs = sqsClient(`${other.url}/sqs/`, { maxAttempts: 3 })
  const QueueUrl = '/000000000000/orders'
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'two coffees' }))
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
  t.is(Messages.length, 2)
  const { $metadata } = await sqs.send(
    new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]?.ReceiptHandle }),
  )
  t.is($metadata.attempts, 2)
  await other.stop()
  const lines = other.output().split('\n')
  t.true(
    lines.includes('call: SendMessage orders: #1 reset(after-commit) → #2 200 → DUPLICATE in queue'),
    other.output(),
  )
  t.true(lines.includes('call: DeleteMessage orders: #1 reset(after-commit) → #2 200'), other.output())
  t.regex(other.output(), /SendMessage orders reset [\d.]+ms \[fault reset after-commit\]/)
})
