import type { Clock } from '../core/clock.ts'
import { ServiceError } from '../core/errors.ts'
import { pluginFailure, thrownFailure } from './plugin-failure.ts'

/** A plugin's own time for one answer, in real time: boto3 gives up after a minute, and should see our answer before. */
export const ANSWER_LIMIT_MS = 30_000

export interface Guarded {
  /** As messages name it: its file. */
  readonly plugin: string
  /** What is asked of it: `Publish`, `before of SendMessage`. */
  readonly doing: string
  readonly wall: Clock
  /** Where what is under way can be ended early: its session is over. */
  readonly underWay?: Set<() => void>
}

/** Time that is not the plugin's own: it waits for somebody else. */
export type Elsewhere = <T>(promise: Promise<T>) => Promise<T>

/**
 * Runs a plugin's code. What it throws becomes a ServiceError that names it; so does what does not end in time, or in its
 * session. What is an answer already, a ServiceError or what `isAnswer` knows, goes through. An endless loop is not
 * ended: a plugin runs in pipit's own process.
 */
export function guarded<T>(
  { plugin, doing, wall, underWay }: Guarded,
  run: (elsewhere: Elsewhere) => T | Promise<T>,
  isAnswer: (error: unknown) => error is Error = (_error): _error is Error => false,
): T | Promise<T> {
  const toFailure = (error: unknown): Error =>
    error instanceof ServiceError || isAnswer(error) ? error : thrownFailure(plugin, doing, error)
  const time = new OwnTime(wall, ANSWER_LIMIT_MS)
  let given: T | Promise<T>
  try {
    given = run((promise) => time.elsewhere(promise))
  } catch (error) {
    throw toFailure(error)
  }
  if (!isPromise(given)) return given
  const own = given
  return new Promise<T>((resolve, reject) => {
    const finish = (conclude: () => void): void => {
      time.stop()
      underWay?.delete(end)
      conclude()
    }
    const give = (text: string): void => finish(() => reject(pluginFailure(`${plugin}: ${doing} ${text}`)))
    const end = (): void => give('was under way when its session ended.')
    own.then(
      (value) => finish(() => resolve(value)),
      (error: unknown) => finish(() => reject(toFailure(error))),
    )
    underWay?.add(end)
    time.start(() =>
      give(`has not answered within ${ANSWER_LIMIT_MS / 1000} s: let it return a value, or a promise that ends.`),
    )
  })
}

/** A time limit that stands still while somebody else works. */
class OwnTime {
  readonly #wall: Clock
  #leftMs: number
  #sinceMs = 0
  #elsewhere = 0
  #over: (() => void) | undefined
  #cancel: () => void = () => {}

  constructor(wall: Clock, limitMs: number) {
    this.#wall = wall
    this.#leftMs = limitMs
  }

  start(over: () => void): void {
    this.#over = over
    if (this.#elsewhere === 0) this.#run()
  }

  stop(): void {
    this.#over = undefined
    this.#cancel()
  }

  async elsewhere<T>(promise: Promise<T>): Promise<T> {
    if (this.#elsewhere++ === 0 && this.#over !== undefined) this.#pause()
    try {
      return await promise
    } finally {
      if (--this.#elsewhere === 0 && this.#over !== undefined) this.#run()
    }
  }

  #run(): void {
    this.#sinceMs = this.#wall.nowMs()
    this.#cancel = this.#wall.schedule(this.#sinceMs + this.#leftMs, () => this.#over?.())
  }

  #pause(): void {
    this.#cancel()
    this.#leftMs -= this.#wall.nowMs() - this.#sinceMs
  }
}

function isPromise<T>(value: T | Promise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
