import yargs, { type Argv, type CommandModule } from 'yargs'
import { valueFromText } from '../config/layer.ts'
import { didYouMean } from '../core/nearest.ts'
import { settings } from '../config/schema.ts'
import { PipitError } from '../core/errors.ts'
import awslocalCommand from './awslocal.ts'
import caCommand from './ca.ts'
import configCommand from './config.ts'
import envCommand from './env.ts'
import fixturesCommand from './fixtures.ts'
import healthCommand from './health.ts'
import faultsCommand from './faults.ts'
import monitorCommand from './monitor.ts'
import queuesCommand from './queues.ts'
import recordCommand from './record.ts'
import replayCommand from './replay.ts'
import resetCommand from './reset.ts'
import runCommand from './run.ts'
import serveCommand from './serve.ts'
import tailCommand from './tail.ts'
import { version } from '../version.ts'

/** In the order of the help. */
const COMMANDS = [
  serveCommand,
  recordCommand,
  replayCommand,
  runCommand,
  queuesCommand,
  fixturesCommand,
  faultsCommand,
  tailCommand,
  monitorCommand,
  healthCommand,
  resetCommand,
  envCommand,
  configCommand,
  caCommand,
  awslocalCommand,
] as readonly CommandModule[]

/** Reads the arguments and runs the command they name. Throws PipitError for what it does not understand. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  const [own, others] = split(args)
  if (others.length > 0 && !own.includes('run'))
    throw new PipitError('usage', 'what stands behind -- is a command for pipit run; see pipit --help')
  try {
    await parser(own).parseAsync([...own.map(plainSwitch), ...others])
  } catch (error) {
    // yargs throws its own about a flag's missing value, past `fail`.
    if (error instanceof Error && error.name === 'YError') throw mistake(error.message, args)
    throw error
  }
}

/** What stands behind `--` is somebody else's. */
function split(args: readonly string[]): readonly [own: readonly string[], others: readonly string[]] {
  const at = args.indexOf('--')
  return at < 0 ? [args, []] : [args.slice(0, at), args.slice(at)]
}

function parser(args: readonly string[]): Argv {
  return yargs()
    .scriptName('pipit')
    .locale('en')
    .version(version())
    .alias('help', 'h')
    .parserConfiguration({
      'camel-case-expansion': false,
      // Without it, of several words at one place only the last would be there.
      'duplicate-arguments-array': true,
      'dot-notation': false,
      'parse-positional-numbers': false,
      'populate--': true,
    })
    .middleware((given) => void Object.assign(given, lastWords(given, args)), true)
    .command([...COMMANDS])
    .strict()
    .exitProcess(false)
    .wrap(110)
    .fail((message, error) => {
      // What a command throws comes this way too; only messages are yargs's own.
      throw error ?? mistake(message, args)
    })
}

/** Of a flag that is said twice, the last word counts, unless it may be repeated. */
function lastWords(given: Readonly<Record<string, unknown>>, args: readonly string[]): Record<string, unknown> {
  const isFlag = (name: string): boolean => args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
  const mayRepeat = (name: string): boolean => settings.some(({ flag, isRepeatable }) => isRepeatable && flag === name)
  const repeated = Object.entries(given).filter(
    ([name, value]) => Array.isArray(value) && isFlag(name) && !mayRepeat(name),
  )
  return Object.fromEntries(repeated.map(([name, value]) => [name, (value as readonly unknown[]).at(-1)]))
}

/** `--strict=1` and `--strict=off` as yargs has them; it would take any word but `true` for a no. */
function plainSwitch(arg: string): string {
  const [, flag = '', text = ''] = /^--([^=]+)=(.*)$/s.exec(arg) ?? []
  if (!settings.some((setting) => setting.flag === flag && setting.text === 'boolean')) return arg
  const value = valueFromText('boolean', text)
  if (typeof value !== 'boolean') throw new PipitError('usage', `--${flag}: expected true or false, got "${text}"`)
  return value ? `--${flag}` : `--no-${flag}`
}

const FLAGS = [
  'config',
  'url',
  'session',
  'json',
  'wait',
  'since',
  'filter',
  'quiet',
  'verbose',
  'fix',
  'har',
  'out',
  'record',
  'replay',
  'help',
  'version',
  ...settings.map(({ flag }) => flag),
].map((flag) => `--${flag}`)
const WORDS = [
  'serve',
  'record',
  'replay',
  'run',
  'health',
  'queues',
  'list',
  'create',
  'send',
  'peek',
  'purge',
  'redrive',
  'wait',
  'faults',
  'add',
  'off',
  'on',
  'verify',
  'export',
  'presets',
  'fixtures',
  'show',
  'lint',
  'diff',
  'learn',
  'recover',
  'tail',
  'monitor',
  'reset',
  'env',
  'config',
  'ca',
  'awslocal',
  'check',
  'print',
  'schema',
]

/** One of yargs's sentences as one of ours, with the nearest word. */
function mistake(message: string, args: readonly string[]): PipitError {
  return new PipitError(
    'usage',
    `${explained(message, args)}; see ${['pipit', ...commandOf(args), '--help'].join(' ')}`,
  )
}

/** The words that name a command: `queues send`. */
function commandOf(args: readonly string[]): readonly string[] {
  const end = args.findIndex((arg) => !WORDS.includes(arg))
  return args.slice(0, end < 0 ? 2 : Math.min(end, 2))
}

function explained(message: string, args: readonly string[]): string {
  const word = /^Unknown (?:argument|command)s?: ([^,]*)/.exec(message)?.[1]
  if (word !== undefined) {
    const written = args.find((arg) => /^--?/.test(arg) && arg.replace(/^--?(no-)?/, '').split('=', 1)[0] === word)
    if (written === undefined) return `unknown command "${word}"${didYouMean(word, WORDS)}`
    if (FLAGS.includes(`--${word}`)) return `--${word} is no flag of this command`
    return `unknown flag ${written.split('=', 1)[0]}${didYouMean(`--${word}`, FLAGS)}`
  }
  const [, got, needed] = /^Not enough non-option arguments: got (\d+), need at least (\d+)$/.exec(message) ?? []
  if (needed !== undefined) return `an argument is missing: got ${got}, need ${needed}`
  const flag = /^Not enough arguments following: (.*)$/.exec(message)?.[1]
  return flag === undefined ? message.replaceAll('\n', ' ') : `--${flag} needs a value`
}
