import { lastly } from './after.ts'
import { monotonicMs } from './clock.ts'
import type { Exchange, Leg, Outcome } from './exchange.ts'

/**
 * What answers an exchange: the mock, an upstream, the fixtures. What need not wait answers at once: a promise is a turn
 * of the event loop's queue and some garbage, and there are thousands of requests a second. `await` takes both.
 */
export type Hop = (exchange: Exchange) => Outcome | Promise<Outcome>

/**
 * Stands before a hop: waits, changes, answers, calls on, calls on twice. Where it stands to `next` says what happened:
 * an effect without `next()` is a request that was lost, an effect after it is a lost answer to a request that was
 * executed, `next()` twice is a request that the network duplicated.
 */
export type Injector = (exchange: Exchange, next: Hop) => Outcome | Promise<Outcome>

/** The onion, outermost injector first. Values come back through it; there is no index counter, so twice is legal. */
export function chain(injectors: readonly Injector[], hop: Hop): Hop {
  return injectors.reduceRight<Hop>((next, injector) => (exchange) => injector(exchange, next), hop)
}

/** The same, and how long it took is written down: the leg with all that is behind it. */
export function timed(leg: Leg, hop: Hop): Hop {
  return (exchange) => {
    const startedMs = monotonicMs()
    return lastly(
      () => hop(exchange),
      () => exchange.trace.took(leg, monotonicMs() - startedMs),
    )
  }
}
