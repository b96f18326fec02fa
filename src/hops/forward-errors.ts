import type { ApiError } from '../core/errors.ts'
import type { Obstacle } from '../core/upstream.ts'

/** Errors of pipit's own, for clients that wait for AWS's: they say so, and what to do. Retries help against 503 only. */
export function notForwarded(why: string): ApiError {
  const message = `pipit does not forward this request: ${why}.`
  const shape = 'com.amazon.coral.service#AccessDeniedException'
  return { shape, code: 'AccessDenied', status: 403, fault: 'Sender', message, hint: message }
}

export function unsupported(what: string): ApiError {
  return own('PipitNotSupported', 400, `pipit does not forward ${what} yet. Point that client at the service itself.`)
}

export function noCredentials(reason: string): ApiError {
  const remedy = 'Give pipit credentials as every AWS SDK takes them: AWS_PROFILE, or AWS_ACCESS_KEY_ID and its secret.'
  return own('PipitNoCredentials', 403, `pipit has no AWS credentials to sign with: ${reason}. ${remedy}`)
}

export function noEndpoint(service: string, region: string): ApiError {
  const remedy =
    'Give the client a region of AWS, or set it with --upstream aws?region=…, or give the URL of the endpoint.'
  return own('PipitNoEndpoint', 400, `AWS has no endpoint for ${service} in a region ${quoted(region)}. ${remedy}`)
}

export function loop(): ApiError {
  return own('PipitForwardLoop', 400, 'pipit forwards to itself: --upstream must name another server.')
}

/** What the operator can do about it; a host that is about to start needs nothing but time. */
const REMEDIES: Readonly<Record<Obstacle, readonly [status: number, remedy: string]>> = {
  refused: [
    503,
    'Is it running, and reachable from where pipit runs? In a container, localhost is the container itself.',
  ],
  'too-slow': [503, 'Is it reachable from where pipit runs? Behind a firewall, HTTPS_PROXY names the way out.'],
  'no-such-host': [400, 'Check --upstream, and the region that the client signs for: it is a part of the name.'],
  'not-trusted': [
    400,
    'If somebody on the way reads TLS, give pipit the CA with NODE_EXTRA_CA_CERTS; check http and https.',
  ],
  proxy: [400, 'Check HTTPS_PROXY, and list the host in NO_PROXY if it needs none.'],
}

export function unreachable(url: string, obstacle: Obstacle, reason: string): ApiError {
  const [status, remedy] = REMEDIES[obstacle]
  return own('PipitUpstreamUnreachable', status, `pipit cannot reach ${url}: ${reason}. ${remedy}`)
}

function own(code: string, status: number, message: string): ApiError {
  // The log has no room for messages, but for hints: whoever runs pipit should read it there, too.
  return { shape: code, code, status, fault: status >= 500 ? 'Receiver' : 'Sender', message, hint: message }
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}
