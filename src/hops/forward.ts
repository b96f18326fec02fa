import type { AllowedHosts } from '../core/allowed-host.ts'
import type { ApiError } from '../core/errors.ts'
import {
  type Call,
  type Exchange,
  header,
  type HttpResponse,
  isDecodeFailure,
  type Outcome,
  type Result,
} from '../core/exchange.ts'
import type { Hop } from '../core/hop.ts'
import type { Ends, Service } from '../core/service.ts'
import type { Client, Guards, NoCredentials, Scope, Sent, UpstreamRequest, UpstreamTarget } from '../core/upstream.ts'
import { accountFinder, type AccountOf, type AccountParts } from './account.ts'
import { deputyComplaint } from './deputy.ts'
import { type Endpoint, endpointOf } from './endpoint.ts'
import { loop, noCredentials, noEndpoint, notForwarded, unreachable, unsupported } from './forward-errors.ts'
import { guardComplaint } from './guard.ts'
import { outgoing, passedOn, rewritten, targetBelow } from './outgoing.ts'

export interface ForwardRules extends Guards {
  readonly upstream: UpstreamTarget
}

export interface ForwardParts extends AccountParts {
  /** What the operator has said of the exchange's service. */
  readonly rulesOf: (exchange: Exchange) => ForwardRules
  /** `undefined`: one that pipit does not know; its requests pass as they are. */
  readonly serviceOf: (name: string) => Service | undefined
  readonly trust: AllowedHosts
  /** Who this gateway is, to know itself by. */
  readonly id: string
}

/** Streams of signed chunks, and services whose requests are such. */
const STREAMED = new Set(['s3', 's3express', 's3-object-lambda', 's3-outposts'])

/** What AWS answers when a signature is too old, or too young. */
const SKEW = new Set([
  'AuthFailure',
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
])
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException'])

/** Answers from another server: real AWS with our credentials, or any endpoint with what the client has sent. */
export function forwardHop(parts: ForwardParts): Hop {
  const accountOf = accountFinder(parts)
  return async (exchange) => {
    const call = exchange.call()
    // What pipit cannot read is refused as the mock refuses it: it could not tell where its answer leads a client.
    if (isDecodeFailure(call)) return refuse(exchange, call.protocol, call.error)
    const passage = examine(exchange, call, parts)
    if ('error' in passage) return refuse(exchange, call.protocol, passage.error)
    const { endpoint, request, rules } = passage
    if (rules.confirmAccount !== undefined) {
      const error = await accountError(rules.confirmAccount, endpoint, exchange, rules.upstream, accountOf)
      if (error !== undefined) return refuse(exchange, call.protocol, error)
    }
    const { scope } = endpoint
    const sent = await (scope === undefined
      ? parts.send(request, exchange)
      : sendSigned(request, scope, call, exchange, parts))
    if (sent.kind === 'no-credentials') return refuse(exchange, call.protocol, noCredentials(sent.reason))
    if (sent.kind === 'unreachable')
      return refuse(exchange, call.protocol, unreachable(endpoint.url, sent.obstacle, sent.reason))
    if (sent.kind === 'failure') {
      exchange.trace.answered('forward')
      return sent
    }
    return answerOf(exchange, call, passedOn(sent.response), passage)
  }
}

interface Passage {
  readonly endpoint: Endpoint
  readonly request: UpstreamRequest
  readonly service: Service | undefined
  readonly rules: ForwardRules
}

/** May it pass, as far as that can be seen from it, and where to? Nothing has been sent yet. */
function examine(exchange: Exchange, call: Call, parts: ForwardParts): Passage | { readonly error: ApiError } {
  const { trust, id } = parts
  const { caller, request } = exchange
  const service = parts.serviceOf(exchange.service)
  const rules = parts.rulesOf(exchange)
  const { upstream } = rules
  const complaint = deputyComplaint(exchange, trust) ?? guardComplaint(rules, call, service)
  if (complaint !== undefined) return { error: notForwarded(complaint) }
  const streamed = streamedSignature(exchange)
  if (streamed !== undefined) return { error: unsupported(streamed) }
  if (header(request, 'via')?.includes(id) === true) return { error: loop() }
  const signingName = service?.signingName ?? caller.signingName
  const endpoint = endpointOf(upstream, signingName, caller.region)
  if (endpoint === undefined) return { error: noEndpoint(signingName, upstream.region ?? caller.region) }
  const moved = service?.delocalize?.(request, call, endpoint.url) ?? request
  const options = {
    endpoint,
    target: targetBelow({ request: moved, mount: exchange.mount }),
    via: upstream.to === 'aws' ? undefined : id,
    isRead: service !== undefined,
  }
  return { endpoint, service, rules, request: outgoing(moved, options) }
}

function streamedSignature({ request, caller }: Exchange): string | undefined {
  if (STREAMED.has(caller.signingName)) return `requests to ${caller.signingName}`
  const hash = header(request, 'x-amz-content-sha256') ?? ''
  return hash.startsWith('STREAMING-') ? `bodies that are signed as a stream (${hash.slice(0, 100)})` : undefined
}

async function accountError(
  confirmAccount: string,
  { scope }: Endpoint,
  client: Client,
  upstream: UpstreamTarget,
  accountOf: AccountOf,
): Promise<ApiError | undefined> {
  if (scope === undefined) return notForwarded('an account can be confirmed only where pipit signs (confirmAccount)')
  const account = await accountOf(upstream, scope.region, client)
  if (account === confirmAccount) return undefined
  if (typeof account === 'string')
    return notForwarded(`its credentials are of the account ${account}, not of ${confirmAccount} (confirmAccount)`)
  if (account.kind === 'no-credentials') return noCredentials(account.reason)
  return notForwarded(`the account of its credentials is not known: ${account.reason} (confirmAccount)`)
}

/** Once more where AWS says that our clock is wrong, or our credentials are too old. The client has its own policy. */
async function sendSigned(
  request: UpstreamRequest,
  scope: Scope,
  call: Call,
  client: Client,
  { send, signer: load }: ForwardParts,
): Promise<Sent | NoCredentials> {
  const signer = await load()
  for (let isFirst = true; ; isFirst = false) {
    const signed = await signer.sign(request, scope)
    if ('kind' in signed) return signed
    const sent = await send(signed, client)
    if (!isFirst || sent.kind !== 'response' || sent.response.status < 400) return sent
    const result = call.protocol.decodeResponse(call, sent.response)
    const code = result?.kind === 'error' ? result.error.code : ''
    if (EXPIRED.has(code)) await signer.renew()
    else if (!SKEW.has(code) || !signer.correctClock(header(sent.response, 'date'))) return sent
  }
}

/** The answer as the other server wrote it, but where it would lead the client there. */
function answerOf(exchange: Exchange, call: Call, response: HttpResponse, { service, endpoint }: Passage): Outcome {
  const { protocol, operation } = call
  const read = protocol.decodeResponse(call, response)
  const isFine = response.status >= 200 && response.status < 300
  if (read === undefined && isFine && service?.linking?.includes(operation) === true) {
    exchange.trace.answered('forward')
    const reason = `upstream: its answer to ${operation} cannot be read, and may lead past the gateway`
    return { kind: 'failure', failure: { ending: 'close', reason } }
  }
  const ends: Ends = { here: exchange.origin + exchange.mount, there: endpoint.url }
  const result = read && (service?.localize?.(read, call, ends) ?? read)
  exchange.trace.answered('forward', result)
  let written = response
  if (result !== undefined && result !== read) {
    const id = header(response, 'x-amzn-requestid') ?? exchange.id
    written = rewritten(response, protocol.encodeResponse(call, result, id, exchange.request))
  }
  exchange.trace.said(call, written.body)
  return respond(written, result)
}

function respond(response: HttpResponse, result: Result | undefined): Outcome {
  const rawHeaders = [...response.rawHeaders, 'x-pipit-source', 'forward']
  return { kind: 'response', response: { ...response, rawHeaders }, ...(result !== undefined && { result }) }
}

/** In the words of the gateway itself: nothing has been executed. */
function refuse(exchange: Exchange, protocol: Call['protocol'], error: ApiError): Outcome {
  const result: Result = { kind: 'error', error }
  const response = protocol.encodeResponse({ operation: '' }, result, exchange.id, exchange.request)
  return { kind: 'response', response, result }
}
