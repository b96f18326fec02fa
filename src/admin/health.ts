import type { HttpResponse } from '../core/exchange.ts'
import { json } from '../core/admin-route.ts'

export interface Readiness {
  /** The configuration is applied and every port is open. */
  isReady: boolean
}

/** The process is there. */
export function livez(): HttpResponse {
  return json(200, { status: 'ok' })
}

/** It serves. 503 before the configuration is applied, and from the moment it shuts down. */
export function readyz({ isReady }: Readiness): HttpResponse {
  return isReady ? json(200, { status: 'ready' }) : json(503, { status: 'not ready' })
}

/** LocalStack's form, for scripts that wait for `"sqs": "running"` or `"available"`. */
export function localstackHealth({ isReady }: Readiness, services: readonly string[]): HttpResponse {
  const state = isReady ? 'running' : 'initializing'
  return json(200, { services: Object.fromEntries(services.map((name) => [name, state])), edition: 'pipit' })
}
