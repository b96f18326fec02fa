import { type Call, type Caller, type DecodeFailure, header, type HttpRequest } from '../core/exchange.ts'
import type { Protocol, Service } from '../core/service.ts'
import { readCaller } from '../protocols/sigv4.ts'
import { route } from '../routes.ts'
import { namedSession } from '../sessions.ts'

/** What a request that passes by says: for whom it is, what it asks. */
export interface Reading {
  /** A service that pipit knows. */
  readonly service: Service | undefined
  /** What the service is called, also one that pipit does not know; `undefined`: the request is none of AWS. */
  readonly serviceName: string | undefined
  /** Also of a call that cannot be decoded, as far as its head tells. */
  readonly operation: string | undefined
  readonly protocol: Protocol
  readonly call: Call | DecodeFailure
  readonly caller: Caller
  readonly session: string
  readonly mount: string
}

export type Reader = (request: HttpRequest) => Reading

/** Reads requests as the gateway does; `region` is that of those that are not signed. */
export function readerFor(services: readonly Service[], region: string): Reader {
  return (request) => {
    const caller = readCaller(request, region)
    const { name: session, prefix } = namedSession(request, caller)
    const { service: found, protocol, mount } = route(services, request, caller, prefix)
    const service = services.find(({ name }) => name === found)
    const call = protocol.decodeRequest(request, mount)
    const read = { protocol, call, caller, session, mount }
    if (service !== undefined && 'operation' in call)
      return { ...read, service, serviceName: service.name, operation: call.operation }
    const operation = operationIn(request)
    // Any form may be for a service that speaks the query protocol; only a signature or an operation says that it is.
    const isAws = operation !== undefined || caller.signingName !== ''
    const serviceName = service?.name ?? (caller.signingName === '' ? undefined : caller.signingName)
    return { ...read, service: isAws ? service : undefined, serviceName: isAws ? serviceName : undefined, operation }
  }
}

const ACTION = /(?:^|[?&])Action=(\w{1,128})/

/** `X-Amz-Target: DynamoDB_20120810.GetItem`, `Action=Publish`. */
function operationIn(request: HttpRequest): string | undefined {
  const target = header(request, 'x-amz-target')
  if (target !== undefined) return target.slice(target.lastIndexOf('.') + 1)
  const inTarget = ACTION.exec(request.target)?.[1]
  if (inTarget !== undefined || header(request, 'x-amz-date') === undefined) return inTarget
  return ACTION.exec(request.body.toString('latin1', 0, 1024))?.[1]
}
