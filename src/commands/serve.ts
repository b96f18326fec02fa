import { isatty } from 'node:tty'
import type { CommandModule } from 'yargs'
import { portVariable, processEnvironment, variable, type Environment } from '../config/process-environment.ts'
import { loadConfig, type Config, type Flags } from '../config.ts'
import { createWallClock } from '../core/clock.ts'
import { createGateway, type Gateway } from '../gateway.ts'
import { openLog, type Log } from '../log/log.ts'
import { injectorNotes } from '../plugins/injector-notes.ts'
import { pluginName } from '../plugins/plugin-name.ts'
import { serviceTable } from '../routes.ts'
import { openSink } from '../log/sink.ts'
import type { Started } from '../log/start-screen.ts'
import { flagsOf, withConfigOptions } from './config-options.ts'
import { configuredPlugins } from './configured-plugins.ts'
import { elasticmqNote } from './elasticmq-conf.ts'
import { READY_PATH } from './health.ts'
import { removeHealthNote, writeHealthNote } from './health-note.ts'
import { findInitScripts, runInitScripts } from './init-scripts.ts'
import { onSignal } from './on-signal.ts'
import { replayVerdict } from './replay-verdict.ts'
import { startedServices } from './started-services.ts'
import { version } from '../version.ts'

/** Serves until a signal ends it. Resolves when it has started. */
export async function serve(flags: Flags, environment: Environment = processEnvironment()): Promise<void> {
  const loaded = loadConfig({ flags, env: environment, cwd: process.cwd() })
  const { config } = loaded
  const notes = [...loaded.notes]
  const wall = createWallClock()
  const sink = openSink(process.stdout, wall)
  // Asked of the system: `isTTY` is undefined without a terminal, and the choice then falls to what a CI's names suggest.
  const isColored = isatty(process.stdout.fd) && variable(environment, 'NO_COLOR') === undefined
  const log = openLog({ ...config.log, isColored, sink })
  // Whatever ends the process.
  process.on('exit', () => sink.flush())
  const initScripts = findInitScripts()
  const services = serviceTable(config)
  // What is known before the start screen is told after it.
  let note = (text: string): void => void notes.push(text)
  const plugins = await configuredPlugins(config, services, wall, (text) => note(text))
  const gateway = createGateway({
    config,
    services,
    plugins,
    wall,
    initScripts,
    onNote: (text) => note(text),
    ...(log.call && { onCall: log.call }),
    ...(log.exchange && { onFinished: log.exchange }),
    onError: (error) => log.bug(error),
  })
  const port = portVariable(environment)
  const ending = new AbortController()
  onSignal(async () => {
    ending.abort()
    await gateway.close()
    removeHealthNote(port, process.pid)
    const code = replayVerdict(gateway, config, (line) => log.note(line))
    await sink.close()
    return code
  })
  await gateway.start(async () => {
    log.started(startedOf(gateway, config))
    note = (text) => log.note(text)
    for (const known of [...notes, ...plugins.notes, ...injectorNotes(plugins.injectors), elasticmqNote()])
      if (known !== undefined) note(known)
    leaveHealthNote(gateway, port, log)
    const run = { url: gateway.url, environment, clock: wall, signal: ending.signal }
    await runInitScripts(initScripts, { ...run, note })
  })
}

function startedOf(gateway: Gateway, config: Config): Started {
  const [first, ...others] = gateway.addresses
  const alsoUrls = [
    ...others.filter(({ port }) => port !== first?.port).map(({ host, port }) => `http://${hostInUrl(host)}:${port}`),
    ...gateway.secureAddresses.map(({ host, port }) => `https://${hostInUrl(host)}:${port}`),
  ]
  return {
    version: version(),
    url: gateway.url,
    // One port on both of loopback's addresses is one place.
    alsoUrls: [...new Set(alsoUrls)],
    monitors: gateway.monitors.all(),
    ...(gateway.faults.count > 0 && { faults: { count: gateway.faults.count, seed: gateway.faults.seed } }),
    services: startedServices(
      config,
      gateway.services.map(({ name }) => name),
      gateway.url,
      Object.fromEntries(gateway.services.map((service) => [service.name, pluginName(service, '')])),
    ),
  }
}

/** An address as a client on this machine writes it. */
function hostInUrl(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function leaveHealthNote(gateway: Gateway, port: number, log: Log): void {
  const [first] = gateway.addresses
  if (first === undefined) return
  const url = `http://${hostToProbe(first.host)}:${first.port}${READY_PATH}`
  // Without a note, `pipit health` asks $PORT, and that is mostly where this one listens.
  if (writeHealthNote(port, { pid: process.pid, url }) || first.port === port) return
  log.note(`no folder for notes can be written: tell pipit health where to ask, with --url or PIPIT_URL ${gateway.url}`)
}

/** Every interface includes this machine's own. */
function hostToProbe(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}

const command: CommandModule = {
  command: ['serve', '$0'],
  describe: 'serve the mock of SQS (this is what pipit does when it is told nothing)',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .example('pipit', 'on port 3000')
      .example("pipit --port 4566 --queues 'orders>orders-dlq:3'", 'with queues that exist from the start')
      .example('PIPIT_LISTEN=:3000,:4566,:9324 pipit', 'in the places of LocalStack and ElasticMQ, too'),
  handler: (given) => serve(flagsOf(given)),
}

export default command
