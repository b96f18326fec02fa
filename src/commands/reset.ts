import type { CommandModule } from 'yargs'
import { type ClientFlags, clientOf, show, withClientOptions } from './client-verb.ts'

interface ResetAnswer {
  readonly reset: string
  readonly sessions: readonly string[]
}

const command: CommandModule<object, ClientFlags & { scope: string | undefined }> = {
  command: 'reset [scope]',
  describe: 'the running pipit as at its start: queues of the config and nothing in them',
  builder: (yargs) =>
    withClientOptions(yargs)
      .positional('scope', { type: 'string', describe: 'messages, queues, faults, journal or all' })
      .example('pipit reset', 'everything of the default session')
      .example('pipit reset messages', 'the messages, and nothing else')
      .example('pipit reset --session blue', 'everything of another session'),
  handler: async ({ scope, ...flags }) => {
    const answer = (await clientOf(flags).ask('POST', '/_pipit/reset', { query: { scope } })) as ResetAnswer
    show(flags, answer, ({ reset, sessions }) => `reset ${reset} of session ${sessions.join(', ')}`)
  },
}

export default command
