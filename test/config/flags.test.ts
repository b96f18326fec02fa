import test from 'ava'
import { flagsLayer } from '../../src/config/flags.ts'

test('flags stand where their options stand, as the values they look like', (t) => {
  const layer = flagsLayer({ port: '8080', strict: true, 'log-level': 'warn', queues: 'a,b', 'trust-proxy': false })
  t.deepEqual(layer.tree, {
    port: 8080,
    strict: true,
    trustProxy: false,
    log: { level: 'warn' },
    services: { sqs: { queues: 'a,b' } },
  })
})

test('a flag that is not given says nothing, one that no option has is not looked at', (t) => {
  t.deepEqual(flagsLayer({ port: undefined, config: 'x.yaml', _: 'serve' }).tree, {})
})

test('what is wrong is located by the flag, with its dashes', (t) => {
  const layer = flagsLayer({ 'log-level': 'loud', queues: 'a' })
  t.is(layer.locate(['log', 'level'], 'value'), '--log-level')
  t.is(layer.locate(['services', 'sqs', 'queues', 'a'], 'key'), '--queues')
  t.false(layer.namesPaths)
})
