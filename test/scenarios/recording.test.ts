import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import test from 'ava'
import { runPipit } from '../run-pipit.ts'
import { type GatewayProcess, startGateway } from './gateway-process.ts'
import { checkout, clientOf, rush, type Suite } from './suites/suites.ts'

/** Those that the tests and the README replay. `PIPIT_RECORD=1` writes them anew. */
const COMMITTED = 'fixtures'
const SUITES: readonly (readonly [name: string, suite: Suite])[] = [
  ['orders/checkout', checkout],
  ['orders/rush', rush],
]

const folder = mkdtempSync(join(tmpdir(), 'pipit-recording-'))
let upstream: GatewayProcess

test.before(async () => {
  upstream = await startGateway()
})
test.after.always(async () => {
  await upstream.stop()
  rmSync(folder, { recursive: true })
})

let run = 0

/** Records a suite against a mock that knows nothing yet, into a folder of its own. */
async function record(name: string, suite: Suite, into = join(folder, String(++run))): Promise<string> {
  const session = `run-${++run}`
  const gateway = await startGateway({
    args: ['--mode', 'record', '--upstream', `${upstream.url}/s/${session}/sqs`, '--fixture', name, '--fixtures', into],
  })
  const client = clientOf(`${gateway.url}/sqs`)
  await suite(client)
  client.destroy()
  t0(await gateway.stop())
  return into
}

function t0({ code }: { code: number | null }): void {
  if (code !== 0) throw new Error(`pipit ended with ${code}`)
}

for (const [name, suite] of SUITES)
  test(`two recordings of ${name} have no difference, and are what is committed`, async (t) => {
    const [first, second] = [await record(name, suite), await record(name, suite)]
    const differs = await promisify(execFile)('diff', ['-r', '-x', '.journal', first, second]).catch(
      (error: unknown) => error,
    )
    t.is((differs as { stdout: string }).stdout, '')
    if (process.env['PIPIT_RECORD'] !== undefined) await record(name, suite, COMMITTED)
    const { stdout } = await promisify(execFile)('diff', [join(first, `${name}.json`), join(COMMITTED, `${name}.json`)])
    t.is(stdout, '')
  })

/** In fields of every kind: what a client sends, and what it is told. */
const SECRETS = {
  accessKey: 'AKIAQQQQQQQQQQQQQQQQ',
  jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwbGFudGVkIn0.cGxhbnRlZC1zaWduYXR1cmU',
  github: 'ghp_plantedplantedplantedplantedplanted',
  password: 'planted-password-1',
  apiKey: 'planted-api-key-2',
  /** Once under a name, once more without one: whoever writes down a whole recording knows it then. */
  known: 'planted-known-3',
  account: '424242424242',
}

test('planted secrets are found nowhere: not in the fixture, not in the log, not in the journal', async (t) => {
  const { accessKey, jwt, github, password, apiKey, known, account } = SECRETS
  const into = join(folder, 'secrets')
  const gateway = await startGateway({
    args: [
      '--mode',
      'record',
      '--upstream',
      `${upstream.url}/s/secrets/sqs`,
      '--fixtures',
      into,
      '--log-level',
      'debug',
    ],
  })
  const call = async (operation: string, input: object): Promise<Record<string, any>> => {
    const response = await fetch(`${gateway.url}/sqs/`, {
      method: 'POST',
      headers: {
        'X-Amz-Target': `AmazonSQS.${operation}`,
        'Content-Type': 'application/x-amz-json-1.0',
        Authorization: `AWS4-HMAC-SHA256 Credential=${account}/20260101/eu-west-1/sqs/aws4_request, SignedHeaders=host, Signature=aa`,
        'X-Amz-Security-Token': jwt,
        Cookie: `session=${password}`,
      },
      body: JSON.stringify(input),
    })
    return (await response.json().catch(() => ({}))) as Record<string, any>
  }
  const { QueueUrl } = await call('CreateQueue', { QueueName: 'q', tags: { secret: password } })
  const nested = JSON.stringify({
    deep: JSON.stringify({ password, list: [{ apiKey }], jwt }),
    secret: known,
    key: accessKey,
  })
  await call('SendMessage', {
    QueueUrl,
    MessageBody: nested,
    MessageAttributes: {
      password: { DataType: 'String', StringValue: password },
      binary: { DataType: 'Binary', BinaryValue: Buffer.from(`x ${accessKey} y`).toString('base64') },
    },
  })
  await call('SendMessage', {
    QueueUrl,
    MessageBody: `${github}, again ${known}, of arn:aws:sqs:eu-west-1:${account}:q`,
  })
  await call('SendMessageBatch', { QueueUrl, Entries: [{ Id: '1', MessageBody: `token=${jwt}` }] })
  await call('ReceiveMessage', {
    QueueUrl,
    MaxNumberOfMessages: 10,
    AttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  })
  await call('DeleteMessage', { QueueUrl, ReceiptHandle: accessKey })
  await call('NoSuchThing', { password })
  const journal = await (await fetch(`${gateway.url}/_pipit/journal`)).text()
  t0(await gateway.stop())
  const files = readdirSync(into, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  t.is(files.length, 3, 'the fixture, the log, and what keeps that out of git')
  const texts = new Map(files.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), 'latin1')]))
  texts.set('what it printed', gateway.output())
  texts.set('its journal', journal)
  for (const [where, text] of texts)
    for (const [what, secret] of Object.entries(SECRETS)) {
      // The journal and the lines of the log tell the caller's account to whoever runs the gateway.
      if (['account', 'known'].includes(what) && !where.includes('.')) continue
      for (const form of [secret, Buffer.from(secret).toString('base64').slice(0, -4)])
        t.false(text.includes(form), `${what} in ${where}`)
    }
  const linted = await runPipit(['fixtures', 'lint', '--fixtures', into])
  t.deepEqual([linted.code, linted.stdout], [0, '1 fixtures are as they should be\n'])
})
