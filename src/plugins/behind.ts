import { ServiceError } from '../core/errors.ts'
import type { Exchange, Outcome } from '../core/exchange.ts'
import type { Hop } from '../core/hop.ts'
import type { Phase } from '../core/trace.ts'
import type { Members } from './call-context.ts'

/** Far more than any retry: a loop that calls on without end is no answer. */
const MOST_CALLS = 100

/** What stands behind an injection: how often it was called, and what came of it. */
export class Behind {
  readonly #next: Hop
  readonly #passed = new Map<unknown, Outcome>()
  #calls = 0

  constructor(next: Hop) {
    this.#next = next
  }

  /** Whether the request has been executed. */
  get phase(): Phase {
    return this.#calls === 0 ? 'before-commit' : 'after-commit'
  }

  /** Rejects with what is not the plugin's doing. */
  async call(exchange: Exchange): Promise<Outcome> {
    if (++this.#calls > MOST_CALLS) throw new RangeError(`next was called more than ${MOST_CALLS} times`)
    try {
      return await this.#next(exchange)
    } catch (error) {
      throw new NotItsDoing(() => {
        throw error
      })
    }
  }

  /** What an operation has answered. Throws the error that it answered, and what became of an answer that was lost. */
  outputOf(outcome: Outcome): Members {
    if (outcome.kind === 'failure' || outcome.result === undefined) throw new NotItsDoing(() => outcome)
    if (outcome.result.kind === 'output') return outcome.result.output
    const error = new ServiceError(outcome.result.error)
    this.#passed.set(error, outcome)
    throw error
  }

  /** The outcome whose error a plugin has passed on as it was. */
  passed(error: unknown): Outcome | undefined {
    return this.#passed.get(error)
  }
}

/** Comes from behind an injection and goes out through it: a lost answer, one that nobody can read, a bug of pipit. */
export class NotItsDoing extends Error {
  readonly end: () => Outcome

  constructor(end: () => Outcome) {
    super('there is no answer to change')
    this.end = end
  }
}
