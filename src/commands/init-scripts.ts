import { spawn } from 'node:child_process'
import { accessSync, constants, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { INIT_STAGES, type InitScript, type InitStage } from '../admin/localstack-init.ts'
import { variable, type Environment } from '../config/process-environment.ts'
import { monotonicMs, type Clock } from '../core/clock.ts'

/** Where LocalStack's image looks, and where it looked before its version 1. */
export const INIT_FOLDERS: readonly InitFolder[] = [
  ...INIT_STAGES.map((stage) => ({ stage, folder: `/etc/localstack/init/${stage}.d` })),
  { stage: 'ready', folder: '/docker-entrypoint-initaws.d' },
]

export interface InitFolder {
  readonly stage: InitStage
  readonly folder: string
}

export interface FoundScript extends InitScript {
  readonly path: string
}

/** Far above any suite; a folder that is mounted by mistake should not be run through. */
const MOST_SCRIPTS = 1000

/** In the order in which they run: by stage, then by name. Other files than scripts are left alone, as LocalStack does. */
export function findInitScripts(folders: readonly InitFolder[] = INIT_FOLDERS): FoundScript[] {
  return folders
    .flatMap(({ stage, folder }) =>
      filesIn(folder)
        .filter((file) => /\.(?:sh|py)$/.test(file))
        .toSorted()
        .map((file): FoundScript => ({ stage, name: basename(file), path: join(folder, file), state: 'UNKNOWN' })),
    )
    .slice(0, MOST_SCRIPTS)
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return []
    throw error
  }
}

export interface InitRun {
  /** Where the gateway that starts is reached. */
  readonly url: string
  readonly environment: Environment
  readonly clock: Clock
  /** Ends what runs. */
  readonly signal: AbortSignal
  readonly note: (text: string) => void
}

/** A script that takes longer is told about: everything waits for it. */
const SLOW_MS = 10_000

/** One after the other. One that fails is told about, and the next one runs, as in LocalStack. */
export async function runInitScripts(scripts: readonly FoundScript[], run: InitRun): Promise<void> {
  for (const script of scripts) {
    const label = `init script ${script.stage}.d/${script.name}`
    if (script.stage === 'shutdown') {
      run.note(`${label} is not run: pipit ends at once`)
      continue
    }
    if (script.path.endsWith('.py')) {
      script.state = 'ERROR'
      run.note(
        `${label} is not run: there is no Python here; declare queues by PIPIT_QUEUES, or use a .sh with awslocal`,
      )
      continue
    }
    if (run.signal.aborted) return
    script.state = 'RUNNING'
    const startedMs = monotonicMs()
    const stillRuns = run.clock.schedule(run.clock.nowMs() + SLOW_MS, () =>
      run.note(`${label} still runs after ${SLOW_MS / 1000} s, and pipit is not ready before it ends`),
    )
    const trouble = await runScript(script.path, run)
    stillRuns()
    if (run.signal.aborted) return
    script.state = trouble === undefined ? 'SUCCESSFUL' : 'ERROR'
    run.note(`${label} ${trouble ?? `ran in ${Math.round(monotonicMs() - startedMs)} ms`}`)
  }
}

/** `undefined`, or what was wrong. What it prints goes where pipit's own lines go. */
async function runScript(path: string, run: InitRun): Promise<string | undefined> {
  // Scripts need not be executable: a mount from some hosts cannot say so. Nor need they name their shell.
  const trouble = isExecutable(path) ? await runProgram(path, [], run) : 'ENOEXEC'
  return trouble === 'ENOEXEC' ? runProgram('bash', [path], run) : trouble
}

function runProgram(program: string, args: readonly string[], run: InitRun): Promise<string | undefined> {
  const { url, environment, signal } = run
  return new Promise((resolve) => {
    const fail = ({ code, message }: NodeJS.ErrnoException): void =>
      resolve(code === 'ENOEXEC' ? code : `cannot be run: ${message}`)
    try {
      const child = spawn(program, args, {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...environment, ...scriptEnvironment(url, environment) },
        signal,
        killSignal: 'SIGKILL',
      })
      child.once('error', fail)
      child.once('exit', (code, endedBy) => resolve(code === 0 ? undefined : `ended with ${code ?? endedBy}`))
    } catch (error) {
      // Some of these errors are thrown, others are told.
      fail(error as NodeJS.ErrnoException)
    }
  })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false // and then a shell reads it
  }
}

/** So that `awslocal`, a plain `aws` and an SDK find this gateway, with whatever the operator has not said. */
function scriptEnvironment(url: string, environment: Environment): Record<string, string> {
  return {
    PIPIT_URL: url,
    AWS_ENDPOINT_URL: url,
    AWS_DEFAULT_REGION: variable(environment, 'AWS_DEFAULT_REGION') ?? 'us-east-1',
    AWS_ACCESS_KEY_ID: variable(environment, 'AWS_ACCESS_KEY_ID') ?? 'test',
    AWS_SECRET_ACCESS_KEY: variable(environment, 'AWS_SECRET_ACCESS_KEY') ?? 'test',
  }
}
