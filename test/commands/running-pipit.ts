import type { ExecutionContext } from 'ava'
import { type Ended, runPipit } from '../run-pipit.ts'
import { createGateway } from '../../src/gateway.ts'
import { loadConfig } from '../../src/config.ts'

export interface RunningPipit {
  readonly url: string
  /** Runs a verb against it. */
  readonly run: (...args: string[]) => Promise<Ended>
}

export async function runningPipit(t: ExecutionContext, env: Record<string, string> = {}): Promise<RunningPipit> {
  const { config } = loadConfig({ flags: { port: '0' }, env, cwd: import.meta.dirname })
  const gateway = createGateway({ config })
  await gateway.start()
  t.teardown(() => gateway.close())
  const { url } = gateway
  const token = env['PIPIT_ADMIN_TOKEN']
  const own = { PIPIT_URL: url, ...(token !== undefined && { PIPIT_ADMIN_TOKEN: token }) }
  return { url, run: (...args) => runPipit(args, { env: own }) }
}
