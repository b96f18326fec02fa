import type { CommandModule } from 'yargs'
import type { Flags } from '../config.ts'
import { flagsOf, withConfigOptions } from './config-options.ts'
import { serve } from './serve.ts'

/** The same as `--mode record`, of the services that nobody says anything else of. */
export function recording(flags: Flags): Flags {
  return { ...flags, mode: flags['mode'] ?? 'record' }
}

const command: CommandModule = {
  command: 'record',
  describe: 'serve in front of real AWS, or of any other endpoint, and write down what it answers',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .example('pipit record --upstream aws --fixture orders/checkout', 'what AWS answers')
      .example('pipit record --upstream http://localhost:4566', 'another endpoint, as ./fixtures/default.json')
      .example('pipit record --upstream sqs=aws --mode sqs=record', 'SQS alone'),
  handler: (given) => serve(recording(flagsOf(given))),
}

export default command
