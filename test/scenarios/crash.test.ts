import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { recover } from '../../src/fixtures/recording.ts'
import { Store } from '../../src/fixtures/store.ts'
import { textOf, memberOf } from '../../src/fixtures/template.ts'
import { sqs } from '../../src/sqs/service.ts'
import { runPipit } from '../run-pipit.ts'
import { type GatewayProcess, startGateway } from './gateway-process.ts'

const services = [sqs()]
const folder = mkdtempSync(join(tmpdir(), 'pipit-crash-'))
let upstream: GatewayProcess

test.before(async () => {
  upstream = await startGateway({ env: { PIPIT_QUEUES: 'q' } })
})
test.after.always(async () => {
  await upstream.stop()
  rmSync(folder, { recursive: true })
})

const recording = (into: string): Promise<GatewayProcess> =>
  startGateway({
    args: ['--mode', 'record', '--upstream', `${upstream.url}/sqs`, '--fixture', 'crash', '--fixtures', into],
  })

/** Sends until nobody answers any more. Adds the bodies that were answered. */
async function send(url: string, client: number, answered: Set<string>): Promise<void> {
  for (let n = 0; ; n++) {
    const body = `client ${client} message ${n}`
    const query = `Action=SendMessage&MessageBody=${encodeURIComponent(body)}&X-Amz-Credential=x/1/eu-west-1/sqs/aws4_request&X-Amz-Algorithm=AWS4-HMAC-SHA256`
    // Whoever was killed answers nothing, and a client that has not noticed must not wait for that.
    const signal = AbortSignal.timeout(10_000)
    const response = await fetch(`${url}/sqs/000000000000/q?${query}`, { signal }).catch(() => undefined)
    if ((await response?.text().catch(() => undefined)) === undefined) return
    if (response?.status === 200) answered.add(body)
  }
}

const bodiesIn = (store: Store): Set<string> =>
  new Set(store.load('crash').entries.map(({ params }) => textOf(memberOf(params, 'MessageBody')) ?? ''))

const KILLS = 50

test(`killed at ${KILLS} moments while it records, it loses nothing that was answered`, async (t) => {
  t.timeout(300_000)
  let exchanges = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const into = join(folder, String(kill))
    const gateway = await recording(into)
    const answered = new Set<string>()
    const clients = [0, 1, 2].map((client) => send(gateway.url, client, answered))
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 300))
    await gateway.stop('SIGKILL')
    await Promise.all(clients)
    const store = new Store(into)
    const [path] = store.unfinishedLogs()
    if (path === undefined) {
      t.is(answered.size, 0)
      continue
    }
    recover(store, path, services)
    const recovered = store.has('crash') ? bodiesIn(store) : new Set<string>()
    t.deepEqual(
      [...answered].filter((body) => !recovered.has(body)),
      [],
      `after kill ${kill}`,
    )
    t.true(recovered.size <= answered.size + clients.length, 'nothing that was not sent')
    exchanges += answered.size
  }
  t.log(`${exchanges} exchanges were answered before ${KILLS} kills`)
  t.true(exchanges > KILLS, 'they were killed at work')
})

test('what was cut or flipped is told by fixtures recover, and the rest is a fixture', async (t) => {
  const into = join(folder, 'damaged')
  const gateway = await recording(into)
  const answered = new Set<string>()
  const client = send(gateway.url, 0, answered)
  while (answered.size < 10) await new Promise((resolve) => setTimeout(resolve, 5))
  await gateway.stop('SIGKILL')
  await client
  const path = join(into, '.journal', 'crash.mpk')
  const bytes = readFileSync(path)
  const at = Math.floor(bytes.length / 2)
  bytes[at] = (bytes[at] as number) ^ 0x40
  writeFileSync(path, bytes.subarray(0, bytes.length - 5))
  const { code, stdout } = await runPipit(['fixtures', 'recover', '--fixtures', into])
  t.is(code, 0)
  const [, from, to, byte] = /bytes (\d+) to (\d+) are damaged, at byte (\d+): exchange \d+ is lost/.exec(stdout) ?? []
  t.true(Number(from) <= at && at < Number(to), stdout)
  t.is(Number(byte), at, stdout)
  t.regex(stdout, /the last exchange was not written to its end, from byte \d+ on/)
  const { entries } = new Store(into).load('crash')
  t.true(entries.length >= answered.size - 2)
  t.is((await runPipit(['fixtures', 'recover', '--fixtures', into])).stdout, 'every recording came to its end\n')
})

/** As `send`, so many times, each longer than the one before. */
async function sendAll(url: string, count: number): Promise<(number | undefined)[]> {
  const statuses: (number | undefined)[] = []
  for (let n = 0; n < count; n++) {
    const query = `Action=SendMessage&MessageBody=${n}-${'x'.repeat(600)}&X-Amz-Credential=x/1/eu-west-1/sqs/aws4_request&X-Amz-Algorithm=AWS4-HMAC-SHA256`
    const response = await fetch(`${url}/sqs/000000000000/q?${query}`).catch(() => undefined)
    const text = await response?.text()
    statuses.push(text?.includes('<MessageId>') === true ? response?.status : undefined)
  }
  return statuses
}

/** In the middle of a recording nothing can be written any more. */
async function whenFull(
  t: ExecutionContext,
  into: string,
  reason: RegExp,
  makeRoom: () => void,
  shell?: string,
): Promise<void> {
  const gateway = await startGateway({
    args: ['--mode', 'record', '--upstream', `${upstream.url}/sqs`, '--fixture', 'crash', '--fixtures', into],
    ...(shell !== undefined && { shell }),
  })
  const statuses = await sendAll(gateway.url, 80)
  t.true(
    statuses.every((status) => status === 200),
    'no client notices',
  )
  t.is((await gateway.stop()).code, 1, gateway.output())
  const told = gateway
    .output()
    .split('\n')
    .filter((line) => line.includes('stopped'))
  t.is(told.length, 1, 'it is told once')
  t.regex(told[0] ?? '', reason)
  t.false(gateway.output().includes('    at '), 'no stack trace')
  const store = new Store(into)
  t.false(store.has('crash'), 'half of a suite is no fixture')
  makeRoom()
  const recovered = await runPipit(['fixtures', 'recover', '--fixtures', into])
  t.is(recovered.code, 0, recovered.stderr)
  const calls = Number(/(\d+)/.exec(recovered.stdout.replace(/^[^:]*:/, ''))?.[1])
  t.true(calls > 20, recovered.stdout)
  t.is(store.load('crash').entries.length, calls, 'everything that was written is there')
}

test('a file that may not grow stops the recording, and nothing that was recorded is lost', async (t) => {
  const into = join(folder, 'limited')
  await whenFull(
    t,
    into,
    /note: recording crash stopped: \S+: is larger than files may be here: .*ulimit -f/,
    () => {},
    'ulimit -f 48',
  )
})

test('a full disk stops the recording, and nothing that was recorded is lost', async (t) => {
  const into = join(folder, 'full')
  mkdirSync(into)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48k', 'tmpfs', into], { stdio: 'ignore' })
  } catch {
    t.pass('whoever runs this may not mount a small disk')
    return
  }
  t.teardown(() => execFileSync('umount', [into]))
  const makeRoom = (): void => void execFileSync('mount', ['-o', 'remount,size=4m', into], { stdio: 'ignore' })
  await whenFull(
    t,
    into,
    /note: recording crash stopped: \S+: the disk is full: .*make room and run pipit fixtures recover/,
    makeRoom,
  )
})

test('a folder that cannot be written ends pipit at once, in one line', async (t) => {
  writeFileSync(join(folder, 'file'), '')
  const args = ['--mode', 'record', '--upstream', upstream.url, '--fixtures', join(folder, 'file', 'fixtures')]
  const { code, stderr } = await runPipit(['serve', '--port', '0', ...args])
  t.is(code, 1)
  t.regex(stderr, /^pipit: \S+: is below a file, not below a folder: name another folder with PIPIT_FIXTURES\n$/)
})

for (const [what, text, message] of [
  ['broken', '{"format":', /^pipit: .*a\.json: line 1, column 11: expected a value: .*\n$/],
  [
    'of another version',
    '{"format":"pipit-fixture/9"}',
    /is of format pipit-fixture\/9, this pipit reads pipit-fixture\/1: .*\n$/,
  ],
  ['not there', undefined, /^pipit: there is no fixture a \(.*a\.json\): record it first.*\n$/],
] as const)
  for (const command of ['serve', 'replay', 'run'])
    test(`a fixture that is ${what} ends pipit ${command} at once, in one line`, async (t) => {
      const store = new Store(join(folder, `${what} ${command}`))
      store.prepare()
      if (text !== undefined) writeFileSync(store.path('a'), text)
      const where = ['--port', '0', '--fixtures', store.folder, '--fixture', 'a']
      const args = {
        serve: ['serve', '--mode', 'replay', ...where],
        replay: ['replay', ...where],
        run: ['run', '--replay', 'a', ...where.slice(0, 4), '--', 'true'],
      }[command] as string[]
      const { code, stdout, stderr } = await runPipit(args)
      t.deepEqual([code, stdout], [1, ''], stderr)
      t.regex(stderr, message)
      t.is(stderr.split('\n').length, 2)
    })
