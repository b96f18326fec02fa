import * as v from 'valibot'
import { modes } from '../config/forward-options.ts'
import { type AdminRoute, adminRoute, type Ask, json } from '../core/admin-route.ts'
import { PipitError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import { ALL_SERVICES } from '../core/service-table.ts'
import { strictly } from '../core/strictly.ts'
import { fixtureName } from '../fixtures/fixture-name.ts'
import type { Session } from '../session.ts'
import { DEFAULT_SESSION, SESSION_KEY, type Sessions } from '../sessions.ts'

const EVERY = '*'

/** The session that is asked for: the path's, or `?session=`, else the default one. A path makes the one it names. */
export function sessionOf(sessions: Sessions, ask: Ask): Session {
  if (ask.session === undefined) return sessions.default
  if (ask.session === EVERY)
    throw new PipitError('bad-request', 'this is of one session: say which one instead of ?session=*')
  if (ask.request.target.startsWith('/s/')) return sessions.open(ask.session)
  const there = sessions.find(ask.session)
  if (there !== undefined) return there
  const names = [...sessions.all()].map(({ name }) => name)
  throw new PipitError('not-found', `there is no session ${ask.session}${didYouMean(ask.session, names)}`)
}

/** The same, or all of them for `?session=*`. */
export function sessionsOf(sessions: Sessions, ask: Ask): readonly Session[] {
  return ask.session === EVERY ? [...sessions.all()] : [sessionOf(sessions, ask)]
}

const newSession = v.optional(
  strictly({
    name: v.optional(v.string('expected the name of a session')),
    mode: v.optional(modes),
    fixture: v.optional(v.string('expected the name of a fixture')),
    onMiss: v.optional(v.picklist(['error', 'mock', 'forward', 'record'], 'expected error, mock, forward or record')),
  }),
)

export interface SessionRules {
  /** Of requests that are not signed. */
  readonly region: string
  /** Is there somewhere to forward a service to, or any, for `*`? */
  readonly hasUpstream: (service: string) => boolean
  /** Throws a PipitError where a session cannot record or replay what it is made for. */
  readonly checkFixture?: (session: Session) => void
}

/** Tests' own worlds: made, listed, ended. */
export function sessionRoutes(
  sessions: Sessions,
  { region, hasUpstream, checkFixture = () => {} }: SessionRules,
): readonly AdminRoute[] {
  const path = '/_pipit/sessions'
  return [
    adminRoute({
      method: 'POST',
      path,
      summary: 'A new session, and what points a client at it',
      body: newSession,
      answers: { 201: 'its name, endpoint and environment variables', 409: 'there is one of this name' },
      answer: ({ body: { name, mode, fixture, onMiss } = {}, origin }) => {
        for (const [service, chosen] of Object.entries(mode ?? {}))
          if (['forward', 'record'].includes(chosen) && !hasUpstream(service)) throw noUpstream(service)
        if (fixture !== undefined) fixtureName(fixture)
        const session = sessions.create(name, { modes: mode, fixture, onMiss })
        try {
          checkFixture(session)
        } catch (error) {
          sessions.remove(session.name)
          throw error
        }
        return json(201, introduced(session, origin, region))
      },
    }),
    adminRoute({
      method: 'GET',
      path,
      summary: 'All sessions, the oldest first',
      answers: { 200: 'a list' },
      answer: () => json(200, { sessions: [...sessions.all()].map(described) }),
    }),
    adminRoute({
      method: 'GET',
      path: `${path}/{name}`,
      summary: 'One session, and what points a client at it',
      answers: { 200: 'the session', 404: 'there is none of this name' },
      answer: ({ parameters, origin }) => {
        const session = sessions.find(parameters['name'] as string)
        if (session === undefined) throw new PipitError('not-found', `there is no session ${parameters['name']}`)
        return json(200, { ...described(session), ...introduced(session, origin, region) })
      },
    }),
    adminRoute({
      method: 'PUT',
      path: `${path}/{name}`,
      summary: 'The same, made if there is none of this name yet',
      answers: { 200: 'the session' },
      answer: ({ parameters, origin }) => {
        const session = sessions.open(parameters['name'] as string)
        return json(200, { ...described(session), ...introduced(session, origin, region) })
      },
    }),
    adminRoute({
      method: 'DELETE',
      path: `${path}/{name}`,
      summary: 'Ends what waits in a session and forgets all of it',
      answers: { 204: 'it is gone', 404: 'there is none of this name', 409: 'it is the default one' },
      answer: ({ parameters }) => {
        sessions.remove(parameters['name'] as string)
        return { status: 204, rawHeaders: [], body: '' }
      },
    }),
  ]
}

function described({ name, createdAtMs, usedAtMs, modes: mode, fixture, onMiss }: Session): object {
  const own = {
    ...(Object.keys(mode).length > 0 && { mode }),
    ...(fixture !== undefined && { fixture }),
    ...(onMiss !== undefined && { onMiss }),
  }
  return { name, createdAt: iso(createdAtMs), usedAt: iso(usedAtMs), ...own }
}

function noUpstream(service: string): PipitError {
  const what = service === ALL_SERVICES ? 'anything' : service
  return new PipitError(
    'bad-request',
    `there is nowhere to forward ${what} to: start pipit with --upstream aws, or a URL`,
  )
}

/**
 * The path is what every client keeps; the key is for those that lose it: SDKs that send to a queue URL's host when the
 * endpoint comes from the environment, and gateways with a fixed public URL.
 */
function introduced({ name }: Session, origin: string, region: string): object {
  const isDefault = name === DEFAULT_SESSION
  const root = isDefault ? origin : `${origin}/s/${name}`
  return {
    name,
    endpoint: `${root}/`,
    env: {
      AWS_ENDPOINT_URL_SQS: `${root}/sqs/`,
      AWS_ENDPOINT: root,
      AWS_REGION: region,
      // boto3 and the AWS CLI read this one.
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: isDefault ? 'any' : `${SESSION_KEY}${name}`,
      AWS_SECRET_ACCESS_KEY: 'any',
      ...(!isDefault && { AWS_SDK_UA_APP_ID: `${SESSION_KEY}${name}` }),
      PIPIT_URL: root,
    },
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
