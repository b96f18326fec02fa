import { Agenda } from './agenda.ts'

/** Time, injected. `schedule` runs a task at or after a moment of this clock and answers how to cancel it. */
export interface Clock {
  nowMs(): number
  schedule(atMs: number, task: () => void): () => void
}

/** For durations only: has no date, never jumps. Milliseconds, with fractions. */
export function monotonicMs(): number {
  return performance.now()
}

/** Node's timers fire at once above this. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/**
 * Real time. All tasks share one process timer, armed for the nearest: an idle server does not tick. The timer does not
 * keep the process alive.
 */
export function createWallClock(): Clock {
  const agenda = new Agenda()
  let timer: NodeJS.Timeout | undefined
  let armedForMs = Infinity

  const arm = (): void => {
    const nextMs = agenda.nextMs
    if (nextMs === armedForMs) return
    clearTimeout(timer)
    armedForMs = nextMs
    timer =
      nextMs === Infinity
        ? undefined
        : setTimeout(run, Math.min(Math.max(0, Math.ceil(nextMs - Date.now())), LONGEST_TIMEOUT_MS)).unref()
  }
  const run = (): void => {
    armedForMs = Infinity
    try {
      for (let due = agenda.takeDue(Date.now()); due !== undefined; due = agenda.takeDue(Date.now())) due.task()
    } finally {
      arm()
    }
  }
  return {
    nowMs: () => Date.now(),
    schedule(atMs, task) {
      const entry = agenda.add(atMs, task)
      if (atMs < armedForMs) arm()
      return () => agenda.remove(entry)
    },
  }
}

/** A clock that moves only when told: for tests. */
export class VirtualClock implements Clock {
  readonly #agenda = new Agenda()
  #nowMs: number

  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  schedule(atMs: number, task: () => void): () => void {
    const entry = this.#agenda.add(atMs, task)
    return () => this.#agenda.remove(entry)
  }

  /** Runs everything due on the way, each at its own moment. */
  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs
    for (let due = this.#agenda.takeDue(untilMs); due !== undefined; due = this.#agenda.takeDue(untilMs)) {
      this.#nowMs = Math.max(this.#nowMs, due.atMs)
      due.task()
    }
    this.#nowMs = untilMs
  }
}
