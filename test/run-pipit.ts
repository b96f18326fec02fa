import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PIPIT_PROGRAM } from './pipit-program.ts'

/** An empty folder, without a pipit.yaml. It goes with the test process. */
const emptyFolder = mkdtempSync(join(tmpdir(), 'pipit-run-'))
process.on('exit', () => rmSync(emptyFolder, { recursive: true, force: true }))

export interface Ended {
  /** `null`: a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly process: ChildProcess
  readonly output: () => string
  /** Resolves with what the expression finds in the output, once it is there; rejects when the process ends first. */
  readonly said: (what: RegExp) => Promise<RegExpExecArray>
  readonly ended: Promise<Ended>
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Another build. */
  readonly program?: string
}

/** The built command, in an environment of its own. */
export function startPipit(
  args: readonly string[],
  { env = {}, cwd = emptyFolder, program = PIPIT_PROGRAM }: RunOptions = {},
): Running {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { TMPDIR: emptyFolder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ code: code as number | null, stdout, stderr }))
  return {
    process: child,
    output: () => stdout,
    ended,
    said: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = what.exec(stdout)
          if (found !== null) resolve(found)
        }
        child.stdout.on('data', look)
        look()
        void ended.then(({ code }) =>
          reject(new Error(`ended with ${code} before it said ${what}: ${stdout}${stderr}`)),
        )
      }),
  }
}

export function runPipit(args: readonly string[], options?: RunOptions): Promise<Ended> {
  return startPipit(args, options).ended
}
