import { type AdminRoute, adminRoute, json } from '../core/admin-route.ts'
import { PipitError } from '../core/errors.ts'
import type { Library } from '../fixtures/library.ts'
import { reportLines, type ReplayReport } from '../fixtures/replay-report.ts'
import type { Session } from '../session.ts'
import type { Sessions } from '../sessions.ts'
import { sessionsOf } from './sessions.ts'

/** What a replay has come to: for every way of running a suite, in any language. */
export function replayRoutes(sessions: Sessions, library: Library): readonly AdminRoute[] {
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
      summary: 'Was everything asked that was recorded, and nothing else?',
      answers: { 200: 'it was, or it is recorded', 404: 'the session replays nothing', 409: 'it was not, and why' },
      answer: (ask) => {
        const replays = reportsOf(library, sessionsOf(sessions, ask))
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
