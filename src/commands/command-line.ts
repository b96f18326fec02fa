import yargs, { type CommandModule } from 'yargs'
import { didYouMean } from '../config/nearest.ts'
import { settings } from '../config/schema.ts'
import { PipitError } from '../core/errors.ts'
import config from './config.ts'
import health from './health.ts'
import serve from './serve.ts'
import { version } from './version.ts'

/** In the order of the help. */
const COMMANDS = [serve, health, config] as readonly CommandModule[]

/** Reads the arguments and runs the command they name. Throws PipitError for what it does not understand. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  await yargs()
    .scriptName('pipit')
    .locale('en')
    .version(version())
    .alias('help', 'h')
    .parserConfiguration({
      'camel-case-expansion': false,
      'duplicate-arguments-array': false,
      'dot-notation': false,
      'parse-positional-numbers': false,
    })
    .command([...COMMANDS])
    .strict()
    .exitProcess(false)
    .wrap(110)
    .fail((message, error) => {
      // What a command throws comes this way too; only messages are yargs's own.
      if (error !== undefined) throw error
      throw new PipitError('usage', `${explained(message, args)}; see pipit --help`)
    })
    .parseAsync(args)
}

const FLAGS = ['config', 'url', 'help', 'version', ...settings.map(({ flag }) => flag)].map((flag) => `--${flag}`)
const WORDS = ['serve', 'health', 'config', 'check', 'print', 'schema']

/** One of yargs's sentences as one of ours, with the nearest word. */
function explained(message: string, args: readonly string[]): string {
  const word = /^Unknown (?:argument|command)s?: ([^,]*)/.exec(message)?.[1]
  if (word !== undefined) {
    const written = args.find((arg) => /^--?/.test(arg) && arg.replace(/^--?(no-)?/, '').split('=', 1)[0] === word)
    if (written === undefined) return `unknown command "${word}"${didYouMean(word, WORDS)}`
    const flag = written.split('=', 1)[0] as string
    return `unknown flag ${flag}${didYouMean(flag, FLAGS)}`
  }
  const flag = /^Not enough arguments following: (.*)$/.exec(message)?.[1]
  return flag === undefined ? message.replaceAll('\n', ' ') : `--${flag} needs a value`
}
