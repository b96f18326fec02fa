import * as v from 'valibot'
import { type AdminRoute, adminRoute, json } from '../core/admin-route.ts'
import { strictly } from '../core/strictly.ts'
import type { Session } from '../session.ts'
import type { Sessions } from '../sessions.ts'
import { sessionsOf } from './sessions.ts'

/** What of a session is as at the start again, by scope. `all` is every one of them. */
export type Resets = Readonly<Record<string, (session: Session) => void>>

/** Messages go, queues and time stay; or queues are those of the config again. Both end what waits. */
export const QUEUE_RESETS: Resets = {
  messages: (session) => session.clear(),
  queues: (session) => session.renew(),
}

/**
 * Cheap enough for every test: what is forgotten is not walked through. `isPlayed`: a session that replays; when that was
 * recorded a reset did nothing to the queues of the other server, and so it does nothing to them now.
 */
export function resetRoutes(
  sessions: Sessions,
  resets: Resets,
  isPlayed: (session: Session) => boolean = () => false,
): readonly AdminRoute[] {
  const scopes = [...Object.keys(resets), 'all']
  const scope = v.optional(v.picklist(scopes, `expected one of ${scopes.join(', ')}`), 'all')
  const reset = (session: Session, what: string): void => {
    const isKept = isPlayed(session)
    if (what === 'all' && !isKept) session.restart()
    for (const [name, part] of Object.entries(resets)) {
      const isOfQueues = name in QUEUE_RESETS
      if (isOfQueues ? name === what && !isKept : name === what || what === 'all') part(session)
    }
  }
  return [
    adminRoute({
      method: 'POST',
      path: '/_pipit/reset',
      summary: 'A session as at the start: queues of the config and nothing in them, real time',
      query: strictly({ scope }),
      answers: { 200: 'what was reset' },
      answer: (ask) => {
        const chosen = sessionsOf(sessions, ask)
        for (const session of chosen) reset(session, ask.query.scope)
        return json(200, { reset: ask.query.scope, sessions: chosen.map(({ name }) => name) })
      },
    }),
    adminRoute({
      method: 'POST',
      path: '/moto-api/reset',
      summary: "moto's name for a reset of everything",
      answers: { 200: 'it is done' },
      answer: (ask) => {
        for (const session of sessionsOf(sessions, ask)) reset(session, 'all')
        return json(200, { status: 'ok' })
      },
    }),
  ]
}
