import * as v from 'valibot'
import { type AdminRoute, adminRoute, json } from '../../core/admin-route.ts'
import { duration } from '../../core/duration.ts'
import { PipitError } from '../../core/errors.ts'
import { strictly } from '../../core/strictly.ts'
import { wholeNumber } from '../../core/whole-number.ts'
import type { Message } from '../engine/message.ts'
import type { Queue } from '../engine/queue.ts'
import type { World } from '../world.ts'
import { type Match, parseMatch } from './match.ts'
import { peeked } from './peeked.ts'
import { PLACE, queueOf } from './queue-of.ts'
import type { AdminOptions } from './routes.ts'

const USUAL_TIMEOUT_MS = 10_000
const LONGEST_TIMEOUT_MS = 10 * 60_000

const timeout = v.pipe(duration, v.maxValue(LONGEST_TIMEOUT_MS, 'expected at most 10m'))

const query = strictly({
  ...PLACE,
  match: v.optional(v.string()),
  count: v.optional(wholeNumber(1, 1000), '1'),
  timeout: v.optional(timeout),
  none: v.optional(timeout),
})

/** Waits for messages without receiving them: until enough of them have come, or none has for long enough. */
export function waitRoute({ worldOf, region }: AdminOptions): AdminRoute {
  return adminRoute({
    method: 'GET',
    path: '/_pipit/sqs/queues/{name}/wait',
    summary: 'Waits until so many messages have come that match, or, with none, makes sure that none comes',
    query,
    answers: {
      200: 'they have come; or none has',
      404: 'there is no such queue',
      408: 'they have not come in time; or one has',
      409: 'there are several queues of this name',
    },
    answer: async (ask) => {
      const { match, count, timeout: given, none } = ask.query
      if (none !== undefined && given !== undefined)
        throw new PipitError('bad-request', 'none says how long to wait: leave out timeout')
      const world = worldOf(ask)
      const queue = queueOf(world, ask, ask.query, region)
      const fits: Match = match === undefined ? () => true : parseMatch(match)
      const waitMs = none ?? given ?? USUAL_TIMEOUT_MS
      const { found, isOver } = await gather({ world, queue, fits, count, waitMs, signal: ask.signal })
      const messages = [...found.values()].map((message) => peeked(message, world.clock.nowMs()))
      const isMet = none === undefined ? found.size >= count : isOver && found.size === 0
      if (isMet) return json(200, { queue: queue.key.name, messages })
      const error =
        none === undefined
          ? `${found.size} of ${count} messages came to ${queue.key.name} in ${waitMs} ms`
          : `a message came to ${queue.key.name}`
      return json(408, { error, code: 'unmet', messages })
    },
  })
}

interface Wait {
  readonly world: World
  readonly queue: Queue
  readonly fits: Match
  readonly count: number
  readonly waitMs: number
  readonly signal: AbortSignal
}

interface Gathered {
  /** By message id: one that shows again counts once. */
  readonly found: ReadonlyMap<string, Message>
  /** The whole time has passed; else it was enough before, or nobody wants to know any more. */
  readonly isOver: boolean
}

/** Ends like a long poll: on the session's clock or in real time, whichever is first. */
function gather({ world: { clock, wall }, queue, fits, count, waitMs, signal }: Wait): Promise<Gathered> {
  const found = new Map<string, Message>()
  return new Promise((resolve, reject) => {
    const endings: (() => void)[] = []
    const end = (isOver: boolean): void => {
      for (const ending of endings) ending()
      resolve({ found, isOver })
    }
    const see = (message: Message): boolean => {
      if (found.size < count && fits(message.body)) found.set(message.messageId, message)
      return found.size >= count
    }
    for (const message of queue.desk.messages()) if (see(message)) return end(false)
    const fail = (error: Error): void => {
      for (const ending of endings) ending()
      reject(error)
    }
    const leave = (): void => end(false)
    const expire = (): void => end(true)
    // Telling comes in the middle of a call of the queue, which must end before the watch does.
    let isEnough = false
    const stop = queue.desk.watch({
      seen: (message) => {
        try {
          if (isEnough || !see(message)) return
          queueMicrotask(leave)
        } catch (error) {
          // A match that takes too long is the matter of who waits, not of who sends.
          queueMicrotask(() => fail(error as Error))
        }
        isEnough = true
      },
      ended: () => queueMicrotask(leave),
    })
    signal.addEventListener('abort', leave)
    endings.push(
      stop,
      clock.schedule(clock.nowMs() + waitMs, expire),
      wall.schedule(wall.nowMs() + waitMs, expire),
      () => signal.removeEventListener('abort', leave),
    )
    if (signal.aborted) leave()
  })
}
