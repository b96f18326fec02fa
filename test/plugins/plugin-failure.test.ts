import test from 'ava'
import { pluginFailure, thrownFailure } from '../../src/plugins/plugin-failure.ts'

test('what a plugin does wrong is a 500 that says so, to the caller and to the log', (t) => {
  t.deepEqual(pluginFailure('plugins/a.js: it is broken').error, {
    shape: 'PluginFailure',
    code: 'PluginFailure',
    status: 500,
    fault: 'Receiver',
    message: 'plugins/a.js: it is broken',
    hint: 'plugins/a.js: it is broken',
  })
})

test('what it threw is told with its file, its line and what to do', (t) => {
  const error = new TypeError('no x')
  error.stack = `TypeError: no x\n    at say (file://${process.cwd()}/plugins/a.service.js:7:11)`
  t.is(
    thrownFailure('plugins/a.service.js', 'Say', error).error.message,
    'plugins/a.service.js:7: Say threw TypeError: no x. Mend it there and start pipit again.',
  )
  t.regex(
    thrownFailure('plugins/a.service.js', 'Say', 'a text').error.message,
    /^plugins\/a\.service\.js: Say threw a text\./,
  )
})

test('a hint fits into a header, and a message into a line', (t) => {
  const { message, hint } = thrownFailure('a', 'Say', `ü\r\n${'x'.repeat(1000)}`).error
  t.regex(message, /^a: Say threw ü x+…$/)
  t.regex(hint ?? '', /^a: Say threw \? x+\?$/)
  t.true(message.length < 310)
})
