import type { Argv } from 'yargs'
import { CONFIG_FILE } from '../config/environment.ts'
import { settings } from '../config/schema.ts'
import type { Flags } from '../config.ts'

/** The flags of every command that takes a config: one per option of the schema, and `--config`. */
export function withConfigOptions<T>(yargs: Argv<T>): Argv<T> {
  yargs.option('config', {
    type: 'string',
    requiresArg: true,
    describe: `config file [${CONFIG_FILE}; pipit.yaml where there is one]`,
  })
  for (const { flag, env, text, what, fallback } of settings) {
    const byDefault = typeof fallback === 'string' || typeof fallback === 'number' ? `; ${fallback}` : ''
    yargs.option(flag, {
      type: text === 'boolean' ? 'boolean' : 'string',
      describe: `${what} [${env}${byDefault}]`,
      ...(text === 'boolean' ? {} : { requiresArg: true }),
    })
  }
  return yargs
}

/** What was given on the command line, and nothing else of what yargs hands over. */
export function flagsOf(given: Readonly<Record<string, unknown>>): Flags {
  const flags: Record<string, string | boolean | readonly string[]> = {}
  for (const name of ['config', ...settings.map(({ flag }) => flag)]) {
    const value = given[name]
    if (typeof value === 'string' || typeof value === 'boolean') flags[name] = value
    else if (Array.isArray(value)) flags[name] = value.map(String)
  }
  return flags
}
