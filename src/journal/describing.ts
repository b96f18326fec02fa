import { isDecodeFailure } from '../core/exchange.ts'
import type { Ended } from '../core/finished.ts'
import type { Description, Service } from '../core/service.ts'
import type { Describe } from './entry.ts'

/** A service that cannot describe a call has a bug; the call itself is answered all the same. */
export function describing(services: readonly Service[], onError: ((error: unknown) => void) | undefined): Describe {
  const byName = new Map(services.map((service) => [service.name, service]))
  return (name, call, result) => {
    try {
      return byName.get(name)?.describe?.(call, result) ?? {}
    } catch (error) {
      onError?.(error)
      return {}
    }
  }
}

/** What an exchange was about, and what came of it; nothing where it could not be read. */
export function inWords({ exchange, outcome }: Ended, describe: Describe): Description {
  const call = exchange.call()
  if (isDecodeFailure(call)) return {}
  return describe(exchange.service, call, outcome.kind === 'response' ? outcome.result : undefined)
}
