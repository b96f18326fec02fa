import test from 'ava'
import { runPipit, startPipit } from '../run-pipit.ts'
import { runningPipit } from './running-pipit.ts'

const send = (url: string, body: string) =>
  fetch(`${url}/sqs/000000000000/orders?Action=SendMessage&MessageBody=${body}`).then((answer) => answer.text())

test('tail prints what crosses, as it happens, and what was before when it is asked to', async (t) => {
  const { url } = await runningPipit(t, { PIPIT_QUEUES: 'orders' })
  await send(url, 'before')
  const tail = startPipit(['tail', 'op=SendMessage', '--since', '0', '--url', url])
  t.teardown(() => tail.process.kill('SIGKILL'))
  await tail.said(/GET sqs SendMessage orders 200 [\d.]+ms 6B id=/)
  await send(url, 'after-it')
  await tail.said(/SendMessage orders 200 [\d.]+ms 8B id=/)
  tail.process.kill('SIGTERM')
  const { code, stdout, stderr } = await tail.ended
  t.is(code, 0)
  t.is(stderr, '')
  t.is(stdout.trim().split('\n').length, 2)
})

test('for machines, a line is an object', async (t) => {
  const { url } = await runningPipit(t, { PIPIT_QUEUES: 'orders' })
  await send(url, 'hello')
  const tail = startPipit(['tail', '--json', '--since', '0', '--url', url])
  t.teardown(() => tail.process.kill('SIGKILL'))
  const [line] = await tail.said(/^\{.*\}\n/)
  t.like(JSON.parse(line), { seq: 1, operation: 'SendMessage', resource: 'orders', status: 200, source: 'mock' })
})

test('a filter that is none, and a pipit that is not there, end it at once', async (t) => {
  const { run } = await runningPipit(t)
  const wrong = await run('tail', 'opp=x')
  t.is(wrong.code, 2)
  t.regex(wrong.stderr, /did you mean "op"/)
  t.is((await runPipit(['tail', '--url', 'http://127.0.0.1:1'])).code, 3)
})

test('several words are one filter, and all of them count', async (t) => {
  const { run } = await runningPipit(t)
  const wrong = await run('tail', 'opp=x', 'op=SendMessage')
  t.is(wrong.code, 2)
  t.regex(wrong.stderr, /did you mean "op"/)
})
