import type { Clock } from '../../core/clock.ts'
import type { Random } from '../../core/random.ts'
import { MessageIds } from './message.ts'
import { Queue } from './queue.ts'
import type { QueueSettings } from './queue-calls.ts'
import { arnOf, type QueueKey } from './queue-key.ts'
import { ReceiptHandles } from './receipt-handle.ts'
import { ExpiringMap } from './expiring-map.ts'

export interface EngineLimits {
  /** AWS: about 120,000. */
  readonly inFlightStandard: number
  readonly inFlightFifo: number
}

export interface EngineEnvironment {
  readonly clock: Clock
  readonly random: Random
  readonly limits?: Partial<EngineLimits>
}

const AWS_LIMITS: EngineLimits = { inFlightStandard: 120_000, inFlightFifo: 120_000 }
const DELETION_REMEMBERED_MS = 60_000

/** All queues of one session. Synchronous; its only time is the clock it is given. */
export class Engine {
  readonly clock: Clock
  readonly ids: MessageIds
  readonly handles: ReceiptHandles
  readonly #limits: EngineLimits
  readonly #queues = new Map<string, Queue>()
  readonly #scopes = new Map<string, Map<string, Queue>>()
  readonly #deletions = new ExpiringMap<number>(DELETION_REMEMBERED_MS)
  #incarnations = 0

  constructor(environment: EngineEnvironment) {
    this.clock = environment.clock
    this.#limits = { ...AWS_LIMITS, ...environment.limits }
    this.ids = new MessageIds(environment.random)
    this.handles = new ReceiptHandles(environment.random)
  }

  find(key: QueueKey): Queue | undefined {
    return this.#scopes.get(scopeOf(key.account, key.region))?.get(key.name)
  }

  findByArn(arn: string): Queue | undefined {
    return this.#queues.get(arn)
  }

  /** The caller has made sure that there is none of this key. */
  create(key: QueueKey, settings: QueueSettings): Queue {
    const queue = new Queue(this, key, settings, ++this.#incarnations)
    if (this.#queues.has(queue.arn)) throw new Error(`${queue.arn} exists`)
    this.#queues.set(queue.arn, queue)
    const scope = scopeOf(key.account, key.region)
    let queues = this.#scopes.get(scope)
    if (queues === undefined) this.#scopes.set(scope, (queues = new Map()))
    queues.set(key.name, queue)
    return queue
  }

  /** Its long polls end empty. */
  remove(queue: Queue): void {
    this.#queues.delete(queue.arn)
    this.#scopes.get(scopeOf(queue.key.account, queue.key.region))?.delete(queue.key.name)
    this.#deletions.set(queue.arn, this.clock.nowMs(), this.clock.nowMs())
    queue.purge()
    queue.close()
  }

  /** Of one account and region, by name. */
  queues(account: string, region: string): Iterable<Queue> {
    const queues = this.#scopes.get(scopeOf(account, region))?.values() ?? []
    return [...queues].sort((a, b) => (a.key.name < b.key.name ? -1 : 1))
  }

  /** In every account and region. */
  all(): Iterable<Queue> {
    return this.#queues.values()
  }

  /** When a queue of this key was deleted, if that is less than a minute ago. */
  deletedAtMs(key: QueueKey): number | undefined {
    return this.#deletions.get(arnOf(key), this.clock.nowMs())
  }

  inFlightLimit(isFifo: boolean): number {
    return isFifo ? this.#limits.inFlightFifo : this.#limits.inFlightStandard
  }

  /** Ends every long poll. */
  close(): void {
    for (const queue of this.#queues.values()) queue.close()
  }
}

function scopeOf(account: string, region: string): string {
  return `${account}/${region}`
}
