import test from 'ava'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { replaying } from '../../src/commands/replay.ts'
import { NOTHING_DECLARED } from '../../src/fixtures/declared.ts'
import { Store } from '../../src/fixtures/store.ts'
import { entriesFrom } from '../fixtures/entries-of-suite.ts'
import { runPipit, startPipit } from '../run-pipit.ts'

const cwd = mkdtempSync(join(tmpdir(), 'pipit-replay-'))
test.after.always(() => rmSync(cwd, { recursive: true }))
const entries = entriesFrom([['CreateQueue', { QueueName: 'orders' }]])
new Store(join(cwd, 'fixtures')).save('orders', { declared: NOTHING_DECLARED, entries })

const ASK = `
  const headers = { 'x-amz-target': 'AmazonSQS.CreateQueue', authorization: 'AWS4-HMAC-SHA256 Credential=x/1/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=x' }
  fetch(process.env.AWS_ENDPOINT_URL_SQS, { method: 'POST', headers, body: JSON.stringify({ QueueName: process.argv[1] }) })`

const run = (name: string) => runPipit(['run', '--replay', 'orders', '--', process.execPath, '-e', ASK, name], { cwd })

test('replaying is a mode of all services, unless modes are said', (t) => {
  t.deepEqual(replaying({}), { mode: 'replay' })
  t.deepEqual(replaying({ mode: 'sqs=replay' }), { mode: 'sqs=replay' })
})

test('pipit replay ends with what came of it', async (t) => {
  const pipit = startPipit(['replay', '--port', '0', '--fixture', 'orders'], { cwd })
  t.teardown(() => pipit.process.kill('SIGKILL'))
  await pipit.said(/sqs {5}replay {3}\S+ {3}orders/)
  pipit.process.kill('SIGTERM')
  const { code, stdout } = await pipit.ended
  t.is(code, 4)
  t.regex(stdout, /replay of orders \(session default\): #1 CreateQueue orders was recorded, and nobody asked for it/)
})

test('a command is run against a recording, and a miss that it swallows fails it', async (t) => {
  t.deepEqual(await run('orders'), { code: 0, stdout: '', stderr: '' })
  const { code, stderr } = await run('other')
  t.is(code, 4)
  t.regex(
    stderr,
    /CreateQueue of other is not in the fixture orders: nearest: #1 CreateQueue orders has QueueName "orders"/,
  )
})

test('a command that fails keeps its exit code, and what was missed is told all the same', async (t) => {
  const report = join(cwd, 'report.json')
  const command = ['--', process.execPath, '-e', `${ASK}.then(() => process.exit(7))`, 'other']
  const { code, stderr } = await runPipit(['run', '--replay', 'orders', '--report', report, ...command], { cwd })
  t.is(code, 7)
  t.regex(stderr, /CreateQueue of other is not in the fixture orders/)
  t.like(JSON.parse(readFileSync(report, 'utf8')), { replays: [{ isOk: false, misses: [{ subject: 'other' }] }] })
})

test('a fixture that is not there is told at once', async (t) => {
  const { code, stderr } = await runPipit(['replay', '--port', '0', '--fixture', 'nope'], { cwd })
  t.is(code, 1)
  t.regex(stderr, /^pipit: there is no fixture nope \(.*\): record it first; see pipit fixtures list\n$/)
  t.is((await runPipit(['run', '--record', 'a', '--replay', 'b', '--', 'true'], { cwd })).code, 2)
})
