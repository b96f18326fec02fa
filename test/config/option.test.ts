import test from 'ava'
import * as v from 'valibot'
import { option, optionOf, section, settingsOf } from '../../src/config/option.ts'
import { strictly } from '../../src/core/strictly.ts'

const schema = strictly({
  level: option({ what: 'how loud', flag: 'log-level', text: 'string', fallback: 'info' }, v.string()),
  deep: section({
    port: option({ what: 'where', flag: 'port', env: 'PORT', text: 'number' }, v.number()),
  }),
})

test('one entry of the schema yields path, flag and variable', (t) => {
  t.deepEqual(settingsOf(schema), [
    { what: 'how loud', flag: 'log-level', text: 'string', fallback: 'info', path: ['level'], env: 'PIPIT_LOG_LEVEL' },
    { what: 'where', flag: 'port', env: 'PORT', text: 'number', path: ['deep', 'port'] },
  ])
})

test('only an option has rules', (t) => {
  t.is(optionOf(schema.entries.level)?.flag, 'log-level')
  t.is(optionOf(schema.entries.deep), undefined)
  t.throws(() => settingsOf(v.string()), { instanceOf: TypeError, message: /sections and options/ })
})
