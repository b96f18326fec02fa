import type { Clock } from '../../core/clock.ts'
import type { Random } from '../../core/random.ts'
import { MessageIds } from './message.ts'
import { MoveTasks } from './move-tasks.ts'
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
  readonly moveTasks: MoveTasks
  readonly #limits: EngineLimits
  readonly #queues = new Map<string, Queue>()
  /** By account and region. */
  readonly #scopes = new Map<string, Map<string, Scope>>()
  readonly #deletions = new ExpiringMap<number>(DELETION_REMEMBERED_MS)
  #incarnations = 0

  constructor(environment: EngineEnvironment) {
    this.clock = environment.clock
    this.#limits = { ...AWS_LIMITS, ...environment.limits }
    this.ids = new MessageIds(environment.random, environment.clock.nowMs())
    this.handles = new ReceiptHandles(environment.random)
    this.moveTasks = new MoveTasks(this, environment.random)
  }

  find(key: QueueKey): Queue | undefined {
    return this.#scopeOf(key.account, key.region)?.queues.get(key.name)
  }

  findByArn(arn: string): Queue | undefined {
    return this.#queues.get(arn)
  }

  /** The caller has made sure that there is none of this key. */
  create(key: QueueKey, settings: QueueSettings): Queue {
    const queue = new Queue(this, key, settings, ++this.#incarnations)
    if (this.#queues.has(queue.arn)) throw new Error(`${queue.arn} exists`)
    this.#queues.set(queue.arn, queue)
    const scope = this.#scopeOf(key.account, key.region) ?? this.#addScope(key.account, key.region)
    scope.queues.set(key.name, queue)
    scope.byName = undefined
    return queue
  }

  /** Its long polls end empty, and the move tasks that empty it are forgotten. */
  remove(queue: Queue): void {
    if (this.#queues.get(queue.arn) !== queue) return
    this.#queues.delete(queue.arn)
    const { account, region, name } = queue.key
    const scope = this.#scopeOf(account, region) as Scope
    scope.queues.delete(name)
    scope.byName = undefined
    if (scope.queues.size === 0) this.#removeScope(account, region)
    this.moveTasks.forget(queue.arn)
    this.#deletions.set(queue.arn, this.clock.nowMs(), this.clock.nowMs())
    queue.purge()
    queue.close()
  }

  /** Of one account and region, by name. */
  queues(account: string, region: string): Iterable<Queue> {
    const scope = this.#scopeOf(account, region)
    if (scope === undefined) return []
    scope.byName ??= [...scope.queues.values()].toSorted((a, b) => (a.key.name < b.key.name ? -1 : 1))
    return scope.byName
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

  /** Forgets every message and what the queues remember of former ones. Costs next to nothing for queues not used. */
  clear(): void {
    this.moveTasks.clear()
    for (const queue of this.#queues.values()) queue.clear()
  }

  /** Ends every long poll and every move task. */
  close(): void {
    this.moveTasks.close()
    for (const queue of this.#queues.values()) queue.close()
  }

  #scopeOf(account: string, region: string): Scope | undefined {
    return this.#scopes.get(account)?.get(region)
  }

  #addScope(account: string, region: string): Scope {
    const scope: Scope = { queues: new Map(), byName: undefined }
    const ofAccount = this.#scopes.get(account)
    if (ofAccount === undefined) this.#scopes.set(account, new Map([[region, scope]]))
    else ofAccount.set(region, scope)
    return scope
  }

  #removeScope(account: string, region: string): void {
    const ofAccount = this.#scopes.get(account)
    ofAccount?.delete(region)
    if (ofAccount?.size === 0) this.#scopes.delete(account)
  }
}

interface Scope {
  readonly queues: Map<string, Queue>
  /** Sorted when somebody asks: most queues are found, not listed. */
  byName: readonly Queue[] | undefined
}
