import test from 'ava'
import { printConfig } from '../../src/config/print.ts'
import { settings } from '../../src/config/schema.ts'
import { complaintsOf, folder, load } from './sources.ts'

const sourceOf = (loaded: ReturnType<typeof load>, name: string): string => {
  const setting = settings.find(({ path }) => path.join('.') === name)
  if (setting === undefined) throw new Error(name)
  return loaded.sourceOf(setting)
}

test('a word for all services replaces every word of a farther source', (t) => {
  const cwd = folder('upstream: aws\nservices: { sqs: { mode: forward } }')
  t.deepEqual(load({ cwd }).config.mode, { '*': 'mock', sqs: 'forward' })
  t.deepEqual(load({ cwd, flags: { mode: 'mock' } }).config.mode, { '*': 'mock' })
})

test('a word for one service replaces that of this service only', (t) => {
  const cwd = folder('upstream: aws\nmode: forward')
  t.deepEqual(load({ cwd, env: { PIPIT_MODE: 'sqs=mock' } }).config.mode, { '*': 'forward', sqs: 'mock' })
})

test('within one source a service wins over all', (t) => {
  const cwd = folder('mode: forward\nupstream: aws\nservices: { sqs: { mode: mock } }')
  t.deepEqual(load({ cwd }).config.mode, { '*': 'forward', sqs: 'mock' })
})

test('where each word comes from is told', (t) => {
  const cwd = folder('upstream: aws\nservices:\n  sqs:\n    mode: forward\n')
  t.is(sourceOf(load({ cwd }), 'mode'), 'pipit.yaml:4:5')
  t.is(sourceOf(load({ cwd, flags: { mode: 'ses=forward' } }), 'mode'), 'pipit.yaml:4:5, --mode')
  t.is(sourceOf(load({ cwd }), 'upstream'), 'pipit.yaml:1:1')
  t.is(sourceOf(load({}), 'mode'), 'default')
})

test('forwarding needs an upstream, and says so where it was asked for', (t) => {
  const where = 'forward needs to know where to: --upstream aws, or a URL'
  t.deepEqual(complaintsOf({ flags: { mode: 'forward' } }), [`--mode: ${where}`])
  t.deepEqual(complaintsOf({ env: { PIPIT_MODE: 'sqs=forward', PIPIT_UPSTREAM: 'dynamodb=aws' } }), [
    `PIPIT_MODE: ${where}`,
  ])
  t.notThrows(() => load({ env: { PIPIT_MODE: 'forward', PIPIT_UPSTREAM: 'dynamodb=aws' } }))
  t.notThrows(() => load({ env: { PIPIT_UPSTREAM: 'aws' } }), 'a session may ask for it later')
})

test('an account can be confirmed only where pipit signs', (t) => {
  const flags = { upstream: 'http://moto:5000', 'confirm-account': '123456789012' }
  t.regex(complaintsOf({ flags })[0] ?? '', /^--confirm-account: an account can be confirmed only where pipit signs/)
  t.notThrows(() => load({ flags: { ...flags, upstream: 'aws' } }))
  t.notThrows(() => load({ flags: { ...flags, upstream: 'http://moto:5000?sign' } }))
})

test('what is printed says the same again', (t) => {
  const cwd = folder(
    'mode: { "*": mock, sqs: forward, ses: forward }\nupstream: { sqs: "http://moto:5000", ses: "aws?region=eu-west-1" }\n' +
      'only: { sqs: ["queue:a*"] }\noperations: [Get*]\nreadOnly: { sqs: true }',
  )
  const loaded = load({ cwd })
  const again = load({ cwd: folder(printConfig(loaded)) })
  t.deepEqual(again.config, loaded.config)
  t.regex(printConfig(load({})), /^mode: mock # default$/m)
  t.regex(printConfig(load({ flags: { mode: 'forward', upstream: 'aws' } })), /^upstream: aws # --upstream$/m)
})
