import type { Socket } from 'node:net'
import { type Clock, monotonicMs } from '../core/clock.ts'
import type { Delivery, Ending } from '../core/exchange.ts'
import { deliver, endConnection } from './delivery.ts'
import { type DeliveryPlan, deliveryPlan, type Step, STREAM } from './delivery-plan.ts'

export interface DeliveredPathParts {
  readonly from: Socket
  readonly to: Socket
  readonly wall: Clock
  /** What becomes of the bytes: asked when the first are there. */
  readonly deliveries: (first: Buffer) => readonly Delivery[]
  /** These have gone on, changed or not. */
  readonly onPassed: (bytes: Buffer) => void
  /** A fault ends the connection so, now. */
  readonly onCut: (ending: Ending) => void
  /** All has gone on, and the writer has ended its side. */
  readonly onEnd: () => void
}

/** What waits on the way, while a fault lets it wait: then its writer is stopped. */
const MOST_WAITING_BYTES = 1024 * 1024

interface Waiting {
  readonly bytes: Buffer
  readonly sinceMs: number
}

/** One direction of a connection whose bytes go on as deliveries say: late, in pieces, changed, not all of them. */
export class DeliveredPath {
  readonly #parts: DeliveredPathParts
  readonly #gone = new AbortController()
  readonly #waiting: Waiting[] = []
  #waitingBytes = 0
  #plan: DeliveryPlan | undefined
  #isBusy = false
  #hasEnded = false

  constructor(parts: DeliveredPathParts) {
    this.#parts = parts
  }

  /** From now on bytes pass. */
  start(): void {
    const { from, to } = this.#parts
    from.on('data', (bytes: Buffer) => this.#take(bytes))
    from.once('end', () => {
      this.#hasEnded = true
      void this.#pass()
    })
    to.once('close', () => this.#gone.abort())
  }

  #take(bytes: Buffer): void {
    if (this.#gone.signal.aborted) return
    this.#waiting.push({ bytes, sinceMs: monotonicMs() })
    this.#waitingBytes += bytes.length
    if (this.#waitingBytes >= MOST_WAITING_BYTES) this.#parts.from.pause()
    void this.#pass()
  }

  /** One chunk after the other; what comes meanwhile waits. */
  async #pass(): Promise<void> {
    if (this.#isBusy) return
    this.#isBusy = true
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const ending = await this.#deliver(next)
      if (this.#gone.signal.aborted) return
      if (ending !== undefined) return this.#cut(ending)
      this.#waitingBytes -= next.bytes.length
      if (this.#waitingBytes < MOST_WAITING_BYTES) this.#parts.from.resume()
    }
    this.#isBusy = false
    if (this.#hasEnded) this.#parts.onEnd()
  }

  async #deliver({ bytes, sinceMs }: Waiting): Promise<Ending | undefined> {
    const { to, wall, deliveries } = this.#parts
    this.#plan ??= deliveryPlan(deliveries(bytes), STREAM)
    const steps = this.#watched(this.#plan(bytes, monotonicMs() - sinceMs))
    return (await deliver(steps, { socket: to, wall, signal: this.#gone.signal })).ending
  }

  /** What has been written is told when the next step is asked for: it has gone on by then. */
  *#watched(steps: Iterable<Step>): Iterable<Step> {
    for (const step of steps) {
      yield step
      if (step.kind === 'write' && step.bytes.length > 0) this.#parts.onPassed(step.bytes)
    }
  }

  /** Busy for good: nothing passes any more. */
  #cut(ending: Ending): void {
    this.#waiting.length = 0
    this.#parts.from.pause()
    this.#parts.onCut(ending)
    endConnection(this.#parts.to, ending, this.#parts.wall)
  }
}
