import test from 'ava'
import { runCommandLine } from '../../src/commands/command-line.ts'
import { PipitError } from '../../src/core/errors.ts'
import { runPipit } from '../run-pipit.ts'

const mistakes: readonly [args: string, message: string][] = [
  ['serv', 'unknown command "serv" (did you mean "serve"?); see pipit --help'],
  ['config chekc', 'unknown command "chekc" (did you mean "check"?); see pipit config --help'],
  ['explode', 'unknown command "explode"; see pipit --help'],
  ['serve extra', 'unknown command "extra"; see pipit serve --help'],
  ['config', 'config needs one of check, print, schema; see pipit config --help'],
  ['--prot 1', 'unknown flag --prot (did you mean "--port"?); see pipit --help'],
  ['serve --prot=1', 'unknown flag --prot (did you mean "--port"?); see pipit serve --help'],
  ['--no-strct', 'unknown flag --no-strct (did you mean "--strict"?); see pipit --help'],
  ['-x', 'unknown flag -x; see pipit --help'],
  ['health --port 1', '--port is no flag of this command; see pipit health --help'],
  ['--port', '--port needs a value; see pipit --help'],
  ['config check --queues', '--queues needs a value; see pipit config check --help'],
  ['monitor 3001', 'an argument is missing: got 1, need 2; see pipit monitor --help'],
  ['queues send orders', 'an argument is missing: got 1, need 2; see pipit queues send --help'],
  ['--strict=maybe', '--strict: expected true or false, got "maybe"'],
  ['--region ?', '--region: expected a region like "us-east-1", got "?"'],
]

for (const [args, message] of mistakes) {
  test(`pipit ${args}: ${message}`, async (t) => {
    await t.throwsAsync(runCommandLine(args.split(' ')), { instanceOf: PipitError, message })
  })
}

const commands: readonly [args: string, purpose: RegExp][] = [
  ['--help', /serve the mock of SQS/],
  ['serve -h', /serve the mock of SQS/],
  ['health --help', /is the running pipit ready/],
  ['record --help', /write down what it answers/],
  ['run --help', /with a gateway of its own/],
  ['config --help', /check or print the config/],
  ['config check --help', /is the config right/],
  ['config print --help', /the whole config as it applies/],
  ['config schema --help', /JSON Schema, for editors/],
]

for (const [args, purpose] of commands) {
  test(`pipit ${args} explains it, with three examples`, async (t) => {
    const { code, stdout } = await runPipit(args.split(' '))
    t.is(code, 0)
    t.regex(stdout, purpose)
    const examples = /\nExamples:\n([\s\S]*)$/.exec(stdout)?.[1] ?? ''
    t.is(examples.split('\n').filter((line) => /^ {2}\S/.test(line)).length, 3, stdout)
    for (const line of stdout.split('\n')) t.true(line.length <= 110, line)
  })
}
