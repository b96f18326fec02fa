import type { CommandModule } from 'yargs'
import { PipitError } from '../core/errors.ts'
import { picocolors } from '../core/libraries.ts'
import { pause } from '../http/pause.ts'
import type { ShownExchange } from '../journal/show-entry.ts'
import { tailLine } from '../log/tail-line.ts'
import { type ClientFlags, clientOf, withClientOptions } from './client-verb.ts'

/** Long enough for a pipit that starts again, short enough to be seen. */
const AGAIN_MS = 1000

type TailFlags = ClientFlags & { filter: string[] | undefined; since: string | undefined }

/** Follows the journal until it is stopped; one that was cut off goes on where it was. */
const command: CommandModule<object, TailFlags> = {
  command: 'tail [filter..]',
  describe: 'print what crosses the running pipit, as it happens',
  builder: (yargs) =>
    withClientOptions(yargs)
      .positional('filter', { type: 'string', array: true, describe: 'like op=Send* "status>=400" queue=orders' })
      .option('since', { type: 'string', requiresArg: true, describe: 'a moment, or 0 for all that is remembered' })
      .example('pipit tail', 'everything of the default session')
      .example("pipit tail 'op=ReceiveMessage' 'status>=400'", 'what goes wrong when messages are received')
      .example('pipit tail --session "*" --since 0 --json', 'all sessions from the beginning, for a program'),
  handler: async ({ filter = [], since, ...flags }) => {
    const client = clientOf(flags)
    const colors = picocolors().createColors(process.stdout.isTTY && picocolors().isColorSupported)
    const stop = new AbortController()
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
    const query = { filter: filter.length === 0 ? undefined : filter.join(' '), since }
    let lastEventId: string | undefined
    for (let isFirst = true; !stop.signal.aborted; isFirst = false) {
      try {
        for await (const { event, data, id } of client.stream('/_pipit/journal/stream', {
          query,
          signal: stop.signal,
          lastEventId,
        })) {
          lastEventId = id ?? lastEventId
          if (flags.json === true) console.log(event === 'message' ? data : JSON.stringify({ event, ...parsed(data) }))
          else if (event === 'skipped') console.error(`pipit: ${(parsed(data) as { count: number }).count} were missed`)
          else console.log(tailLine(parsed(data) as ShownExchange, colors))
        }
      } catch (error) {
        // The first time it is the operator's matter, later it is a pipit that starts again.
        if (isFirst || !(error instanceof PipitError) || error.code !== 'not-reachable') throw error
      }
      if (!stop.signal.aborted) await pause(AGAIN_MS)
    }
  },
}

function parsed(data: string): object {
  return JSON.parse(data) as object
}

export default command
