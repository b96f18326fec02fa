import type { HttpRequest, HttpResponse } from '../core/exchange.ts'
import { json } from '../core/admin-route.ts'
import { livez, localstackHealth, type Readiness, readyz } from './health.ts'

export interface ControlPlane {
  readonly readiness: Readiness
  readonly services: readonly string[]
}

/** The first path segments that never are a queue or a service. */
const PATH = /^\/(?:_pipit|_localstack|health)(?:[/?]|$)/

export function isAdminPath(target: string): boolean {
  return PATH.test(target)
}

/** The control plane: its own resources and the aliases of other tools, on the same port. */
export function adminAnswer(request: HttpRequest, plane: ControlPlane): HttpResponse {
  const path = request.target.split('?')[0]
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return json(405, { error: `${path} takes GET`, code: 'method-not-allowed' })
  switch (path) {
    case '/_pipit/livez':
      return livez()
    case '/_pipit/readyz':
    case '/health':
      return readyz(plane.readiness)
    case '/_localstack/health':
      return localstackHealth(plane.readiness, plane.services)
    default:
      return json(404, { error: `there is nothing at ${path}`, code: 'not-found' })
  }
}
