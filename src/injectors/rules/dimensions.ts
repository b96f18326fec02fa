import { attemptNumber } from '../../core/attempt.ts'
import { type Exchange, isDecodeFailure } from '../../core/exchange.ts'
import type { Service } from '../../core/service.ts'

/** What a rule's `on` can ask of a request, one word each. */
export type Dimension = (exchange: Exchange, service: Service | undefined) => string | undefined

/** In the order in which they are named as the reason why a rule did not match. */
export const DIMENSIONS = {
  session: ({ session }) => session,
  service: ({ service }) => service,
  operation: (exchange) => {
    const call = exchange.call()
    return isDecodeFailure(call) ? undefined : call.operation
  },
  /** The queue, as far as the service is one of queues: what the call is about. */
  queue: (exchange, service) => {
    const call = exchange.call()
    return isDecodeFailure(call) ? undefined : service?.describe?.(call, undefined).resource
  },
  attempt: ({ request }) => attemptNumber(request)?.toString(),
  region: ({ caller }) => caller.region,
  account: ({ caller }) => caller.account,
  accessKey: ({ caller }) => caller.accessKey,
  protocol: (exchange) => exchange.call().protocol.name,
} as const satisfies Record<string, Dimension>

export type DimensionName = keyof typeof DIMENSIONS

export const DIMENSION_NAMES = Object.keys(DIMENSIONS) as readonly DimensionName[]
