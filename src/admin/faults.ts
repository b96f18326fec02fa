import * as v from 'valibot'
import { type AdminRoute, adminRoute, type Ask, json } from '../core/admin-route.ts'
import { PipitError } from '../core/errors.ts'
import type { HttpResponse } from '../core/exchange.ts'
import { notList } from '../core/strictly.ts'
import { entriesSchema } from '../injectors/rules/entries.ts'
import type { Faults, Scope } from '../injectors/rules/faults.ts'
import { reportOf } from '../injectors/rules/report.ts'
import { scriptOf } from '../injectors/rules/script.ts'
import { boundsSchema, verdictOf } from '../injectors/rules/verify.ts'
import type { Sessions } from '../sessions.ts'
import { sessionOf } from './sessions.ts'

export interface FaultParts {
  readonly sessions: Sessions
  readonly faults: Faults
}

const PATH = '/_pipit/faults'
const ONE = `${PATH}/{id}`
const CHANGE = 'expected a mapping of what is to change, like {"enabled": false}'

/** The rules of one session; without a session, those that hold in all of them, with the sums of what they counted. */
export function faultRoutes(parts: FaultParts): readonly AdminRoute[] {
  return [...changes(parts), ...questions(parts)]
}

function changes({ sessions, faults }: FaultParts): readonly AdminRoute[] {
  const rules = entriesSchema(faults.vocabulary)
  const scopeOf = (ask: Ask): Scope => scope(sessions, ask)
  return [
    adminRoute({
      method: 'POST',
      path: PATH,
      summary: 'One rule more, or several: as data, in their short form, or by the name of a preset',
      body: rules,
      answers: { 201: 'they are in force', 409: 'there is one of this id; or there are too many' },
      answer: (ask) => {
        const added = [ask.body].flat()
        faults.add(scopeOf(ask), added)
        return json(201, { seed: faults.seed, faults: added })
      },
    }),
    adminRoute({
      method: 'PUT',
      path: PATH,
      summary: 'These rules instead of those that are there',
      body: rules,
      answers: { 200: 'they are in force', 409: 'two have one id; or there are too many' },
      answer: (ask) => {
        const put = [ask.body].flat()
        faults.replace(scopeOf(ask), put)
        return json(200, { seed: faults.seed, faults: put })
      },
    }),
    adminRoute({
      method: 'PATCH',
      path: ONE,
      summary: 'A rule changed by some of its members; only switching it (enabled) keeps what it has counted',
      body: notList(v.record(v.string(), v.unknown(), CHANGE), CHANGE),
      answers: { 200: 'the rule as it is now', 404: 'there is no such rule' },
      answer: (ask) => json(200, faults.change(scopeOf(ask), ask.parameters['id'] as string, ask.body)),
    }),
    adminRoute({
      method: 'DELETE',
      path: PATH,
      summary: 'No rules any more',
      answers: { 204: 'they are gone' },
      answer: (ask) => {
        faults.remove(scopeOf(ask))
        return NOTHING
      },
    }),
    adminRoute({
      method: 'DELETE',
      path: ONE,
      summary: 'One rule less',
      answers: { 204: 'it is gone', 404: 'there is no such rule' },
      answer: (ask) => {
        faults.remove(scopeOf(ask), ask.parameters['id'])
        return NOTHING
      },
    }),
  ]
}

function questions({ sessions, faults }: FaultParts): readonly AdminRoute[] {
  const reportsOf = (ask: Ask) => faults.counted(scope(sessions, ask)).map(reportOf)
  return [
    adminRoute({
      method: 'GET',
      path: PATH,
      summary: 'The rules, how often each was considered, matched and fired, and why it was skipped',
      answers: { 200: 'a list, and the seed of the draws' },
      answer: (ask) => json(200, { seed: faults.seed, faults: reportsOf(ask) }),
    }),
    adminRoute({
      method: 'GET',
      path: ONE,
      summary: 'One rule, with its counters',
      answers: { 200: 'the rule', 404: 'there is no such rule' },
      answer: (ask) => {
        const found = reportsOf(ask).find(({ id }) => id === ask.parameters['id'])
        if (found === undefined) throw new PipitError('not-found', `there is no rule ${ask.parameters['id']}`)
        return json(200, found)
      },
    }),
    adminRoute({
      method: 'POST',
      path: `${PATH}/verify`,
      summary: 'Have rules fired as often as they should? By id, at least once unless bounds say otherwise',
      body: boundsSchema,
      answers: { 200: 'they have', 404: 'there is no such rule', 409: 'they have not, and why' },
      answer: (ask) => {
        const { ok, unmet, unused: idle } = verdictOf(reportsOf(ask), ask.body, faults.unused)
        if (ok) return json(200, { ok, seed: faults.seed, unused: idle })
        return json(409, { error: unmet.join('\n'), code: 'unmet', seed: faults.seed, unmet, unused: idle })
      },
    }),
    adminRoute({
      method: 'GET',
      path: `${PATH}/export`,
      summary: "A session's run as rules without chance: each with exactly the calls to which it happened",
      answers: {
        200: 'a seed and rules, for a pipit.yaml',
        409: 'it is not said of which session; or too much happened',
      },
      answer: (ask) => json(200, scriptOf(faults.seed, faults.counted(scope(sessions, ask) ?? onlyActive(faults)))),
    }),
  ]
}

const NOTHING: HttpResponse = { status: 204, rawHeaders: [], body: '' }

/** Rules steer all sessions unless one is named. */
function scope(sessions: Sessions, ask: Ask): Scope {
  return ask.session === undefined || ask.session === '*' ? undefined : sessionOf(sessions, ask).name
}

/** A script is of one run, and a run is of one session. */
function onlyActive(faults: Faults): string {
  const active = faults.firedSessions
  if (active.length <= 1) return active[0] ?? faults.defaultSession
  throw new PipitError('conflict', `faults have fired in several sessions: say which one, of ${active.join(', ')}`)
}
