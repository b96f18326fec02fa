import type { Delivery, Outcome } from '../core/exchange.ts'
import type { Act, Firing } from './effect.ts'

/** What becomes of the bytes of one answer, and how that is called. */
export interface OnBytes {
  readonly what: string
  readonly deliveries: readonly Delivery[]
}

/**
 * Both halves of an effect on bytes: on an answer, and on a connection that nobody reads. `plan` is told how long the body
 * is, and says nothing for one that it would leave as it is.
 */
export function onBytes<Args>(plan: (args: Args, firing: Firing, bodyBytes: number) => OnBytes | undefined): {
  inject(args: Args): Act
  deliveries(args: Args, firing: Firing): readonly Delivery[]
} {
  return {
    inject: (args) => async (exchange, next, firing) => {
      const outcome = await next(exchange)
      if (outcome.kind === 'failure') return outcome
      const planned = plan(args, firing, Buffer.byteLength(outcome.response.body))
      if (planned === undefined) return outcome
      firing.happened('after-commit', planned.what)
      return delivered(outcome, ...planned.deliveries)
    },
    deliveries(args, firing) {
      const planned = plan(args, firing, Infinity)
      if (planned === undefined) return []
      firing.happened('after-commit', planned.what)
      return planned.deliveries
    },
  }
}

/** The same outcome, its bytes written so; what is to become of them already comes first. */
export function delivered(
  outcome: Outcome & { readonly kind: 'response' },
  ...deliveries: readonly Delivery[]
): Outcome {
  return { ...outcome, delivery: [...(outcome.delivery ?? []), ...deliveries] }
}
