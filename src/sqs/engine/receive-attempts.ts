import { ExpiringMap } from './expiring-map.ts'
import type { Delivered } from './queue-calls.ts'

const REMEMBERED_MS = 5 * 60_000

interface Attempt {
  readonly delivered: readonly Delivered[]
  /** The end of each message's visibility timeout as this attempt left it: another one means that it was changed. */
  readonly dueMs: readonly (number | undefined)[]
}

/**
 * ReceiveRequestAttemptId: for five minutes the same id gives the same messages with the same handles, so that a client
 * may repeat a receive whose answer it lost, unless one of them was deleted, changed or has come back meanwhile.
 */
export class ReceiveAttempts {
  readonly #attempts = new ExpiringMap<Attempt>(REMEMBERED_MS)

  repeat(attemptId: string, nowMs: number): readonly Delivered[] | undefined {
    const attempt = this.#attempts.get(attemptId, nowMs)
    if (attempt === undefined) return undefined
    const untouched = attempt.delivered.every(
      ({ message, receiveCount }, i) =>
        message.state === 'taken' && message.receiveCount === receiveCount && message.dueMs === attempt.dueMs[i],
    )
    return untouched ? attempt.delivered : undefined
  }

  remember(attemptId: string, delivered: readonly Delivered[], nowMs: number): void {
    const dueMs = delivered.map(({ message }) => message.dueMs)
    this.#attempts.set(attemptId, { delivered, dueMs }, nowMs)
  }

  clear(): void {
    this.#attempts.clear()
  }
}
