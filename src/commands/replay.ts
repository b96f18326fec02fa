import type { CommandModule } from 'yargs'
import type { Flags } from '../config.ts'
import { flagsOf, withConfigOptions } from './config-options.ts'
import { serve } from './serve.ts'

/** The same as `--mode replay`, of the services that nobody says anything else of. */
export function replaying(flags: Flags): Flags {
  return { ...flags, mode: flags['mode'] ?? 'replay' }
}

const command: CommandModule = {
  command: 'replay',
  describe: 'serve what was recorded, offline; exits with 4 where something else was asked, or not everything',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .example('pipit replay --fixture orders/checkout', 'a recording')
      .example('pipit replay --fixture orders/checkout --report report.json', 'and what has come of it, in a file')
      .example('pipit replay --fixture orders/checkout --on-miss mock', 'the mock answers what was not recorded'),
  handler: (given) => serve(replaying(flagsOf(given))),
}

export default command
