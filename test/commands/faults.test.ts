import test from 'ava'
import { parse } from 'yaml'
import { runPipit } from '../run-pipit.ts'
import { runningPipit } from './running-pipit.ts'

test('faults are added, seen, switched, verified and exported from a shell', async (t) => {
  const { url, run } = await runningPipit(t, { PIPIT_QUEUES: 'orders', PIPIT_SEED: '7' })
  const faults = (...args: string[]) => run('faults', ...args)
  const send = () => fetch(`${url}/sqs/000000000000/orders?Action=SendMessage&MessageBody=a`)
  t.is((await faults('list')).stdout, 'no faults\n')
  t.is((await faults('add', 'sqs.SendMessage@orders id=throttle first=2 error RequestThrottled')).stdout, 'throttle\n')
  t.is((await faults('add', 'sqs-lost-acks', '{"id":"slow","do":{"latency":1}}')).stdout, 'sqs-lost-acks\nslow\n')
  t.is((await send()).headers.get('x-pipit-fault'), 'throttle;n=1')
  t.regex((await faults('list')).stdout, /^throttle {2}.*\n {2}fired 1, matched 1, considered 1\n[^]*\nseed 7\n$/)
  t.is((await faults('off', 'throttle', 'slow')).stdout, 'throttle is off\nslow is off\n')
  t.is((await send()).headers.get('x-pipit-fault'), null)
  t.is((await faults('on', 'throttle')).stdout, 'throttle is on\n')
  t.regex((await faults('verify', 'throttle=1', 'slow=0')).stdout, /^as expected\nsqs-lost-acks never fired: /)
  const unmet = await faults('verify', 'throttle=2..', 'sqs-lost-acks')
  t.is(unmet.code, 4)
  t.regex(unmet.stderr, /^pipit: throttle fired once, expected at least 2: [^\n]*\npipit: sqs-lost-acks fired 0 times/)
  const script = parse((await faults('export')).stdout) as { seed: number; faults: { id: string; when?: unknown }[] }
  t.is(script.seed, 7)
  t.like(script.faults[0], { id: 'throttle', when: { keys: ['SendMessage orders 09d403381276598b#1'] } })
})

test('words that nobody has quoted are one fault', async (t) => {
  const { run } = await runningPipit(t)
  const added = await run('faults', 'add', 'sqs.SendMessage', 'id=own', 'first=2', 'error', 'RequestThrottled')
  t.is(added.stdout, 'own\n')
  t.is((await run('faults', 'add', 'half-open', 'slow-network')).stdout, 'half-open\nslow-network\n')
})

test('mistakes have the nearest word, and exit codes of their own', async (t) => {
  const { run } = await runningPipit(t)
  const wrong = await run('faults', 'add', 'sqs.SendMesage error RequestThrottled')
  t.is(wrong.code, 2)
  t.regex(wrong.stderr, /unknown operation "SendMesage" \(did you mean "SendMessage"\?\)/)
  t.is((await run('faults', 'verify', 'nobody')).code, 1)
  t.is((await run('faults', 'verify', 'a=b')).code, 2)
  t.is((await runPipit(['faults', 'list', '--url', 'http://127.0.0.1:1'])).code, 3)
})

test('presets are listed without a running pipit, and as the rules that they stand for', async (t) => {
  const named = await runPipit(['faults', 'presets'])
  t.regex(named.stdout, /^sqs-throttled +a fifth of /m)
  const rules = JSON.parse((await runPipit(['faults', 'presets', '--json'])).stdout) as Record<string, unknown>
  t.like(rules['half-open'], { rules: [{ do: { hang: 'before-commit' } }] })
})
