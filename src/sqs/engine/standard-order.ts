import type { Clock } from '../../core/clock.ts'
import { Heap, type HeapItem } from '../../core/heap.ts'
import { LinkedList } from '../../core/linked-list.ts'
import type { Message, MessageState } from './message.ts'
import type { Order } from './order.ts'

/** AWS's numbers: a tenant is noisy with at least so many messages of its own in flight, and more than a tenth of all. */
const NOISY_IN_FLIGHT = 30
const NOISY_SHARE = 0.1
const QUIET_AFTER_MS = 5 * 60_000

class Tenant implements HeapItem {
  readonly id: string
  /** Messages stored, visible or not. */
  size = 0
  inFlight = 0
  lastSentMs = 0
  isNoisy = false
  /** Visible messages held back while it is noisy. */
  readonly heldBack = new LinkedList<Message>()
  heapIndex = -1

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
  readonly #clock: Clock
  readonly #visible = new LinkedList<Message>()
  readonly #tenants = new Map<string, Tenant>()
  /** Noisy tenants that hold back messages. */
  readonly #noisy = new Heap<Tenant>((a, b) => a.inFlight < b.inFlight)
  #inFlight = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  enter(message: Message): void {
    const tenant = this.#tenantOf(message)
    if (tenant !== undefined) {
      tenant.size++
      tenant.lastSentMs = message.sentAtMs
    }
    if (message.state === 'visible') this.#append(message, tenant)
  }

  show(message: Message, from: MessageState): void {
    const tenant = this.#tenantOf(message)
    if (from === 'taken') this.#release(tenant)
    this.#append(message, tenant)
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
    for (let message = this.#visible.first; message !== undefined; message = this.#visible.first) {
      const tenant = message.groupId === undefined ? undefined : this.#tenants.get(message.groupId)
      if (tenant === undefined || !this.#isNoisy(tenant)) return message
      this.#visible.remove(message)
      this.#append(message, tenant)
    }
    for (let tenant = this.#noisy.peek(); tenant !== undefined; tenant = this.#noisy.peek()) {
      if (this.#isNoisy(tenant)) return tenant.heldBack.first
      this.#restore(tenant)
      return this.#visible.first
    }
    return undefined
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

  #append(message: Message, tenant: Tenant | undefined): void {
    if (tenant === undefined || !this.#isNoisy(tenant)) return this.#visible.push(message)
    tenant.heldBack.push(message)
    if (tenant.heapIndex < 0) this.#noisy.add(tenant)
  }

  #detach(message: Message, tenant: Tenant | undefined): void {
    if (message.list === this.#visible) return this.#visible.remove(message)
    if (tenant === undefined) throw new Error('a visible message is in a list')
    tenant.heldBack.remove(message)
    if (tenant.heldBack.size === 0) this.#noisy.remove(tenant)
  }

  #release(tenant: Tenant | undefined): void {
    this.#inFlight--
    if (tenant === undefined) return
    tenant.inFlight--
    if (tenant.heapIndex >= 0) this.#noisy.update(tenant)
  }

  /** Noisy until its backlog is gone (then the tenant is forgotten) or it has sent nothing for five minutes. */
  #isNoisy(tenant: Tenant): boolean {
    if (tenant.isNoisy && this.#clock.nowMs() - tenant.lastSentMs >= QUIET_AFTER_MS) tenant.isNoisy = false
    return tenant.isNoisy
  }

  /** Quiet again: what it held back is older than what stands in line now. */
  #restore(tenant: Tenant): void {
    this.#noisy.remove(tenant)
    for (let message = tenant.heldBack.last; message !== undefined; message = tenant.heldBack.last) {
      tenant.heldBack.remove(message)
      this.#visible.insertAfter(message, undefined)
    }
  }
}
