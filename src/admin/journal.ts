import * as v from 'valibot'
import { type AdminRoute, adminRoute, type Ask, json } from '../core/admin-route.ts'
import type { Clock } from '../core/clock.ts'
import { PipitError } from '../core/errors.ts'
import { header } from '../core/exchange.ts'
import { strictly } from '../core/strictly.ts'
import { wholeNumber } from '../core/whole-number.ts'
import type { Entry } from '../journal/entry.ts'
import { parseFilter } from '../journal/filter.ts'
import { BEGINNING, type Journal, type Position, type Whose } from '../journal/journal.ts'
import { type LogicalCall, logicalCalls } from '../journal/logical-calls.ts'
import { fieldOf, showEntry } from '../journal/show-entry.ts'
import { streamOf } from '../journal/stream.ts'
import type { Sessions } from '../sessions.ts'
import { sessionOf } from './sessions.ts'

/** Of one answer, unless asked for more. */
const USUAL_LIMIT = 100
const MOST_LIMIT = 5000

/** Each is a connection that stays; a suite has one or two. */
const MOST_READERS = 100

const SINCE = 'expected a position that the journal gave, a seq, or a moment like "2026-01-01T00:00:00Z"'

const filter = v.optional(v.string(), '')
const since = v.optional(v.string())

const pageQuery = strictly({
  filter,
  since,
  limit: v.optional(wholeNumber(1, MOST_LIMIT), String(USUAL_LIMIT)),
  join: v.optional(v.literal('calls', 'expected calls')),
})

export interface JournalParts {
  readonly sessions: Sessions
  readonly journal: Journal
  /** Real time: how often a quiet stream says that it is there. */
  readonly wall: Clock
}

/** What has crossed: the latest exchanges of a session, as a list or as they happen. */
export function journalRoutes({ sessions, journal, wall }: JournalParts): readonly AdminRoute[] {
  const path = '/_pipit/journal'
  let readers = 0
  const whoseOf = (ask: Ask): Whose => (ask.session === '*' ? '*' : sessionOf(sessions, ask).name)
  return [
    adminRoute({
      method: 'GET',
      path,
      summary: 'The latest exchanges, the oldest first; with join=calls, the tries of each call together',
      query: pageQuery,
      answers: { 200: 'exchanges, and the position to go on from' },
      answer: (ask) => {
        const { query } = ask
        const whose = whoseOf(ask)
        const fits = parseFilter(query.filter)
        const start = query.since === undefined ? undefined : startOf(journal, query.since)
        const found: Entry[] = []
        for (const entry of journal.entries(whose, start?.position)) {
          if (entry.receivedAtMs < (start?.fromMs ?? 0) || !fits((field) => fieldOf(entry, field))) continue
          found.push(entry)
          // Without a start it is the end of the list that is wanted.
          if (found.length > query.limit && start === undefined) found.shift()
          if (found.length === query.limit && start !== undefined) break
        }
        const last = found.at(-1)
        const isCut = start !== undefined && found.length === query.limit && last !== undefined
        const position = isCut ? { seq: last.seq, ordinal: Infinity } : journal.end(whose)
        return json(200, {
          ...(query.join === 'calls'
            ? { calls: logicalCalls(found).map(shownCall) }
            : { exchanges: found.map(showEntry) }),
          position: journal.placeOf(position),
        })
      },
    }),
    adminRoute({
      method: 'GET',
      path: `${path}/stream`,
      summary: 'Exchanges as they happen, as server-sent events; Last-Event-ID or since goes on from there',
      query: strictly({ filter, since }),
      produces: 'text/event-stream',
      answers: { 200: 'events without an end', 429: 'there are too many readers' },
      answer: (ask) => {
        const whose = whoseOf(ask)
        const place = header(ask.request, 'last-event-id') ?? ask.query.since
        const from = place === undefined ? journal.end(whose) : startOf(journal, place).position
        const reader = { whose, from, filter: parseFilter(ask.query.filter), clock: wall, signal: ask.signal }
        if (readers >= MOST_READERS) throw new PipitError('too-many', `${MOST_READERS} read already: end one of them`)
        readers++
        ask.signal.addEventListener('abort', () => readers--, { once: true })
        return {
          status: 200,
          rawHeaders: ['Content-Type', 'text/event-stream', 'Cache-Control', 'no-store'],
          chunks: streamOf(journal, reader),
        }
      },
    }),
    adminRoute({
      method: 'DELETE',
      path,
      summary: "Forgets a session's exchanges",
      answers: { 204: 'they are gone' },
      answer: (ask) => {
        journal.clear(whoseOf(ask))
        return { status: 204, rawHeaders: [], body: '' }
      },
    }),
  ]
}

function shownCall({ attempts, ...call }: LogicalCall): object {
  return { ...call, attempts: attempts.map(showEntry) }
}

/** A position, a seq, or a moment; the last one is looked for from the beginning. */
function startOf(journal: Journal, text: string): { readonly position: Position; readonly fromMs?: number } {
  if (/^\d{1,15}$/.test(text)) return { position: { seq: Number(text), ordinal: Infinity } }
  const position = journal.positionOf(text)
  if (position !== undefined) return { position }
  const fromMs = Date.parse(text)
  if (Number.isNaN(fromMs)) throw new PipitError('bad-request', `since: ${SINCE}, got ${JSON.stringify(text)}`)
  return { position: BEGINNING, fromMs }
}
