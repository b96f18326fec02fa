import type { CommandModule } from 'yargs'
import { portVariable, processEnvironment, variable, type Environment } from '../config/process-environment.ts'
import { PipitError } from '../core/errors.ts'
import { probeUntilReady } from '../http/probe.ts'
import { NOTE_FOLDERS, readHealthNote } from './health-note.ts'

export const READY_PATH = '/_pipit/readyz'

/** A container's HEALTHCHECK gives it two seconds in all. */
const TIMEOUT_MS = 1500

/**
 * Is the pipit of this machine or container ready, now or within `waitMs`? One line, exit code 0 or 1. Nothing heavy is
 * loaded on the way.
 */
export async function health(
  url: string | undefined,
  environment: Environment = processEnvironment(),
  waitMs = 0,
): Promise<0 | 1> {
  const target = healthUrl(url, environment)
  const result = await probeUntilReady(target, TIMEOUT_MS, waitMs)
  if (result.kind === 'answer' && result.status === 200) {
    console.log(`ready: ${target}`)
    return 0
  }
  console.error(
    result.kind === 'answer'
      ? `not ready: ${target} answers ${result.status}`
      : `not reachable: ${target}: ${result.reason}`,
  )
  return 1
}

/** What to ask: what the user says, else what the running command has written down, else where it listens by default. */
export function healthUrl(url: string | undefined, environment: Environment, folders = NOTE_FOLDERS): string {
  const said = url ?? variable(environment, 'PIPIT_URL')
  if (said !== undefined) return `${originOf(said)}${READY_PATH}`
  const port = portVariable(environment)
  return readHealthNote(port, folders)?.url ?? `http://127.0.0.1:${port}${READY_PATH}`
}

function originOf(url: string): string {
  if (URL.canParse(url) && new URL(url).protocol === 'http:') return new URL(url).origin
  throw new PipitError('usage', `expected a URL like "http://localhost:3000", got ${JSON.stringify(url)}`)
}

const command: CommandModule<object, { url: string | undefined; wait: string | undefined }> = {
  command: 'health',
  describe: 'is the running pipit ready? exit code 0 or 1',
  builder: (yargs) =>
    yargs
      .option('url', {
        type: 'string',
        requiresArg: true,
        describe: 'the pipit to ask; without it, the one that runs here [PIPIT_URL]',
      })
      .option('wait', { type: 'string', requiresArg: true, describe: 'how long it may take to become ready, like 30s' })
      .example('pipit health', 'the pipit of this machine or container')
      .example('PORT=8080 pipit health', 'the one that was started with PORT=8080')
      .example('pipit health --url http://pipit:3000 --wait 30s', 'another one, as soon as it is ready'),
  handler: async ({ url, wait }) => {
    const { parseDuration } = await import('../core/duration.ts')
    const waitMs = wait === undefined ? 0 : parseDuration(wait)
    if (waitMs === undefined) throw new PipitError('usage', `--wait: expected a duration like "30s", got "${wait}"`)
    process.exitCode = await health(url, processEnvironment(), waitMs)
  },
}

export default command
