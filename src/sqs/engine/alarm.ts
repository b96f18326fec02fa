import type { Clock } from '../../core/clock.ts'

/** One timer that can be set to another time, or off. */
export class Alarm {
  readonly #clock: Clock
  readonly #ring: () => void
  #atMs = Infinity
  #cancel: () => void = () => {}

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock
    this.#ring = ring
  }

  /** When it will ring. A clock rings late at times: until then this is in the past. */
  get atMs(): number {
    return this.#atMs
  }

  /** `Infinity`: off. */
  set(atMs: number): void {
    if (atMs === this.#atMs) return
    this.#cancel()
    this.#atMs = atMs
    if (atMs === Infinity) return
    this.#cancel = this.#clock.schedule(atMs, () => {
      this.#atMs = Infinity
      this.#ring()
    })
  }
}
