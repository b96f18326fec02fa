import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { runPipit, startPipit } from '../run-pipit.ts'

const PATH = process.env['PATH'] ?? ''
const node = (code: string): string[] => ['--', process.execPath, '-e', code]

test('the command speaks to a gateway of its own, says what it has to say, and its exit code is the answer', async (t) => {
  const code = `
    const { AWS_ENDPOINT_URL_SQS } = process.env
    fetch(AWS_ENDPOINT_URL_SQS + '?Action=ListQueues').then(async (answer) => {
      console.log((await answer.text()).includes('000000000000/orders'))
      process.exitCode = 7
    })`
  const { code: exitCode, stdout, stderr } = await runPipit(['run', '--queues', 'orders', ...node(code)])
  t.is(stdout, 'true\n')
  t.is(stderr, '')
  t.is(exitCode, 7)
})

test('what went wrong is told on stderr, and everything where the log is asked for', async (t) => {
  const code = `
    const { PIPIT_URL } = process.env
    fetch(PIPIT_URL + '/?Action=ListQueues').then(() => fetch(PIPIT_URL + '/?Action=Fly'))`
  const quiet = await runPipit(['run', ...node(code)])
  t.is(quiet.stdout, '')
  t.regex(quiet.stderr, /^[^\n]*400[^\n]*InvalidAction[^\n]*\n$/)
  const loud = await runPipit(['run', '--log-level', 'info', ...node(code)])
  t.regex(loud.stderr, /ListQueues 200[^]*InvalidAction/)
})

test('the port is free, whatever the config says, unless a flag says otherwise', async (t) => {
  const first = startPipit(['run', ...node('console.log(process.env.PIPIT_URL + "."); setInterval(() => {}, 1000)')], {
    env: { PORT: '1', PIPIT_LISTEN: ':2' },
  })
  const [, url] = await first.said(/^(http:\/\/localhost:\d{4,5})\.\n/)
  const { port } = new URL(url as string)
  const second = await runPipit(['run', '--port', port, ...node('')])
  t.regex(second.stderr, new RegExp(`port ${port} is taken`))
  t.is(second.code, 1)
  first.process.kill('SIGTERM')
  t.is((await first.ended).code, 143)
})

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const)
  test(`${signal} goes to the command, which decides what becomes of it`, async (t) => {
    const code = `
      process.on('${signal}', () => { console.log('heard'); setTimeout(() => process.exit(5), 10) })
      setInterval(() => {}, 1000); console.log('ready')`
    const running = startPipit(['run', ...node(code)])
    await running.said(/ready/)
    running.process.kill(signal)
    const { code: exitCode, stdout } = await running.ended
    t.is(stdout, 'ready\nheard\n')
    t.is(exitCode, 5)
  })

test('a command that a signal ends has the exit code that a shell gives it', async (t) => {
  t.is((await runPipit(['run', '--', 'sh', '-c', 'kill -9 $$'], { env: { PATH } })).code, 137)
})

test('what is behind the dashes is the command, to the letter', async (t) => {
  const { stdout } = await runPipit([
    'run',
    '--',
    process.execPath,
    '-p',
    'process.argv.slice(1).join()',
    '--',
    '--strict=maybe',
    '--',
    '-x',
  ])
  t.is(stdout, '--strict=maybe,--,-x\n')
})

test('a command that is not there is told in a line', async (t) => {
  const { code, stderr } = await runPipit(['run', '--', 'nonesuch'], { env: { PATH } })
  t.is(stderr, 'pipit: nonesuch cannot be run: there is no such program\n')
  t.is(code, 127)
})

test('without a command, or where the dashes are for nobody, it says how it is meant', async (t) => {
  const none = await runPipit(['run', '--queues', 'a'])
  t.is(none.stderr, 'pipit: say which command to run, behind --: pipit run -- npm test\n')
  t.is(none.code, 2)
  const other = await runPipit(['config', 'check', '--', 'x'])
  t.is(other.stderr, 'pipit: what stands behind -- is a command for pipit run; see pipit --help\n')
  t.is(other.code, 2)
})

test('what a command asks of an upstream is recorded, and written when it is over', async (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'pipit-run-'))
  t.teardown(() => rmSync(cwd, { recursive: true }))
  const back = startPipit(['serve', '--port', '0'])
  t.teardown(() => back.process.kill('SIGKILL'))
  const [url] = await back.said(/http:\/\/localhost:\d+/)
  const code = `
    const { AWS_ENDPOINT_URL_SQS, AWS_REGION } = process.env
    fetch(AWS_ENDPOINT_URL_SQS, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AmazonSQS.CreateQueue',
        authorization: 'AWS4-HMAC-SHA256 Credential=any/20260101/' + AWS_REGION + '/sqs/aws4_request, Signature=0',
      },
      body: JSON.stringify({ QueueName: 'orders' }),
    }).then(async (answer) => console.log(answer.status, (await answer.json()).QueueUrl.startsWith(AWS_ENDPOINT_URL_SQS)))`
  const recorded = await runPipit(['run', '--record', 'shop/orders', '--upstream', url, ...node(code)], { cwd })
  t.is(recorded.stdout, '200 true\n', recorded.stderr)
  t.is(recorded.code, 0)
  const fixture = readFileSync(join(cwd, 'fixtures/shop/orders.json'), 'utf8')
  t.regex(fixture, /CreateQueue/)
})
