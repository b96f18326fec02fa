import * as v from 'valibot'
import { type AdminRoute, adminRoute, json } from '../../core/admin-route.ts'
import { PipitError } from '../../core/errors.ts'
import { strictly } from '../../core/strictly.ts'
import { wholeNumber } from '../../core/whole-number.ts'
import type { Message } from '../engine/message.ts'
import { parseMatch } from './match.ts'
import { peeked, STATES, stateOf } from './peeked.ts'
import { PLACE, queueOf } from './queue-of.ts'
import type { AdminOptions } from './routes.ts'

const PATH = '/_pipit/sqs/queues/{name}/messages'

/** A page looks at so many places of the queue at most: among a million messages, few may match. */
const MOST_PLACES = 10_000

const peekQuery = strictly({
  ...PLACE,
  state: v.optional(v.picklist(STATES, `expected one of ${STATES.join(', ')}`)),
  match: v.optional(v.string()),
  limit: v.optional(wholeNumber(1, 1000), '100'),
  cursor: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/, 'expected the cursor of a page'), v.transform(Number))),
})

const place = strictly(PLACE)

const PLACE_ANSWERS = { 404: 'there is no such queue, or no such message', 409: 'there are several of this name' }

/** Looks at messages without receiving them, and changes single ones. */
export function messageRoutes({ worldOf, region }: AdminOptions): readonly AdminRoute[] {
  return [
    adminRoute({
      method: 'GET',
      path: PATH,
      summary: 'The messages of a queue, in order of arrival, without receiving them: nothing changes',
      query: peekQuery,
      answers: { 200: 'messages, and a cursor where there are more', ...PLACE_ANSWERS },
      answer: (ask) => {
        const { state, match, limit, cursor = 0 } = ask.query
        const world = worldOf(ask)
        const queue = queueOf(world, ask, ask.query, region)
        const fits = match === undefined ? () => true : parseMatch(match)
        const found: Message[] = []
        const next = queue.desk.scan(cursor, MOST_PLACES, (message) => {
          if ((state === undefined || stateOf(message) === state) && fits(message.body)) found.push(message)
          return found.length < limit
        })
        const nowMs = world.clock.nowMs()
        return json(200, {
          queue: queue.key.name,
          counts: queue.counts(),
          messages: found.map((message) => peeked(message, nowMs)),
          cursor: next === undefined ? undefined : String(next),
        })
      },
    }),
    adminRoute({
      method: 'DELETE',
      path: PATH,
      summary: 'Takes all messages out; no 60 seconds have to pass before the next time',
      query: place,
      answers: { 200: 'how many there were', ...PLACE_ANSWERS },
      answer: (ask) => {
        const queue = queueOf(worldOf(ask), ask, ask.query, region)
        const { visible, inFlight, delayed } = queue.counts()
        queue.clear()
        return json(200, { queue: queue.key.name, removed: visible + inFlight + delayed })
      },
    }),
    adminRoute({
      method: 'DELETE',
      path: `${PATH}/{messageId}`,
      summary: 'Takes one message out, whatever state it is in',
      query: place,
      answers: { 204: 'it is gone', ...PLACE_ANSWERS },
      answer: (ask) => {
        const queue = queueOf(worldOf(ask), ask, ask.query, region)
        if (!queue.desk.remove(ask.parameters['messageId'] as string)) throw noMessage(ask.parameters)
        return { status: 204, rawHeaders: [], body: '' }
      },
    }),
    adminRoute({
      method: 'POST',
      path: `${PATH}/{messageId}/visible`,
      summary: 'Ends the delay or the visibility timeout of a message now; of all that wait for *',
      query: place,
      answers: { 200: 'what shows now', ...PLACE_ANSWERS },
      answer: (ask) => {
        const world = worldOf(ask)
        const queue = queueOf(world, ask, ask.query, region)
        const { messageId } = ask.parameters
        if (messageId === '*') return json(200, { queue: queue.key.name, shown: queue.desk.showAll() })
        const message = queue.desk.show(messageId as string)
        if (message === undefined) throw noMessage(ask.parameters)
        return json(200, peeked(message, world.clock.nowMs()))
      },
    }),
  ]
}

function noMessage({ name, messageId }: Readonly<Record<string, string>>): PipitError {
  return new PipitError('not-found', `there is no message ${messageId} in ${name}`)
}
