import { existsSync } from 'node:fs'
import { isatty } from 'node:tty'
import type { CommandModule } from 'yargs'
import { loadConfig } from '../config.ts'
import { formatTarget, type Target } from '../config/forward.ts'
import { portVariable, processEnvironment, variable, type Environment } from '../config/process-environment.ts'
import { createWallClock } from '../core/clock.ts'
import { picocolors } from '../core/libraries.ts'
import { systemRandom } from '../core/random.ts'
import { HealthPort } from '../http/health-port.ts'
import { Ports } from '../http/ports.ts'
import { Tunnel } from '../http/tunnel.ts'
import { unusedNotes } from '../injectors/rules/unused-notes.ts'
import { createWireFaults } from '../injectors/rules/wire-faults.ts'
import { openSink } from '../log/sink.ts'
import type { Audience } from '../monitor/audience.ts'
import { harEntry } from '../monitor/har-entry.ts'
import { jsonVoice } from '../monitor/json-voice.ts'
import { fieldOf } from '../monitor/fields.ts'
import { Monitor } from '../monitor/monitor.ts'
import { PrettyVoice } from '../monitor/pretty-voice.ts'
import { Printer } from '../monitor/printer.ts'
import { readerFor } from '../monitor/reading.ts'
import type { WatchedExchange } from '../monitor/watched-exchange.ts'
import { serviceTable } from '../routes.ts'
import { version } from '../version.ts'
import { HarFile } from './har-file.ts'
import { READY_PATH } from './health.ts'
import { readHealthNote, removeHealthNote, writeHealthNote } from './health-note.ts'
import { type MonitorFlags, monitorSettings } from './monitor-flags.ts'
import { onSignal } from './on-signal.ts'

/** Forwards and tells until a signal ends it. Resolves when it has started. */
export async function monitor(flags: MonitorFlags, environment: Environment = processEnvironment()): Promise<void> {
  const seeded = flags.seed === undefined ? {} : { seed: flags.seed }
  const { config, notes } = loadConfig({ flags: seeded, env: environment, cwd: process.cwd() })
  const settings = monitorSettings(flags, config.listen[0]?.host)
  const { target, verbosity, filter } = settings
  const clock = createWallClock()
  const sink = openSink(process.stdout, clock)
  process.on('exit', () => sink.flush())
  const isColored = isatty(process.stdout.fd) && variable(environment, 'NO_COLOR') === undefined
  const voice =
    flags.json === true ? jsonVoice(verbosity) : new PrettyVoice(picocolors().createColors(isColored), verbosity)
  const write = (text: string): void => sink.write(text)
  const note = (text: string): void => write(voice.note(text, clock.nowMs()))
  const services = serviceTable(config)
  const written = [flags.fault ?? []].flat()
  const faults = createWireFaults({ config, services, flags: written, wall: clock, random: systemRandom() })
  const printer = new Printer({ voice, verbosity, write, clock, filter })
  let har: HarFile | undefined
  const archive = (exchange: WatchedExchange): void => {
    if (filter?.((field) => fieldOf(exchange, field)) !== false) har?.add(harEntry(exchange))
  }
  const watch = new Monitor({
    target: formatTarget(target),
    audiences: [
      flags.quiet === true ? { broke: (...trouble) => printer.broke(...trouble) } : printer,
      ...(flags.har === undefined ? [] : [{ ended: archive }]),
      containerHint(target, note),
    ],
    clock,
    read: readerFor(services, config.region),
    faults: {
      meet: (met) => faults.meet(met),
      port: () => ports.addresses[0]?.port ?? 0,
      refuse: (forMs) => ports.suspend(forMs),
    },
  })
  const ports = new Ports(
    [settings.listen],
    () =>
      new Tunnel({
        target,
        open: (client) => watch.open(client),
        words: LISTEN_WORDS,
        wall: clock,
        onBug: (error) => note(`bug: what follows on this connection is not shown: ${String(error)}`),
      }),
    clock,
  )
  await ports.open()
  // Not before: what another monitor has on this port, it may be writing to this file, too.
  if (flags.har !== undefined) har = await HarFile.open(flags.har, note)
  const health = await openHealth(environment)
  onSignal(async () => {
    await Promise.all([ports.close(), health?.close()])
    for (const text of unusedNotes(faults.counted(undefined))) note(text)
    await har?.close()
    await sink.close()
  })
  const listen = ports.url.replace('http://', '')
  const drawn = faults.count === 0 ? {} : { faults: { count: faults.count, seed: faults.seed } }
  write(voice.started({ version: version(), listen, target: formatTarget(target), ...drawn }))
  for (const text of notes) note(text)
}

const LISTEN_WORDS = {
  port: 'LISTEN (0 takes any free one)',
  plainPort: 'LISTEN',
  host: 'LISTEN or PIPIT_HOST',
}

/** Lets `pipit health` know that it runs: in a container, that is what makes it healthy. */
async function openHealth(environment: Environment): Promise<{ close(): Promise<void> } | undefined> {
  const port = portVariable(environment)
  // Beside a gateway on the same machine it is the gateway that is asked.
  if (readHealthNote(port) !== undefined) return undefined
  const healthPort = new HealthPort(READY_PATH, 'this is pipit monitor: it forwards a port and has nothing to steer')
  const { port: opened } = await healthPort.open()
  writeHealthNote(port, { pid: process.pid, url: `http://127.0.0.1:${opened}${READY_PATH}` })
  return {
    async close() {
      removeHealthNote(port, process.pid)
      await healthPort.close()
    },
  }
}

const LOOPBACK = /^(?:localhost|127\..*|::1)$/

/** The mistake that everybody makes once. */
function containerHint(target: Target, note: (text: string) => void): Audience {
  let isTold = !LOOPBACK.test(target.host) || !['/.dockerenv', '/run/.containerenv'].some((path) => existsSync(path))
  return {
    broke: (_connection, { code }) => {
      if (isTold || code !== 'ECONNREFUSED') return
      isTold = true
      note(`inside a container ${target.host} is the container itself: the machine outside is host.docker.internal`)
    },
  }
}

const command: CommandModule<object, MonitorFlags> = {
  command: 'monitor <listen> <host> [port]',
  describe: 'forward a port to another one and print what crosses, byte for byte unchanged',
  builder: (yargs) =>
    yargs
      .positional('listen', {
        type: 'string',
        demandOption: true,
        describe: 'where clients connect: 3001, [::1]:3001; 0 is any free port',
      })
      .positional('host', {
        type: 'string',
        demandOption: true,
        describe: 'where it goes on: a host, or http://localhost:3000',
      })
      .positional('port', { type: 'string', describe: 'and its port' })
      .option('verbose', {
        type: 'boolean',
        count: true,
        alias: 'v',
        describe: '-v heads and connections, -vv bodies too',
      })
      .option('json', { type: 'boolean', describe: 'one JSON object per line, for programs' })
      .option('filter', {
        type: 'string',
        requiresArg: true,
        describe: 'only what fits, like "op=ReceiveMessage status>=400"',
      })
      .option('har', { type: 'string', requiresArg: true, describe: 'a file for an HTTP archive of what fits' })
      .option('fault', {
        type: 'string',
        requiresArg: true,
        array: false,
        describe:
          'what becomes of the bytes that come back, like "wire: 10% reset mid-body"; may be there several times',
      })
      .option('seed', { type: 'string', requiresArg: true, describe: 'what faults draw from [PIPIT_SEED]' })
      .option('quiet', { type: 'boolean', describe: 'print only connections that fail' })
      .example('pipit monitor 3001 localhost 3000', 'what crosses to port 3000 when clients use 3001')
      .example('pipit monitor 3001 http://localhost:3000 -vv', 'with heads and bodies')
      .example("pipit monitor 3001 localhost 3000 --fault 'wire: 10% reset mid-body'", 'with answers that break off')
      .example("pipit monitor 3001 localhost 3000 --filter 'status>=400' --json", 'what goes wrong, for a program'),
  handler: (given) => monitor(given),
}

export default command
