import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { PIPIT_PROGRAM } from '../pipit-program.ts'

/** pipit as a user starts it: a process of its own, on a port that the system chose. */
export interface GatewayProcess {
  /** `http://localhost:41234`, as the start screen printed it. */
  readonly url: string
  readonly port: number
  readonly child: ChildProcess
  /** Everything printed so far, both streams. */
  output(): string
  /** Asks it to end, and waits until it did. */
  stop(signal?: NodeJS.Signals): Promise<ProcessEnd>
}

export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly tookMs: number
}

export interface StartOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Flags for Node itself: `--import`. */
  readonly nodeArgs?: readonly string[]
  /** Another build than this one. */
  readonly program?: string
  /** What a shell does before: `ulimit -f 64`. */
  readonly shell?: string
}

/** With PIPIT_THROUGH=forward there is another one in front of it, and it is the one that clients know. */
export async function startGateway(options: StartOptions = {}): Promise<GatewayProcess> {
  const gateway = await startOne(options)
  if (process.env['PIPIT_THROUGH'] !== 'forward' || options.args?.includes('--mode') === true) return gateway
  const front = await startOne({ args: ['--mode', 'forward', '--upstream', gateway.url] })
  return {
    ...front,
    async stop(signal) {
      const [end] = await Promise.all([front.stop(signal), gateway.stop(signal)])
      return end
    },
  }
}

async function startOne(options: StartOptions): Promise<GatewayProcess> {
  const { nodeArgs = [], program = PIPIT_PROGRAM, args = [], shell } = options
  const command = [process.execPath, ...nodeArgs, program, '--port', '0', ...args] as const
  const [first, ...rest] = shell === undefined ? command : ['bash', '-c', `${shell}; exec "$@"`, 'bash', ...command]
  const child = spawn(first, rest, {
    env: { ...cleanEnvironment(), ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()))
  // Not its exit: what it has printed may still be on its way then.
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const url = await printedUrl(child, printed)
  return {
    url,
    port: Number(new URL(url).port),
    child,
    output: () => printed.join(''),
    async stop(signal = 'SIGTERM') {
      const askedAtMs = performance.now()
      child.kill(signal)
      const [code, endedBy] = await ended
      return { code, signal: endedBy, tookMs: performance.now() - askedAtMs }
    },
  }
}

/** Far above what a start takes, so that only a gateway that does not start at all gets there. */
const START_TIMEOUT_MS = 20_000

function printedUrl(child: ChildProcess, printed: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const finish = (conclude: () => void): void => {
      clearTimeout(timer)
      child.stdout?.off('data', look)
      child.off('exit', onExit)
      conclude()
    }
    const giveUp = (why: string): void =>
      finish(() => {
        child.kill('SIGKILL')
        reject(new Error(`${why}; it printed:\n${printed.join('')}`))
      })
    const onExit = (code: number | null): void => giveUp(`the gateway ended with ${code}`)
    const look = (): void => {
      const found = /https?:\/\/[^\s/]+:\d+(?=\s)/.exec(printed.join(''))
      if (found !== null) finish(() => resolve(found[0]))
    }
    const timer = setTimeout(giveUp, START_TIMEOUT_MS, 'the gateway printed no address')
    child.stdout?.on('data', look)
    child.once('exit', onExit)
  })
}

/** The caller's environment without what would reach into the gateway. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:PIPIT_|AWS_|SQS_|PORT$|FORCE_COLOR$)/.test(name)),
  )
}
