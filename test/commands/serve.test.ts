import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import test, { type ExecutionContext } from 'ava'
import { runPipit, startPipit, type RunOptions, type Running } from '../run-pipit.ts'

async function serving(
  t: ExecutionContext,
  args: readonly string[],
  options?: RunOptions,
): Promise<{ pipit: Running; url: string }> {
  const pipit = startPipit(args, options)
  t.teardown(() => pipit.process.kill('SIGKILL'))
  const [url] = await pipit.said(/http:\/\/localhost:\d+/)
  return { pipit, url }
}

function ask(url: string, query: string): Promise<Response> {
  return fetch(`${url}/sqs/000000000000/orders?${query}`, { headers: { 'user-agent': 'aws-cli/1.45.11 md/x' } })
}

test('the start screen, then one line per exchange, and nothing else', async (t) => {
  const { pipit, url } = await serving(t, ['--port', '0', '--queues', 'orders>orders-dlq:3'])
  await ask(url, 'Action=SendMessage&MessageBody=hello')
  await ask(url, 'Action=Nonsense')
  await fetch(`${url}/_pipit/readyz`)
  pipit.process.kill('SIGTERM')
  const { code, stdout, stderr } = await pipit.ended
  const lines = stdout.split('\n')
  t.regex(lines[0] ?? '', /^pipit \d+\.\d+\.\d+ {2}http:\/\/localhost:\d+$/)
  t.is(lines[1], `  sqs     mock     ${url}/sqs/   2 queues (orders -> orders-dlq x3)`)
  t.regex(
    lines[2] ?? '',
    /^\d\d:\d\d:\d\d\.\d{3} GET sqs SendMessage orders 200 [\d.]+ms 5B id=[0-9a-f]+… \(aws-cli 1\.45\.11\)$/,
  )
  t.regex(lines[3] ?? '', /^[\d:.]+ GET sqs .*400 [\d.]+ms InvalidAction \(aws-cli 1\.45\.11\)$/)
  t.is(lines.length, 5)
  t.is(stderr, '')
  t.is(code, 0)
})

test('every address is listed, and port 0 with what it became', async (t) => {
  const { pipit } = await serving(t, ['--listen', ':0,127.0.0.1:0'])
  const [, first, second] = await pipit.said(/localhost:(\d+)\n {2}also on http:\/\/localhost:(\d+)\n {2}sqs/)
  t.not(first, second)
  t.is((await fetch(`http://localhost:${second}/_pipit/livez`)).status, 200)
})

test('notes come after the start screen', async (t) => {
  const { pipit } = await serving(t, ['--port', '0'], { env: { PIPIT_QUEUS: 'a' } })
  await pipit.said(/no queues yet\nnote: PIPIT_QUEUS is not a variable that pipit knows: did you mean PIPIT_QUEUES\?\n/)
  t.pass()
})

test('as JSON, every line is an object, the start too', async (t) => {
  const { pipit, url } = await serving(t, ['--port', '0', '--queues', 'orders'], { env: { PIPIT_LOG_FORMAT: 'json' } })
  await ask(url, 'Action=SendMessage&MessageBody=hello')
  pipit.process.kill('SIGINT')
  const { code, stdout } = await pipit.ended
  const objects = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  t.deepEqual(
    objects.map(({ msg }) => msg),
    ['started', 'exchange'],
  )
  t.like(objects[1], { operation: 'SendMessage', resource: 'orders', status: 200 })
  t.is(code, 0)
})

test('silent is silent', async (t) => {
  // The note for `pipit health` goes by PORT: one that no other test has.
  const env = { PORT: '65124' }
  const pipit = startPipit(['--port', '0', '--log-level', 'silent'], { env })
  t.teardown(() => pipit.process.kill('SIGKILL'))
  let health = await runPipit(['health'], { env })
  while (health.code !== 0) health = await runPipit(['health'], { env })
  pipit.process.kill('SIGTERM')
  t.deepEqual(await pipit.ended, { code: 0, stdout: '', stderr: '' })
})

test('health finds a pipit whose port it was not told, and notices when it has gone', async (t) => {
  const env = { PORT: '65123' }
  const { pipit, url } = await serving(t, ['--port', '0'], { env })
  const port = new URL(url).port
  t.deepEqual(await runPipit(['health'], { env }), {
    code: 0,
    stdout: `ready: http://127.0.0.1:${port}/_pipit/readyz\n`,
    stderr: '',
  })
  pipit.process.kill('SIGTERM')
  await pipit.ended
  t.is(
    (await runPipit(['health'], { env })).stderr,
    'not reachable: http://127.0.0.1:65123/_pipit/readyz: ECONNREFUSED\n',
  )
})

test('a long poll is answered at the end, and its line is written', async (t) => {
  const { pipit, url } = await serving(t, ['--port', '0', '--queues', 'orders'])
  const poll = get(`${url}/sqs/000000000000/orders?Action=ReceiveMessage&WaitTimeSeconds=20`, { agent: false })
  const answered = once(poll, 'response') as Promise<[IncomingMessage]>
  await once(poll, 'finish')
  // It is on its way: whoever comes later is answered later, and a second time surely after it has been read.
  await ask(url, 'Action=GetQueueUrl&QueueName=orders')
  await ask(url, 'Action=GetQueueUrl&QueueName=orders')
  pipit.process.kill('SIGTERM')
  const [response] = await answered
  t.is(response.statusCode, 200)
  response.resume()
  const { code, stdout } = await pipit.ended
  t.regex(stdout, /sqs ReceiveMessage orders 200/)
  t.is(code, 0)
})

test('a reader of the log who stops reading does not keep the process from ending', async (t) => {
  const { pipit, url } = await serving(t, ['--port', '0', '--queues', 'orders'])
  pipit.process.stdout?.pause()
  const path = `/${'x'.repeat(150)}`
  for (let i = 0; i < 40; i++)
    await Promise.all(Array.from({ length: 50 }, () => fetch(`${url}${path}`).then((r) => r.text())))
  pipit.process.kill('SIGTERM')
  const [code] = await new Promise<[number | null]>((resolve) => pipit.process.once('exit', (exit) => resolve([exit])))
  t.is(code, 0)
  pipit.process.stdout?.resume()
  await pipit.ended
})
