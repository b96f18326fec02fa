import { Agenda } from './agenda.ts'
import type { Clock } from './clock.ts'

/**
 * A session's time: real time, until a test moves it on or stops it. It never goes back: what is in a queue has happened
 * at its time.
 *
 *     running   now = wall + offset      advance, set: the offset grows
 *     frozen    now = one moment         advance, set: the moment moves; resume: runs on from there
 *
 * Its tasks share one task of the wall clock, set for the nearest; a frozen one has none.
 */
export class SessionClock implements Clock {
  readonly #wall: Clock
  readonly #agenda = new Agenda()
  #offsetMs = 0
  #frozenAtMs: number | undefined
  #armedForMs = Infinity
  #disarm: () => void = () => {}

  constructor(wall: Clock) {
    this.#wall = wall
  }

  nowMs(): number {
    return this.#frozenAtMs ?? this.#wall.nowMs() + this.#offsetMs
  }

  /** How far it is ahead of real time; of a frozen one, at this moment. */
  get offsetMs(): number {
    return this.#frozenAtMs === undefined ? this.#offsetMs : this.#frozenAtMs - this.#wall.nowMs()
  }

  get isFrozen(): boolean {
    return this.#frozenAtMs !== undefined
  }

  schedule(atMs: number, task: () => void): () => void {
    const entry = this.#agenda.add(atMs, task)
    if (atMs < this.#armedForMs) this.#arm()
    return () => this.#agenda.remove(entry)
  }

  /** Runs everything due on the way, each task at its own moment. `byMs` is not negative. */
  advance(byMs: number): void {
    const wasFrozen = this.isFrozen
    const untilMs = this.nowMs() + byMs
    this.#frozenAtMs = this.nowMs()
    try {
      for (let due = this.#agenda.takeDue(untilMs); due !== undefined; due = this.#agenda.takeDue(untilMs)) {
        this.#frozenAtMs = Math.max(this.#frozenAtMs, due.atMs)
        due.task()
      }
    } finally {
      this.#frozenAtMs = wasFrozen ? untilMs : undefined
      if (!wasFrozen) this.#offsetMs += byMs
      this.#arm()
    }
  }

  /** Time stops. Clients do not wait longer for it: a long poll ends in real time, too. */
  freeze(): void {
    this.#frozenAtMs ??= this.nowMs()
    this.#arm()
  }

  /** Time runs on from where it is. */
  resume(): void {
    if (this.#frozenAtMs === undefined) return
    this.#offsetMs = this.#frozenAtMs - this.#wall.nowMs()
    this.#frozenAtMs = undefined
    this.#arm()
  }

  /** Nothing that was scheduled happens any more. */
  stop(): void {
    this.#disarm()
    this.#disarm = () => {}
    this.#armedForMs = -Infinity
  }

  #arm(): void {
    if (this.#armedForMs === -Infinity) return
    const nextMs = this.isFrozen ? Infinity : this.#agenda.nextMs
    this.#disarm()
    this.#armedForMs = nextMs
    this.#disarm = nextMs === Infinity ? () => {} : this.#wall.schedule(nextMs - this.#offsetMs, () => this.#run())
  }

  #run(): void {
    this.#armedForMs = Infinity
    try {
      for (let due = this.#agenda.takeDue(this.nowMs()); due !== undefined; due = this.#agenda.takeDue(this.nowMs()))
        due.task()
    } finally {
      this.#arm()
    }
  }
}
