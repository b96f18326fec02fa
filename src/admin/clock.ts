import * as v from 'valibot'
import { type AdminRoute, adminRoute, json } from '../core/admin-route.ts'
import { duration } from '../core/duration.ts'
import { PipitError } from '../core/errors.ts'
import { strictly } from '../core/strictly.ts'
import type { Session } from '../session.ts'
import type { Sessions } from '../sessions.ts'
import { sessionsOf } from './sessions.ts'

const MOMENT = 'expected a moment like "2026-12-24T18:00:00Z", or milliseconds since 1970'
const YES = 'expected true'

/** Beyond, there are no four digits for a year. */
const LAST_MS = Date.UTC(9999, 11, 31)

const moment = v.pipe(
  v.union([v.string(), v.number()], MOMENT),
  v.transform((given) => (typeof given === 'number' ? given : Date.parse(given))),
  v.check((ms) => ms >= 0 && ms <= LAST_MS, MOMENT),
)

const change = strictly({
  freeze: v.optional(v.literal(true, YES)),
  resume: v.optional(v.literal(true, YES)),
  set: v.optional(moment),
  advance: v.optional(duration),
})

const EXPECTED =
  'expected one of {"advance": "5m"}, {"set": "2026-12-24T18:00:00Z"}, {"freeze": true}, {"resume": true}'

/** A session's time: every timer of its queues obeys. It goes on or stands still, and never goes back. */
export function clockRoutes(sessions: Sessions): readonly AdminRoute[] {
  const path = '/_pipit/clock'
  return [
    adminRoute({
      method: 'GET',
      path,
      summary: "A session's time",
      answers: { 200: 'now, how far it is ahead of real time, and whether it stands still' },
      answer: (ask) => json(200, shown(sessionsOf(sessions, ask), ask.session)),
    }),
    adminRoute({
      method: 'POST',
      path,
      summary: "Moves a session's time on, stops it, or lets it run on; what is due happens on the way",
      body: v.pipe(
        v.optional(change, {}),
        v.check((given) => Object.keys(given).length > 0, EXPECTED),
        v.check(({ freeze, resume }) => freeze === undefined || resume === undefined, 'freeze or resume, not both'),
        v.check(({ set, advance }) => set === undefined || advance === undefined, 'set or advance, not both'),
      ),
      answers: { 200: 'the time after it', 409: 'the moment is in the past' },
      answer: (ask) => {
        const chosen = sessionsOf(sessions, ask)
        const { body } = ask
        if (body.set !== undefined) for (const session of chosen) refusePast(session, body.set)
        for (const { clock } of chosen) {
          if (body.freeze) clock.freeze()
          if (body.resume) clock.resume()
          clock.advance(body.set === undefined ? (body.advance ?? 0) : Math.max(0, body.set - clock.nowMs()))
        }
        return json(200, shown(chosen, ask.session))
      },
    }),
  ]
}

function refusePast({ name, clock }: Session, ms: number): void {
  if (ms >= clock.nowMs()) return
  const now = new Date(clock.nowMs()).toISOString()
  throw new PipitError('conflict', `in session ${name} it is ${now} already, and time does not go back: reset first`)
}

function shown(chosen: readonly Session[], asked: string | undefined): object {
  const clocks = chosen.map(({ name, clock }) => ({
    session: name,
    now: new Date(clock.nowMs()).toISOString(),
    nowMs: clock.nowMs(),
    offsetMs: clock.offsetMs,
    frozen: clock.isFrozen,
  }))
  return asked === '*' ? { sessions: clocks } : (clocks[0] as object)
}
