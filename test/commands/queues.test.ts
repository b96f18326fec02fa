import test from 'ava'
import { runPipit } from '../run-pipit.ts'
import { runningPipit } from './running-pipit.ts'

test('queues are made, filled, looked at, waited for and emptied from a shell', async (t) => {
  const { run } = await runningPipit(t)
  const queues = (...args: string[]) => run('queues', ...args)
  t.regex((await queues('create', 'dead')).stdout, /\/000000000000\/dead\n$/)
  t.is((await queues('create', 'orders>dead:3?VisibilityTimeout=5')).code, 0)
  t.regex((await queues('send', 'orders', '{"id": 7}')).stdout, /^[0-9a-f-]{36}\n$/)
  await queues('send', 'orders', 'later', '--delay', '60')
  t.regex((await queues('list')).stdout, /^dead .*\norders .* 1 visible, 0 in flight, 1 delayed\n$/)
  const peeked = await queues('peek', 'orders', '--match', '$.id=7')
  t.regex(peeked.stdout, /^[0-9a-f-]{36} {2}visible .* x0 {2}\{"id": 7\}\n$/)
  t.is((await queues('wait', 'orders', '--match', 'later')).code, 0)
  t.is((await queues('purge', 'orders')).stdout, '2 removed from orders\n')
  t.is((await queues('peek', 'orders')).stdout, 'no messages\n')
  t.is((await queues('redrive', 'dead')).code, 0)
})

test('a wait that is not met ends with 4, and other trouble with codes of its own', async (t) => {
  const { run } = await runningPipit(t, { PIPIT_QUEUES: 'orders' })
  const unmet = await run('queues', 'wait', 'orders', '--timeout', '20ms')
  t.is(unmet.code, 4)
  t.regex(unmet.stderr, /^pipit: 0 of 1 messages came to orders in 20 ms/)
  t.is((await run('queues', 'wait', 'orders', '--none', '20ms')).code, 0)
  const nothing = await run('queues', 'peek', 'order')
  t.is(nothing.code, 1)
  t.regex(nothing.stderr, /there is no queue order \(did you mean "orders"\?\)/)
  t.is((await run('queues', 'create', 'a>b')).code, 2)
  t.is((await run('queues', 'peek', 'orders', '--state', 'gone')).code, 2)
  t.is((await runPipit(['queues', 'list', '--url', 'http://127.0.0.1:1'])).code, 3)
})
