import type { CommandModule } from 'yargs'
import { processEnvironment, type Environment } from '../config/process-environment.ts'
import { PipitError } from '../core/errors.ts'
import { ask } from '../http/ask.ts'
import { healthUrl } from './health.ts'

const TIMEOUT_MS = 5000

/** The certificate of the CA that the running pipit has made, as PEM. */
export async function runningCa(url: string | undefined, environment: Environment): Promise<string> {
  const target = new URL('/_pipit/ca', healthUrl(url, environment)).href
  const reply = await ask(target, { method: 'GET', timeoutMs: TIMEOUT_MS })
  if (reply.kind === 'nothing')
    throw new PipitError(
      'not-reachable',
      `not reachable: ${target}: ${reply.reason}; is pipit running? (--url, PIPIT_URL)`,
    )
  if (reply.status === 200) return reply.body
  throw new PipitError(
    'no-ca',
    reply.status === 404
      ? 'the running pipit has made no CA: start it with PIPIT_TLS_LISTEN=:443, and without a certificate of your own'
      : `${target} answers ${reply.status}`,
  )
}

const command: CommandModule<object, { url: string | undefined }> = {
  command: 'ca',
  describe: 'print the certificate that clients of the HTTPS port have to trust',
  builder: (yargs) =>
    yargs
      .option('url', {
        type: 'string',
        requiresArg: true,
        describe: 'the pipit to ask; without it, the one that runs here [PIPIT_URL]',
      })
      .example('pipit ca > ca.pem', 'for AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS')
      .example('docker compose exec -T pipit pipit ca > ca.pem', "a container's")
      .example('pipit ca --url http://localhost:8080', "another pipit's"),
  handler: async ({ url }) => {
    process.stdout.write(await runningCa(url, processEnvironment()))
  },
}

export default command
