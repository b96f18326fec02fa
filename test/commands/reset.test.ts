import test from 'ava'
import { runPipit } from '../run-pipit.ts'
import { runningPipit } from './running-pipit.ts'

test('reset says what it did, to people and to machines', async (t) => {
  const { run } = await runningPipit(t)
  t.deepEqual(await run('reset'), { code: 0, stdout: 'reset all of session default\n', stderr: '' })
  await run('env', '--session', 'blue')
  t.is((await run('reset', 'messages', '--session', 'blue')).stdout, 'reset messages of session blue\n')
  t.deepEqual(JSON.parse((await run('reset', 'queues', '--session', '*', '--json')).stdout), {
    reset: 'queues',
    sessions: ['default', 'blue'],
  })
})

test('what cannot be reset, a session that is not there and a pipit that is not there have codes of their own', async (t) => {
  const { run } = await runningPipit(t)
  const wrong = await run('reset', 'everything')
  t.is(wrong.code, 2)
  t.regex(wrong.stderr, /^pipit: .*expected one of messages, queues, /)
  t.like(await run('reset', '--session', 'nobody'), { code: 1, stderr: 'pipit: there is no session nobody\n' })
  const nobody = await runPipit(['reset'], { env: { PIPIT_URL: 'http://127.0.0.1:1' } })
  t.is(nobody.code, 3)
  t.regex(nobody.stderr, /^pipit: no pipit answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)/)
})

test('a token that is set must be known', async (t) => {
  const { url, run } = await runningPipit(t, { PIPIT_ADMIN_TOKEN: 'open-sesame' })
  t.is((await run('reset')).code, 0)
  t.like(await runPipit(['reset', '--url', url]), { code: 1 })
})
