import type { Argv } from 'yargs'
import { processEnvironment, variable, type Environment } from '../config/process-environment.ts'
import { PipitError } from '../core/errors.ts'
import { type ControlClient, controlClient } from '../http/control-client.ts'
import { healthUrl, READY_PATH } from './health.ts'

/** The flags of every verb that talks to a running pipit. */
export interface ClientFlags {
  readonly url?: string | undefined
  readonly session?: string | undefined
  readonly json?: boolean | undefined
}

export function withClientOptions<T>(yargs: Argv<T>): Argv<T & ClientFlags> {
  return yargs
    .option('url', {
      type: 'string',
      requiresArg: true,
      describe: 'the pipit to ask; without it, the one that runs here [PIPIT_URL]',
    })
    .option('session', { type: 'string', requiresArg: true, describe: 'the session that is meant; * for all of them' })
    .option('json', { type: 'boolean', describe: 'print what pipit answers, for machines' })
}

/** The running pipit that the flags, or PIPIT_URL, or the note of the one that runs here name. */
export function clientOf(
  { url, session }: ClientFlags,
  environment: Environment = processEnvironment(),
): ControlClient {
  return controlClient({
    url: baseUrl(url ?? variable(environment, 'PIPIT_URL'), environment),
    session,
    token: variable(environment, 'PIPIT_ADMIN_TOKEN'),
  })
}

function baseUrl(said: string | undefined, environment: Environment): string {
  if (said === undefined) return healthUrl(undefined, environment).slice(0, -READY_PATH.length)
  const url = URL.canParse(said) ? new URL(said) : undefined
  // A session's path stays; `/sqs/`, which clients of SQS are given, is not a part of where pipit is.
  const [path] = /^(?:\/s\/[^/]+)?/.exec(url?.pathname ?? '') ?? ['']
  if (url?.protocol === 'http:') return `${url.origin}${path}`
  throw new PipitError('usage', `expected a URL like "http://localhost:3000", got ${JSON.stringify(said)}`)
}

/** Prints an answer: for machines as it is, for people as `human` says it. */
export function show<T>({ json }: ClientFlags, answer: T, human: (answer: T) => string): void {
  const text = json === true ? JSON.stringify(answer, undefined, 2) : human(answer)
  if (text !== '') console.log(text)
}
