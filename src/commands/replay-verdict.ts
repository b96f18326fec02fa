import { writeFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import { reportLines, type ReplayReport } from '../fixtures/replay-report.ts'

/** An assertion failed. */
const FAILED = 4

/**
 * What comes of replays when a gateway has ended: the lines for whoever reads the log, the report where the config wants
 * one, and the exit code. A miss that an app has swallowed fails the run all the same, and so does a suite that never came.
 */
export function replayVerdict(
  replays: readonly ReplayReport[],
  { report, mode }: Pick<Config, 'report' | 'mode'>,
  tell: (line: string) => void,
): number {
  for (const replay of replays) for (const line of reportLines(replay)) tell(line)
  if (report !== undefined) {
    try {
      writeFileSync(report, `${JSON.stringify({ replays }, undefined, 2)}\n`)
    } catch (error) {
      tell(`${report} cannot be written: ${(error as Error).message}`)
    }
  }
  const isIdle = replays.length === 0 && Object.values(mode).includes('replay')
  if (isIdle) tell('nothing was replayed: no session has been made, and the default one has no --fixture')
  return !isIdle && replays.every(({ isOk }) => isOk) ? 0 : FAILED
}
