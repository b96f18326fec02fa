import { writeFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import type { Gateway } from '../gateway.ts'
import { reportLines } from '../fixtures/replay-report.ts'

/** An assertion failed. */
const FAILED = 4
/** A recording had to stop; what stopped it was told then. */
const NOT_RECORDED = 1

/**
 * What comes of replays and recordings when a gateway has ended: the lines for whoever reads the log, the report where the
 * config wants one, and the exit code. A miss that an app has swallowed fails the run all the same, and so does a suite that
 * never came, or a disk that was full.
 */
export function replayVerdict(
  gateway: Pick<Gateway, 'replays' | 'lostRecordings'>,
  { report, mode }: Pick<Config, 'report' | 'mode'>,
  tell: (line: string) => void,
): number {
  const replays = gateway.replays()
  for (const replay of replays) for (const line of reportLines(replay)) tell(line)
  if (report !== undefined) {
    try {
      writeFileSync(report, `${JSON.stringify({ replays }, undefined, 2)}\n`)
    } catch (error) {
      tell(`${report} cannot be written: ${(error as Error).message}`)
    }
  }
  const isIdle = replays.length === 0 && Object.values(mode).includes('replay')
  if (isIdle)
    tell('nothing was replayed: nobody has asked for anything, and no --fixture says what should have been asked')
  if (isIdle || !replays.every(({ isOk }) => isOk)) return FAILED
  return gateway.lostRecordings().length === 0 ? 0 : NOT_RECORDED
}
