import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'

import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { runPipit, type Running, startPipit } from '../run-pipit.ts'

const CALL = {
  method: 'POST',
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'AmazonSQS.SendMessage',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/sqs/aws4_request, Signature=abc',
    'x-amz-security-token': 'IQoJb3JpZ2luX2Vj',
  },
  body: JSON.stringify({ QueueUrl: 'http://h/0/orders', MessageBody: 'password=hunter2' }),
}

async function target(
  t: ExecutionContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return (server.address() as AddressInfo).port
}

async function started(t: ExecutionContext, to: number, ...flags: string[]): Promise<{ pipit: Running; url: string }> {
  const pipit = startPipit(['monitor', '0', '127.0.0.1', String(to), ...flags])
  t.teardown(() => pipit.process.kill('SIGKILL'))
  const [, port] = await pipit.said(
    flags.includes('--json') ? /"listen":"localhost:(\d+)"/ : /http:\/\/localhost:(\d+) ->/,
  )
  return { pipit, url: `http://127.0.0.1:${port}` }
}

const asSqs = (_request: IncomingMessage, response: ServerResponse): void => {
  response.setHeader('set-cookie', 'session=hunter2')
  response.end('{"MessageId":"8f3c1234"}')
}

test('a port is forwarded, and each call is told of twice', async (t) => {
  const { pipit, url } = await started(t, await target(t, asSqs))
  t.is(await (await fetch(url, CALL)).text(), '{"MessageId":"8f3c1234"}')
  await pipit.said(
    /\n\S+ c1 #1 → POST sqs SendMessage orders 65B \(node\)\n\S+ c1 #1 ← 200 24B \S+ sqs SendMessage orders 16B id=8f3c…\n/,
  )
  pipit.process.kill()
  t.is((await pipit.ended).code, 0)
})

test('both of loopback take clients', async (t) => {
  const { url } = await started(t, await target(t, asSqs))
  t.is((await fetch(url, CALL)).status, 200)
  const six = await fetch(url.replace('127.0.0.1', '[::1]'), CALL).catch(() => undefined)
  // A machine without IPv6 has one.
  t.true(six === undefined || six.status === 200)
})

test('no credential is printed or kept, whatever is asked for', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-monitor-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const to = await target(t, asSqs)
  for (const [index, flags] of [['-vv'], ['-vv', '--json'], ['-v'], []].entries()) {
    const har = join(folder, `${index}.har`)
    const { pipit, url } = await started(t, to, ...flags, '--har', har)
    await fetch(`${url}/?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE&X-Amz-Signature=hunter2`, CALL)
    await fetch(`${url}/login`, { method: 'POST', body: '{"password":"hunter2"}' })
    await pipit.said(/login/)
    pipit.process.kill()
    const { stdout, stderr } = await pipit.ended
    const archive = readFileSync(har, 'utf8')
    t.is((JSON.parse(archive) as { log: { entries: unknown[] } }).log.entries.length, 2)
    t.false(/hunter2|AKIA|IQoJ/.test(stdout + stderr + archive), stdout)
  }
})

test('a filter shows what fits, quiet nothing but what fails', async (t) => {
  const to = await target(t, (request, response) => {
    if (request.url === '/reset') response.socket?.resetAndDestroy()
    else response.writeHead(request.url === '/bad' ? 500 : 200).end()
  })
  const filtered = await started(t, to, '--filter', 'status>=500')
  const quiet = await started(t, to, '--quiet')
  for (const { url } of [filtered, quiet]) {
    await fetch(`${url}/good`)
    await fetch(`${url}/bad`)
    await fetch(`${url}/reset`).catch(() => undefined)
  }
  await filtered.pipit.said(/← 500/)
  await quiet.pipit.said(/the server reset the connection/)
  t.false(/good/.test(filtered.pipit.output()))
  t.false(/good|bad/.test(quiet.pipit.output()))
})

test('an archive has what fits the filter, and is left alone by a monitor that cannot start', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-monitor-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const har = join(folder, 'x.har')
  const to = await target(t, (request, response) => response.writeHead(request.url === '/bad' ? 500 : 200).end())
  const { pipit, url } = await started(t, to, '--har', har, '--filter', 'status>=500')
  await fetch(`${url}/good`)
  await fetch(`${url}/bad`)
  await pipit.said(/← 500/)
  const second = await runPipit(['monitor', `127.0.0.1:${new URL(url).port}`, 'localhost', '1', '--har', har])
  t.regex(second.stderr, /^pipit: port \d+ is taken/)
  pipit.process.kill()
  await pipit.ended
  const { entries } = (JSON.parse(readFileSync(har, 'utf8')) as { log: { entries: { request: { url: string } }[] } })
    .log
  t.deepEqual(
    entries.map(({ request }) => request.url),
    [`${url}/bad`],
  )
})

test('a target that comes later is found, and each failure is one line', async (t) => {
  const server = createServer((_request, response) => response.end('here'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const { pipit, url } = await started(t, port)
  await t.throwsAsync(fetch(url))
  await pipit.said(new RegExp(`✗.*127\\.0\\.0\\.1:${port} refuses connections \\(ECONNREFUSED\\)\n`))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  t.is(await (await fetch(url)).text(), 'here')
  t.is(pipit.output().match(/✗/g)?.length, 1)
})

test('pipit health knows that it runs, and a gateway beside it stays the one that is asked', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-monitor-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  // Notes are everybody's on this machine: two test runs at one time must not share one.
  const env = { PORT: String(20_000 + (process.pid % 20_000)), TMPDIR: folder }
  t.is((await runPipit(['health'], { env })).code, 1)
  const pipit = startPipit(['monitor', '0', 'nowhere.invalid', '1'], { env })
  t.teardown(() => pipit.process.kill('SIGKILL'))
  await pipit.said(/-> nowhere/)
  const health = await runPipit(['health'], { env })
  t.is(health.code, 0, health.stderr)
  const tail = await runPipit(['reset'], { env })
  t.is(tail.stderr, 'pipit: this is pipit monitor: it forwards a port and has nothing to steer\n')
  const second = startPipit(['monitor', '0', 'nowhere.invalid', '1'], { env })
  await second.said(/-> nowhere/)
  second.process.kill()
  t.is((await second.ended).code, 0)
  t.is((await runPipit(['health'], { env })).code, 0)
  pipit.process.kill()
  t.is((await pipit.ended).code, 0)
  t.is((await runPipit(['health'], { env })).code, 1)
})

test("a port alone is opened where the gateway's would be", async (t) => {
  const pipit = startPipit(['monitor', '0', 'localhost', '1', '--json'], { env: { PIPIT_HOST: '0.0.0.0' } })
  await pipit.said(/"listen"/)
  pipit.process.kill()
  t.is((await pipit.ended).code, 0)
})

for (const [args, message] of [
  [['monitor'], /^pipit: an argument is missing: got 0, need 2; see pipit monitor --help\n$/],
  [['monitor', '3001', 'https://x'], /^pipit: monitor passes bytes on as they are.*\n$/],
  [['monitor', '3001', 'localhost', '3001'], /^pipit: :3001 would forward to itself.*\n$/],
  [
    ['monitor', '3001', 'localhost', '1', '--filtre', 'x'],
    /^pipit: unknown flag --filtre \(did you mean "--filter"\?\).*\n$/,
  ],
] as const)
  test(`pipit ${args.join(' ')} is refused in one line`, async (t) => {
    const { code, stderr, stdout } = await runPipit(args)
    t.is(code, 2)
    t.is(stdout, '')
    t.regex(stderr, message)
  })

test('faults on the wire: an answer breaks off, and it is said which fault did it, and which never did', async (t) => {
  const to = await target(t, asSqs)
  const flags = [
    '--seed',
    '42',
    '--fault',
    'wire: nth=2 id=broken reset mid-body',
    '--fault',
    'wire: port=9 id=idle slice 1',
  ]
  const { pipit, url } = await started(t, to, ...flags)
  const close = { ...CALL, headers: { ...CALL.headers, connection: 'close' } }
  t.is((await fetch(url, close)).status, 200)
  await t.throwsAsync(fetch(url, close).then((answer) => answer.text()))
  await pipit.said(/\n {2}faults {2}2 rules {2}seed 42\n/)
  await pipit.said(/c2 #2 ✗ .* in the answer: fault: reset \[fault broken reset mid-body\]\n/)
  pipit.process.kill()
  const { stdout, code } = await pipit.ended
  t.is(code, 0)
  t.regex(stdout, /note: fault idle never fired: considered 2, matched 0: skipped by port 2\n/)
  t.notRegex(stdout, /fault broken never fired/)
})
