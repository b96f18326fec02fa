import type { CommandModule } from 'yargs'
import { processEnvironment } from '../config/process-environment.ts'
import { PipitError } from '../core/errors.ts'
import { type ClientFlags, clientOf, show, withClientOptions } from './client-verb.ts'

interface Introduction {
  readonly env: Readonly<Record<string, string>>
}

/** Variables that point SDKs at a running pipit, for `eval`: every session has its own. */
const command: CommandModule<object, ClientFlags> = {
  command: 'env',
  describe: 'print the variables that point AWS SDKs at the running pipit',
  builder: (yargs) =>
    withClientOptions(yargs)
      .example('eval "$(pipit env)"', 'for this shell and what it starts')
      .example('eval "$(pipit env --session blue)"', 'at a session, made if need be')
      .example('pipit env --json', 'for a program'),
  handler: async (flags) => {
    const client = clientOf({ url: flags.url }, processEnvironment())
    const session = flags.session ?? /\/s\/([^/]+)$/.exec(client.url)?.[1] ?? 'default'
    if (session === '*') throw new PipitError('usage', 'env is of one session: say which one instead of *')
    const answer = (await client.ask('PUT', `/_pipit/sessions/${encodeURIComponent(session)}`)) as Introduction
    show(flags, answer.env, (env) =>
      Object.entries(env)
        .map(([name, value]) => `export ${name}=${quoted(value)}`)
        .join('\n'),
    )
  },
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`
}

export default command
