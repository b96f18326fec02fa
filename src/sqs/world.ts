import type { Clock } from '../core/clock.ts'
import { settingsOf } from './attributes.ts'
import type { QueueTemplate, QueueTemplates } from './declared-queues.ts'
import type { Engine } from './engine/engine.ts'
import type { QueueKey } from './engine/queue-key.ts'
import type { Queue } from './engine/queue.ts'

/** AWS's two 60-second rules, which test suites that tear down and build up again cannot live with. */
export interface Strictness {
  /** QueueDeletedRecently. */
  readonly recreateDelay: boolean
  /** PurgeQueueInProgress. */
  readonly purgeDelay: boolean
}

export interface WorldParts {
  readonly engine: Engine
  readonly templates: QueueTemplates
  readonly strict: Strictness
  readonly clock: Clock
  readonly wall: Clock
}

const MOST_PLACES_IN_A_HINT = 3

/** The queues of one session: those that were created, and the declared ones, made when somebody looks. */
export class World {
  readonly engine: Engine
  readonly strict: Strictness
  /** The session's time, as the engine has it. */
  readonly clock: Clock
  /** Real time: how long a client is kept waiting at most. */
  readonly wall: Clock
  readonly #templates: QueueTemplates
  /** Declared queues that were deleted: they stay away until a reset. */
  readonly #deleted = new Set<string>()

  constructor(parts: WorldParts) {
    this.engine = parts.engine
    this.strict = parts.strict
    this.clock = parts.clock
    this.wall = parts.wall
    this.#templates = parts.templates
  }

  find(key: QueueKey): Queue | undefined {
    const queue = this.engine.find(key)
    if (queue !== undefined) return queue
    const template = this.#templates.get(key.name)
    return template === undefined || this.#deleted.has(textOf(key)) ? undefined : this.#make(key, template)
  }

  /** As calls find it: not yet while the lag of its creation lasts. */
  lookUp(key: QueueKey): Queue | undefined {
    const queue = this.find(key)
    return queue === undefined || this.hiddenMs(queue) > 0 ? undefined : queue
  }

  /** How long calls will not find it yet. */
  hiddenMs({ foundFromMs }: Queue): number {
    return foundFromMs === undefined ? 0 : Math.max(0, foundFromMs - this.clock.nowMs())
  }

  /** All queues of an account in a region, by name. */
  queues(account: string, region: string): Iterable<Queue> {
    for (const name of this.#templates.keys()) this.find({ account, region, name })
    return this.engine.queues(account, region)
  }

  remove(queue: Queue): void {
    if (this.#templates.has(queue.key.name)) this.#deleted.add(textOf(queue.key))
    this.engine.remove(queue)
  }

  /** Where a queue of this name is, for somebody who looked in the wrong place, or too early. */
  hint(key: QueueKey): string | undefined {
    const hidden = this.engine.find(key)
    if (hidden !== undefined)
      return `queue '${key.name}' was created, and sqs.createLag hides it for ${this.hiddenMs(hidden)} ms more`
    const places: string[] = []
    for (const queue of this.engine.all()) {
      if (queue.key.name === key.name)
        places.push(`region ${printable(queue.key.region)}, account ${queue.key.account}`)
    }
    if (places.length === 0) return undefined
    const more = places.length > MOST_PLACES_IN_A_HINT ? ` and ${places.length - MOST_PLACES_IN_A_HINT} more` : ''
    return (
      `queue '${key.name}' exists in ${places.slice(0, MOST_PLACES_IN_A_HINT).join('; ')}${more}; ` +
      `this call looked in region ${printable(key.region)}, account ${key.account}`
    )
  }

  /** The dead-letter queue first: a queue's redrive policy never names one that is not there. */
  #make(key: QueueKey, { isFifo, attributes, dlq }: QueueTemplate): Queue {
    const own = new Map(attributes)
    if (dlq !== undefined) {
      const target = this.find({ ...key, name: dlq.name })
      if (target !== undefined) {
        const { maxReceiveCount } = dlq
        own.set('RedrivePolicy', JSON.stringify({ deadLetterTargetArn: target.arn, maxReceiveCount }))
      }
    }
    const queue = this.engine.create(key, settingsOf(own, isFifo))
    for (const [name, value] of own) queue.attributes.set(name, value)
    return queue
  }
}

/** A hint becomes a header; a region can be any text. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?')
}

function textOf(key: QueueKey): string {
  return `${key.account}/${key.region}/${key.name}`
}
