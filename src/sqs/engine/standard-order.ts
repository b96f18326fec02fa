import type { Clock } from '../../core/clock.ts'
import { Heap, type HeapItem } from '../../core/heap.ts'
import { LinkedList, type ListItem } from '../../core/linked-list.ts'
import type { Message, MessageState } from './message.ts'
import type { Order } from './order.ts'

/** AWS's numbers: a tenant is noisy with at least so many messages of its own in flight, and more than a tenth of all. */
const NOISY_IN_FLIGHT = 30
const NOISY_SHARE = 0.1
const QUIET_AFTER_MS = 5 * 60_000

class Tenant implements HeapItem, ListItem<Tenant> {
  readonly id: string
  /** Messages stored, visible or not. */
  size = 0
  inFlight = 0
  lastSentMs = 0
  isNoisy = false
  /** Visible messages held back while it is noisy. */
  readonly heldBack = new LinkedList<Message>()
  /** Places in the heap and the list of those that hold back messages. */
  heapIndex = -1
  previous: Tenant | undefined = undefined
  next: Tenant | undefined = undefined
  list: object | undefined = undefined

  constructor(id: string) {
    this.id = id
  }
}

/**
 * Standard queues: in the order in which messages became visible. AWS promises none, but suites written against a mock
 * assume this one; a message that comes back from a timeout goes to the end, so poison does not starve the rest.
 *
 * Messages with a MessageGroupId make it a fair queue: while a tenant is noisy its visible messages stand aside and are
 * delivered only when nobody else has any, the noisy tenant with the fewest in flight first. AWS also counts a tenant's
 * share of recent processing time, without saying over which window: that part is left out.
 */
export class StandardOrder implements Order {
  readonly lockedGroups = 0
  readonly #clock: Clock
  readonly #visible = new LinkedList<Message>()
  readonly #tenants = new Map<string, Tenant>()
  /** Noisy tenants that hold back messages: by what they have in flight, and the one that sent longest ago first. */
  readonly #noisy = new Heap<Tenant>((a, b) => a.inFlight < b.inFlight)
  readonly #bySending = new LinkedList<Tenant>()
  #inFlight = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Tenants that have a message at all. */
  get tenants(): number {
    return this.#tenants.size
  }

  enter(message: Message): void {
    const tenant = this.#tenantOf(message)
    if (tenant !== undefined) {
      this.#isNoisy(tenant)
      tenant.size++
      tenant.lastSentMs = this.#clock.nowMs()
      if (tenant.list !== undefined) {
        this.#bySending.remove(tenant)
        this.#bySending.push(tenant)
      }
    }
    if (message.state === 'visible') this.#visible.push(message)
  }

  show(message: Message, from: MessageState): void {
    if (from === 'taken') this.#release(this.#tenantOf(message))
    this.#visible.push(message)
  }

  hide(message: Message): void {
    const tenant = this.#tenantOf(message)
    this.#detach(message, tenant)
    this.#inFlight++
    if (tenant === undefined) return
    tenant.inFlight++
    if (tenant.inFlight >= NOISY_IN_FLIGHT && tenant.inFlight > this.#inFlight * NOISY_SHARE) tenant.isNoisy = true
    if (tenant.heapIndex >= 0) this.#noisy.update(tenant)
  }

  leave(message: Message, from: MessageState): void {
    const tenant = this.#tenantOf(message)
    if (from === 'visible') this.#detach(message, tenant)
    if (from === 'taken') this.#release(tenant)
    if (tenant !== undefined && --tenant.size === 0) this.#tenants.delete(tenant.id)
  }

  next(): Message | undefined {
    for (let tenant = this.#bySending.first; tenant !== undefined; tenant = this.#bySending.first)
      if (this.#isNoisy(tenant)) break
    for (let message = this.#visible.first; message !== undefined; message = this.#visible.first) {
      const tenant = message.groupId === undefined ? undefined : this.#tenants.get(message.groupId)
      if (tenant === undefined || !this.#isNoisy(tenant)) return message
      this.#holdBack(message, tenant)
    }
    return this.#noisy.peek()?.heldBack.first
  }

  /** What noisy tenants have in the line is held back on the way, as it is when the line gets there. */
  *ahead(): Generator<Message> {
    this.next()
    for (let message = this.#visible.first, next: Message | undefined; message !== undefined; message = next) {
      next = message.next
      const tenant = this.#tenantOf(message)
      if (tenant !== undefined && this.#isNoisy(tenant)) this.#holdBack(message, tenant)
      else yield message
    }
    for (const tenant of this.#noisy) yield* tenant.heldBack
  }

  reach(): void {
    // It can leave its line from anywhere.
  }

  finish(): void {
    // A standard queue has no locks to give back.
  }

  #tenantOf(message: Message): Tenant | undefined {
    if (message.groupId === undefined) return undefined
    let tenant = this.#tenants.get(message.groupId)
    if (tenant === undefined) this.#tenants.set(message.groupId, (tenant = new Tenant(message.groupId)))
    return tenant
  }

  #holdBack(message: Message, tenant: Tenant): void {
    this.#visible.remove(message)
    tenant.heldBack.push(message)
    if (tenant.heapIndex >= 0) return
    this.#noisy.add(tenant)
    let before = this.#bySending.last
    while (before !== undefined && before.lastSentMs > tenant.lastSentMs) before = before.previous
    this.#bySending.insertAfter(tenant, before)
  }

  #detach(message: Message, tenant: Tenant | undefined): void {
    if (message.list === this.#visible) return this.#visible.remove(message)
    if (tenant === undefined) throw new Error('a visible message is in a list')
    tenant.heldBack.remove(message)
    if (tenant.heldBack.size === 0) this.#stopHolding(tenant)
  }

  #release(tenant: Tenant | undefined): void {
    this.#inFlight--
    if (tenant === undefined) return
    tenant.inFlight--
    if (tenant.heapIndex >= 0) this.#noisy.update(tenant)
  }

  /** Noisy until its backlog is gone (then the tenant is forgotten) or it has sent nothing for five minutes. */
  #isNoisy(tenant: Tenant): boolean {
    if (tenant.isNoisy && this.#clock.nowMs() - tenant.lastSentMs >= QUIET_AFTER_MS) this.#calm(tenant)
    return tenant.isNoisy
  }

  /** What it held back is older than what stands in line now. */
  #calm(tenant: Tenant): void {
    tenant.isNoisy = false
    if (tenant.heldBack.size > 0) this.#stopHolding(tenant)
    for (let message = tenant.heldBack.last; message !== undefined; message = tenant.heldBack.last) {
      tenant.heldBack.remove(message)
      this.#visible.insertAfter(message, undefined)
    }
  }

  #stopHolding(tenant: Tenant): void {
    this.#noisy.remove(tenant)
    this.#bySending.remove(tenant)
  }
}
