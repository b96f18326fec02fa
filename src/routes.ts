import type { Config } from './config.ts'
import { type Caller, header, type HttpRequest } from './core/exchange.ts'
import type { Protocol, Service } from './core/service.ts'
import { generic } from './protocols/generic.ts'
import { NO_OPERATION, noRoute } from './protocols/refusals.ts'
import { sqs } from './sqs/service.ts'

/** Every service that pipit serves. A new one is a line here. */
export function serviceTable(config: Config): readonly Service[] {
  return [sqs({ queues: config.services.sqs.queues, strict: config.strict, region: config.region })]
}

/** Where a request goes: which service, under which path prefix, spoken how. */
export interface Destination {
  /** Empty when nobody answers; then the protocol refuses. */
  readonly service: string
  readonly protocol: Protocol
  /** `/sqs`, `/s/blue/sqs`, `/s/blue`; empty when the request itself told its service and session. */
  readonly mount: string
}

/** Are requests for a service that is not in the table passed on, whatever they say? */
export type Forwards = (signingName: string) => boolean

/**
 * Finds the service of a request: by the first path segment (`/sqs/…`); else, at `/`, by the credential scope and by the
 * protocol that claims it (`X-Amz-Target: AmazonSQS.…`). SDKs that use a QueueUrl as endpoint lose the prefix, so both
 * must work. `prefix` is what stands before all of that, and named the session. The first service of the table takes unsigned form posts: the query protocol does not name its service.
 */
export function route(
  services: readonly Service[],
  request: HttpRequest,
  caller: Caller,
  prefix = '',
  forwards: Forwards = () => false,
): Destination {
  const prefixed = services.find(({ name }) => hasPrefix(request.target, prefix.length + 1, name))
  const { signingName } = caller
  const mount = prefixed === undefined ? prefix : `${prefix}/${prefixed.name}`
  const isCandidate = (service: Service): boolean =>
    prefixed === undefined ? signingName === '' || service.signingName === signingName : service === prefixed
  let candidates = 0
  for (const service of services) {
    if (!isCandidate(service)) continue
    candidates++
    for (const protocol of service.protocols)
      if (protocol.claims(request)) return { service: service.name, protocol, mount }
  }
  if (candidates === 0 && NAME.test(signingName) && forwards(signingName))
    return { service: signingName, protocol: generic(request), mount }
  const wanted = header(request, 'x-amz-target')?.split('.')[0] ?? (candidates === 0 ? signingName : undefined)
  const served = services.map(({ name }) => name)
  return { service: '', protocol: wanted === undefined ? NO_OPERATION : noRoute(request, wanted, served), mount }
}

/** As AWS names its services; a signature may say anything. */
const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/

function hasPrefix(target: string, at: number, name: string): boolean {
  if (!target.startsWith(name, at)) return false
  const after = target[at + name.length]
  return after === undefined || after === '/' || after === '?'
}
