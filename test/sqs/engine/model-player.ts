import { FifoModel } from './fifo-model.ts'
import type { HistorySettings, Player, Taken } from './history.ts'
import type { ModelDelivery, ModelDraft, ModelQueue } from './model.ts'
import { StandardModel } from './standard-model.ts'

interface Wait {
  readonly queue: number
  readonly max: number
  readonly untilMs: number
  readonly done: (taken: readonly Taken<ModelDelivery>[]) => void
}

/** Plays a history on the naive models. Time goes by in half seconds, and at each everybody who waits asks again. */
export class ModelPlayer implements Player<ModelDelivery> {
  readonly #queues: readonly ModelQueue[]
  #nowMs = 0
  #waits: Wait[] = []

  constructor({ kind, delaySeconds, scope, redrives }: HistorySettings) {
    this.#queues = redrives.map(({ target, maxReceiveCount }, index) => {
      const redrive = target === index ? undefined : { target: () => this.#queues[target], maxReceiveCount }
      const settings = { delaySeconds, retentionSeconds: 600, redrive }
      return kind === 'fifo' ? new FifoModel(`q${index}`, settings, scope) : new StandardModel(`q${index}`, settings)
    })
  }

  send(queue: number, draft: ModelDraft): string {
    return this.#then(this.#at(queue).send(this.#nowMs, draft))
  }

  receive(queue: number, max: number, seconds: number): readonly Taken<ModelDelivery>[] {
    return this.#then(this.#at(queue).receive(this.#nowMs, max, seconds).map(takenOf))
  }

  poll(queue: number, max: number, waitMs: number, done: Wait['done']): () => void {
    const wait = { queue, max, untilMs: this.#nowMs + waitMs, done }
    this.#waits.push(wait)
    this.#serve()
    return () => this.#leave(wait)
  }

  delete(queue: number, handle: ModelDelivery): string {
    return this.#then(this.#at(queue).delete(this.#nowMs, handle))
  }

  change(queue: number, handle: ModelDelivery, seconds: number): string {
    return this.#then(this.#at(queue).change(this.#nowMs, handle, seconds))
  }

  advance(seconds: number): void {
    for (let halves = seconds * 2; halves > 0; halves--) {
      if (this.#waits.length === 0) {
        this.#nowMs += halves * 500
        return
      }
      this.#nowMs += 500
      this.#serve()
      for (const wait of this.#waits.filter(({ untilMs }) => untilMs <= this.#nowMs)) {
        this.#leave(wait)
        wait.done([])
      }
    }
  }

  setRetention(queue: number, seconds: number): void {
    this.#at(queue).setRetention(this.#nowMs, seconds)
    this.#serve()
  }

  purge(queue: number): void {
    this.#at(queue).purge()
  }

  counts(queue: number): string {
    const { visible, inFlight, delayed } = this.#at(queue).counts(this.#nowMs)
    return `${visible}/${inFlight}/${delayed}`
  }

  #then<T>(answer: T): T {
    this.#serve()
    return answer
  }

  #serve(): void {
    for (const wait of this.#waits) {
      const taken = this.#at(wait.queue).receive(this.#nowMs, wait.max, 5)
      if (taken.length === 0) continue
      this.#leave(wait)
      wait.done(taken.map(takenOf))
    }
  }

  #leave(wait: Wait): void {
    this.#waits = this.#waits.filter((each) => each !== wait)
  }

  #at(queue: number): ModelQueue {
    return this.#queues[queue] as ModelQueue
  }
}

function takenOf(delivery: ModelDelivery): Taken<ModelDelivery> {
  return { body: delivery.entry.body, count: delivery.count, handle: delivery }
}
