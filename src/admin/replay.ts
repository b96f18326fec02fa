import * as v from 'valibot'
import { type AdminRoute, adminRoute, json } from '../core/admin-route.ts'
import type { Clock } from '../core/clock.ts'
import { duration } from '../core/duration.ts'
import { PipitError } from '../core/errors.ts'
import { strictly } from '../core/strictly.ts'
import { wait } from '../core/wait.ts'
import type { Library } from '../fixtures/library.ts'
import { reportLines, type ReplayReport } from '../fixtures/replay-report.ts'
import type { Session } from '../session.ts'
import type { Sessions } from '../sessions.ts'
import { sessionsOf } from './sessions.ts'

/** For what is under way when a test asks, in another process perhaps: a consumer's last delete. */
const USUAL_TIMEOUT_MS = 1000
const LONGEST_TIMEOUT_MS = 10 * 60_000
const LOOK_EVERY_MS = 20

const query = strictly({
  timeout: v.optional(v.pipe(duration, v.maxValue(LONGEST_TIMEOUT_MS, 'expected at most 10m'))),
})

/** What a replay has come to: for every way of running a suite, in any language. */
export function replayRoutes(sessions: Sessions, library: Library, wall: Clock): readonly AdminRoute[] {
  const path = '/_pipit/replay'
  return [
    adminRoute({
      method: 'GET',
      path,
      summary: 'What was asked that is not in the fixture, and what is in it that nobody asked for',
      answers: {
        200: 'a list of reports, one for each session that replays; none where it records',
        404: 'the session replays nothing',
      },
      answer: (ask) => json(200, { replays: reportsOf(library, sessionsOf(sessions, ask)) }),
    }),
    adminRoute({
      method: 'POST',
      path: `${path}/verify`,
      summary: 'Was everything asked that was recorded, and nothing else? Waits a second, or the timeout, for the rest',
      query,
      answers: { 200: 'it was, or it is recorded', 404: 'the session replays nothing', 409: 'it was not, and why' },
      answer: async (ask) => {
        const { timeout = USUAL_TIMEOUT_MS } = ask.query
        const deadlineMs = wall.nowMs() + timeout
        const look = (): ReplayReport[] => reportsOf(library, sessionsOf(sessions, ask))
        let replays = look()
        while (isUnderWay(replays) && wall.nowMs() < deadlineMs && !ask.signal.aborted) {
          await wait(wall, Math.min(LOOK_EVERY_MS, deadlineMs - wall.nowMs()), ask.signal)
          replays = look()
        }
        const unmet = replays.flatMap(reportLines)
        return unmet.length === 0
          ? json(200, { replays })
          : json(409, { error: unmet.join('\n'), code: 'unmet', replays })
      },
    }),
    adminRoute({
      method: 'POST',
      path: `${path}/rewind`,
      summary: 'From the beginning: the fixture as if nobody had asked, the queues as at the start',
      answers: { 204: 'done', 404: 'the session replays nothing' },
      answer: (ask) => {
        const rewound = sessionsOf(sessions, ask).filter(({ name }) => library.rewind(name))
        if (rewound.length === 0) throw nothingReplayed(sessionsOf(sessions, ask))
        for (const session of rewound) session.renew()
        return { status: 204, rawHeaders: [], body: '' }
      },
    }),
  ]
}

/** Something is still to be asked; where something was asked wrongly there is nothing to wait for. */
function isUnderWay(replays: readonly ReplayReport[]): boolean {
  return replays.every(({ misses }) => misses.length === 0) && replays.some(({ isOk }) => !isOk)
}

function reportsOf(library: Library, sessions: readonly Session[]): ReplayReport[] {
  const reports = sessions.map(({ name }) => library.report(name)).filter((report) => report !== undefined)
  if (reports.length === 0 && !sessions.some(({ name }) => library.isRecording(name))) throw nothingReplayed(sessions)
  return reports
}

function nothingReplayed(sessions: readonly Session[]): PipitError {
  const who = sessions.length === 1 ? `the session ${sessions[0]?.name} replays nothing` : 'no session replays anything'
  return new PipitError(
    'not-found',
    `${who}: start pipit with --mode replay, or make a session with {"mode": "replay"}`,
  )
}
