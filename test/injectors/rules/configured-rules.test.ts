import test from 'ava'
import { loadConfig } from '../../../src/config.ts'
import { PipitError } from '../../../src/core/errors.ts'
import { configuredRules } from '../../../src/injectors/rules/configured-rules.ts'
import { folder } from '../../config/sources.ts'
import { lab, NOTE } from './lab.ts'

const { vocabulary } = lab()

const declared = (yaml: string, env = {}, flags = {}) => loadConfig({ flags, env, cwd: folder(yaml) }).config.faults

test('a rule takes the place of one of a farther source that has its id; code is the nearest', (t) => {
  const yaml = 'faults: [{ id: a, do: { latency: 1 } }, { id: b, do: { latency: 1 } }]'
  const env = { PIPIT_FAULTS: '[{ id: b, do: { latency: 2 } }]' }
  const rules = configuredRules(declared(yaml, env), [{ id: 'c', do: NOTE }, 'half-open'], vocabulary)
  t.deepEqual(
    rules.map(({ id, do: deeds }) => [id, deeds]),
    [
      ['a', { latency: 1 }],
      ['b', { latency: 2 }],
      ['c', NOTE],
      ['half-open', { hang: 'before-commit' }],
    ],
  )
})

test('every mistake is told with its line and column, its path and the nearest word', (t) => {
  const yaml = 'faults:\n  - id: a\n    on: { operation: SendMesage }\n    do: { latency: 200x }\n  - do: { rest: 1 }\n'
  const flags = { fault: ['sqs.* latency x'] }
  const error = t.throws(() => configuredRules(declared(yaml, {}, flags), [{ do: { latancy: 1 } }], vocabulary), {
    instanceOf: PipitError,
    code: 'bad-config',
  })
  t.deepEqual(error?.message.split('\n'), [
    'pipit.yaml:3:22 faults[0].on.operation: unknown operation "SendMesage" (did you mean "SendMessage"?), got "SendMesage"',
    'pipit.yaml:4:20 faults[0].do.latency: expected a duration like "200ms", got "200x"',
    'pipit.yaml:5:11 faults[1].do.rest: unknown key (did you mean "reset"?)',
    '--fault: do.latency: expected a duration like "200ms", got "x"',
    'createGateway faults[0].do.latancy: unknown key (did you mean "latency"?)',
  ])
})

test('of one source, each has an id of its own', (t) => {
  t.throws(() => configuredRules(declared('faults: [{ id: a, do: md5 }, { id: a, do: duplicate }]'), [], vocabulary), {
    message: /md5 needs a value/,
  })
  t.throws(() => configuredRules(declared('faults: [half-open, half-open]'), [], vocabulary), {
    message: /two faults are called half-open: give one another id/,
  })
})
