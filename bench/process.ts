import { execFile, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { promisify } from 'node:util'

/** A server of this bench, and how to make another one of its kind. */
export interface Subject {
  readonly name: string
  /** Of node, with the port to listen on. */
  readonly command: (port: number, upstreamPort: number) => readonly string[]
  readonly env?: (port: number) => Readonly<Record<string, string>>
  /** Answers everything alike: no queues. */
  readonly isBare?: true
  /** It stands in front of another server, which has the load's core. */
  readonly upstream?: Subject
}

export interface Running {
  readonly port: number
  readonly pid: number
  /** From spawn to the first connection that was taken. */
  readonly openMs: number
  readonly stop: () => Promise<void>
}

const run = promisify(execFile)
const canPin = process.platform === 'linux' && existsSync('/usr/bin/taskset')
/** The kernel's clock of /proc, a hundred a second on every Linux that Node runs on. */
const TICK_MS = 10
const START_LIMIT_MS = 15_000
/** Below those that the system gives to clients; two benches at once do not meet. */
let nextPort = 10_000 + (process.pid % 500) * 40

/** The server has a core of its own, the load another one, where the machine has two. */
export const CORES = { server: '0', load: '1' }

export function pinned(core: string, command: readonly string[]): [string, string[]] {
  return canPin ? ['taskset', ['-c', core, process.execPath, ...command]] : [process.execPath, [...command]]
}

export async function start(subject: Subject, core = CORES.server): Promise<Running> {
  const upstream = subject.upstream === undefined ? undefined : await start(subject.upstream, CORES.load)
  const port = nextPort++
  const [program, args] = pinned(core, subject.command(port, upstream?.port ?? 0))
  const startedMs = performance.now()
  const env = { ...process.env, PIPIT_LOG_LEVEL: 'silent', ...subject.env?.(port) }
  const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const pid = child.pid as number
  const stop = async (): Promise<void> => {
    child.kill()
    await ended
    await upstream?.stop()
  }
  while (!(await answers(port))) {
    const isLate = performance.now() - startedMs > START_LIMIT_MS
    if (child.exitCode === null && !isLate) continue
    await stop()
    throw new Error(isLate ? `${subject.name} does not listen on ${port}` : `${subject.name} ended at once`)
  }
  return { port, pid, openMs: performance.now() - startedMs, stop }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => setTimeout(() => resolve(false), 1))
  })
}

/** Runs a script of this bench on the load's core; what it prints is JSON. */
export async function onLoadCore<T>(script: string, order: object): Promise<T> {
  const [program, args] = pinned(CORES.load, [script, JSON.stringify(order)])
  const { stdout } = await run(program, args, { maxBuffer: 1 << 24 })
  return JSON.parse(stdout) as T
}

/** User and system time of a process so far; NaN where there is no /proc. */
export function cpuMs(pid: number): number {
  if (!existsSync(`/proc/${pid}/stat`)) return NaN
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** Resident; NaN where there is no /proc. */
export function rssBytes(pid: number): number {
  if (!existsSync(`/proc/${pid}/status`)) return NaN
  const [, kib = 'NaN'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
  return Number(kib) * 1024
}
