import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { isatty } from 'node:tty'
import type { CommandModule } from 'yargs'
import { processEnvironment, variable, type Environment } from '../config/process-environment.ts'
import { settings } from '../config/schema.ts'
import { loadConfig, type Flags } from '../config.ts'
import { createWallClock } from '../core/clock.ts'
import { PipitError } from '../core/errors.ts'
import { createGateway } from '../gateway.ts'
import { openLog } from '../log/log.ts'
import { openSink } from '../log/sink.ts'
import { childEnvironment } from './child-environment.ts'
import { flagsOf, withConfigOptions } from './config-options.ts'
import { recording } from './record.ts'
import { replaying } from './replay.ts'
import { replayVerdict } from './replay-verdict.ts'

/** Those that ask a program to end, or tell it something. SIGUSR1 is Node's own. */
const PASSED_ON = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGUSR2'] as const

/** A terminal sends these to every process of the job itself. */
const SENT_BY_TERMINALS: readonly string[] = ['SIGINT', 'SIGQUIT']

/**
 * A gateway on a free port for as long as a command runs, whose AWS SDKs are pointed at it. What pipit has to say goes to
 * stderr, and is only what went wrong, unless the log's level is set: the output is the command's. Answers the exit code
 * of the command, as a shell does; where that is 0, 4 for a replay in which something was missed or never asked.
 */
export async function run(
  flags: Flags,
  command: readonly string[],
  environment: Environment = processEnvironment(),
): Promise<number> {
  const [program, ...args] = command
  if (program === undefined) throw new PipitError('usage', 'say which command to run, behind --: pipit run -- npm test')
  // A port of the config is that of a gateway that stays; two suites at once must not meet.
  const isPlaced = flags['port'] !== undefined || flags['listen'] !== undefined
  const { config, notes, sourceOf } = loadConfig({
    flags: isPlaced ? flags : { ...flags, listen: ':0' },
    env: environment,
    cwd: process.cwd(),
  })
  const wall = createWallClock()
  const sink = openSink(process.stderr, wall)
  process.on('exit', () => sink.flush())
  const isColored = isatty(process.stderr.fd) && variable(environment, 'NO_COLOR') === undefined
  const isQuiet = settings.some((setting) => setting.flag === 'log-level' && sourceOf(setting) === 'default')
  const log = openLog({ ...config.log, ...(isQuiet && { level: 'warn' }), isColored, sink })
  const gateway = createGateway({
    config,
    wall,
    onNote: (note) => log.note(note),
    ...(log.call && { onCall: log.call }),
    ...(log.exchange && { onFinished: log.exchange }),
    onError: (error) => log.bug(error),
  })
  await gateway.start()
  let code = 1
  try {
    for (const note of notes) log.note(note)
    code = await runProgram(program, args, {
      ...environment,
      ...childEnvironment(environment, gateway.url, config.region),
    })
  } finally {
    await gateway.close()
    // Whatever the command says, the report is written, and what was missed is told: it may be the reason.
    const verdict = replayVerdict(gateway, config, (line) => log.note(line))
    code ||= verdict
    await sink.close()
  }
  return code
}

async function runProgram(program: string, args: readonly string[], environment: Environment): Promise<number> {
  const child = spawn(program, args, { stdio: 'inherit', env: environment })
  const forget = passOnSignals(child)
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', (error) => reject(cannotRun(program, error)))
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  } finally {
    forget()
  }
}

/** While the command runs, pipit ends with it and not before. */
function passOnSignals(child: ChildProcess): () => void {
  const isAtTerminal = isatty(0)
  const handlers = PASSED_ON.map((signal) => {
    const passOn = (): void => {
      if (!isAtTerminal || !SENT_BY_TERMINALS.includes(signal)) child.kill(signal)
    }
    process.on(signal, passOn)
    return () => process.off(signal, passOn)
  })
  return () => handlers.forEach((forget) => forget())
}

function cannotRun(program: string, error: NodeJS.ErrnoException): PipitError {
  const why = error.code === 'ENOENT' ? 'there is no such program' : error.message
  return new PipitError('no-program', `${program} cannot be run: ${why}`, { cause: error })
}

const command: CommandModule = {
  command: 'run',
  describe: 'run a command with a gateway of its own, on a free port: pipit run -- npm test',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .option('record', {
        type: 'string',
        requiresArg: true,
        describe: 'the fixture to record: the same as --mode record --fixture NAME',
      })
      .option('replay', {
        type: 'string',
        requiresArg: true,
        describe: 'the fixture to replay: the same as --mode replay --fixture NAME',
      })
      .usage('pipit run [options] -- COMMAND [arguments]\n\nRun a command with a gateway of its own, on a free port')
      .example('pipit run -- npm test', 'against the mock')
      .example('pipit run --record orders --upstream aws -- pytest', 'what AWS answers is written down')
      .example('pipit run --replay orders -- pytest', 'and again, offline'),
  handler: async (given) => {
    const { '--': words, record, replay } = given
    const child = Array.isArray(words) ? words.map(String) : []
    process.exitCode = await run(withFixture(flagsOf(given), record, replay), child)
  },
}

function withFixture(flags: Flags, record: unknown, replay: unknown): Flags {
  if (typeof record !== 'string') return typeof replay === 'string' ? { ...replaying(flags), fixture: replay } : flags
  if (typeof replay === 'string') throw new PipitError('usage', 'say either --record or --replay')
  return { ...recording(flags), fixture: record }
}

export default command
