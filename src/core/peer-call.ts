import { ServiceError } from './errors.ts'
import { type Exchange, withCall } from './exchange.ts'
import { didYouMean } from './nearest.ts'
import type { Peer } from './service.ts'

export interface PeerCall {
  readonly operation: string
  /** Members by their model names, as the protocols decode them. */
  readonly input: Readonly<Record<string, unknown>>
  /** Those of the exchange unless said. */
  readonly region?: string
  readonly account?: string
}

/**
 * One service calls another of its session, for the caller of an exchange: no request, no fault and no journal, as between
 * services of AWS. Rejects with a ServiceError for what the other one refuses.
 */
export async function callPeer(
  { service, mock }: Peer,
  exchange: Exchange,
  { operation, input, region = exchange.caller.region, account = exchange.caller.account }: PeerCall,
): Promise<Readonly<Record<string, unknown>>> {
  const [protocol] = service.protocols
  if (protocol === undefined || !service.operations.includes(operation))
    throw new TypeError(`${service.name} has no operation ${operation}${didYouMean(operation, service.operations)}`)
  const call = { protocol, operation, input, path: '/' }
  const result = await mock.call(
    call,
    withCall(exchange, call, {
      service: service.name,
      mount: mountOf(service.name, exchange),
      caller: { ...exchange.caller, region, account, signingName: service.signingName },
      disruptions: [],
    }),
  )
  if (result.kind === 'error') throw new ServiceError(result.error)
  return result.output
}

/** `/s/blue/sns` becomes `/s/blue/sqs`: what is handed out is reached as the client reached this one. */
function mountOf(service: string, exchange: Exchange): string {
  const own = `/${exchange.service}`
  return exchange.mount.endsWith(own) ? `${exchange.mount.slice(0, -own.length)}/${service}` : exchange.mount
}
