import type { Clock } from '../../core/clock.ts'
import { LinkedList, type ListItem } from '../../core/linked-list.ts'
import type { Delivered, ReceiveRequest } from './queue-calls.ts'

class Waiter implements ListItem<Waiter> {
  readonly request: ReceiveRequest
  readonly done: (delivered: readonly Delivered[]) => void
  cancelDeadline: () => void = () => {}
  previous: Waiter | undefined = undefined
  next: Waiter | undefined = undefined
  list: object | undefined = undefined

  constructor(request: ReceiveRequest, done: (delivered: readonly Delivered[]) => void) {
    this.request = request
    this.done = done
  }
}

/** Long polls of one queue, first come, first served. Those that get nothing keep their place and their deadline. */
export class Waiters {
  readonly #waiting = new LinkedList<Waiter>()
  readonly #clock: Clock
  #isServing = false
  #mustServeAgain = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#waiting.size
  }

  /** `done` is called once, unless the answer to this call, giving up, is called before. */
  add(request: ReceiveRequest, untilMs: number, done: (delivered: readonly Delivered[]) => void): () => void {
    const waiter = new Waiter(request, done)
    this.#waiting.push(waiter)
    waiter.cancelDeadline = this.#clock.schedule(untilMs, () => this.#end(waiter, []))
    return () => this.#remove(waiter)
  }

  /**
   * Offers messages to each in turn, until one gets none who could have any: what a policy keeps from one is there for
   * the others. What is served may lead back here: two queues that are each other's dead-letter queue wake each other.
   * Then it is this loop that goes on, or a waiter would be answered twice.
   */
  serve(receive: (request: ReceiveRequest) => readonly Delivered[]): void {
    this.#mustServeAgain = true
    if (this.#isServing) return
    this.#isServing = true
    try {
      while (this.#mustServeAgain) {
        this.#mustServeAgain = false
        this.#serve(receive)
      }
    } finally {
      this.#isServing = false
    }
  }

  endAll(): void {
    for (let waiter = this.#waiting.first; waiter !== undefined; waiter = this.#waiting.first) this.#end(waiter, [])
  }

  #serve(receive: (request: ReceiveRequest) => readonly Delivered[]): void {
    let refused: Waiter | undefined
    for (;;) {
      const waiter = refused?.list === undefined ? this.#waiting.first : refused.next
      if (waiter === undefined) return
      const delivered = receive(waiter.request)
      if (delivered.length > 0) this.#end(waiter, delivered)
      else if (waiter.request.policies === undefined) return
      else refused = waiter
    }
  }

  #end(waiter: Waiter, delivered: readonly Delivered[]): void {
    this.#remove(waiter)
    waiter.done(delivered)
  }

  #remove(waiter: Waiter): void {
    if (waiter.list === undefined) return
    waiter.cancelDeadline()
    this.#waiting.remove(waiter)
  }
}
