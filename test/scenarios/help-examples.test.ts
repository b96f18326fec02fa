import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { PIPIT_PROGRAM } from '../pipit-program.ts'
import { runPipit } from '../run-pipit.ts'
import { type GatewayProcess, startGateway } from './gateway-process.ts'

/** Every command, and whether its examples end by themselves and ask nobody but the pipit of this test. */
const COMMANDS: readonly [words: string, runs: boolean][] = [
  ['serve', false],
  ['record', false],
  ['run', false],
  ['tail', false],
  ['replay', false],
  ['fixtures list', true],
  ['fixtures show', true],
  ['fixtures lint', true],
  ['fixtures diff', true],
  ['fixtures learn', true],
  ['fixtures recover', true],
  ['fixtures export', true],
  ['fixtures', true],
  ['monitor', false],
  ['ca', false],
  ['awslocal', false],
  ['health', false],
  ['config', true],
  ['env', true],
  ['queues list', true],
  ['queues create', true],
  ['queues send', true],
  ['queues peek', true],
  ['queues wait', true],
  ['queues', true],
  ['queues purge', true],
  ['queues redrive', true],
  ['faults list', true],
  ['faults presets', true],
  ['faults off', false],
  ['faults on', false],
  ['faults verify', false],
  ['faults export', false],
  ['faults add', true],
  ['faults', false],
  ['reset', true],
]

let gateway: GatewayProcess
const folder = mkdtempSync(join(tmpdir(), 'pipit-examples-'))

test.before(async () => {
  writeFileSync(join(folder, 'pipit'), `#!/bin/sh\nexec ${process.execPath} ${PIPIT_PROGRAM} "$@"\n`)
  chmodSync(join(folder, 'pipit'), 0o755)
  for (const name of ['checkout', 'checkout-2', 'mock', 'aws'])
    cpSync('fixtures/orders/checkout.json', join(folder, `fixtures/orders/${name}.json`), { recursive: true })
  gateway = await startGateway({ env: { PIPIT_QUEUES: 'orders>orders-dlq:3' } })
  const session = `${gateway.url}/_pipit/sessions/blue`
  await fetch(session, { method: 'PUT' })
  const send = (queue: string, body: string): Promise<Response> =>
    fetch(`${gateway.url}/sqs/000000000000/${queue}?Action=SendMessage&MessageBody=${encodeURIComponent(body)}`)
  for (const body of ['{"id":7}', 'two', 'three']) await send('orders', body)
})
test.after.always(async (t) => {
  rmSync(folder, { recursive: true })
  t.is((await gateway.stop()).code, 0)
})

for (const [words, runs] of COMMANDS)
  test.serial(`pipit ${words} --help has three examples${runs ? ', and they run' : ''}`, async (t) => {
    const { stdout } = await runPipit([...words.split(' '), '--help'])
    const lines = (stdout.split('Examples:')[1] ?? '').split('\n')
    t.true(lines.filter((line) => /^ {2}\S/.test(line)).length >= 3, stdout)
    if (!runs) return
    for (const [index, line] of lines.entries()) {
      // One that goes on in the next line is too long for a help text to be read from.
      if (!/^ {2}\S/.test(line) || /^ {2}[\s'"]/.test(lines[index + 1] ?? '')) continue
      const command = line.trim().split(/ {2,}/)[0] as string
      // What names another place, session or queue than this test has, or writes a file, is read but not run.
      if (/eu-west-1|docker|>|events\.fifo|jq|--config/.test(command) || !command.includes('pipit ')) continue
      const { code, printed } = await shell(command)
      t.is(code, 0, `${command}\n${printed}`)
    }
  })

async function shell(command: string): Promise<{ code: number | null; printed: string }> {
  const child = spawn('bash', ['-c', command], {
    cwd: folder,
    env: { PATH: `${folder}:${process.env['PATH']}`, PIPIT_URL: gateway.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, printed }
}
