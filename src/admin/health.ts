import { type AdminRoute, adminRoute, json } from '../core/admin-route.ts'

export interface Readiness {
  /** The configuration is applied and every port is open. */
  isReady: boolean
}

const READY = { 200: 'it serves', 503: 'it does not serve yet, or is being ended' }

/** Is it there, does it serve; and the same in LocalStack's words. For everybody, under every host. */
export function healthRoutes(readiness: Readiness, services: readonly string[]): readonly AdminRoute[] {
  const status = (): number => (readiness.isReady ? 200 : 503)
  const ready = (path: string): AdminRoute =>
    adminRoute({
      method: 'GET',
      path,
      summary: 'Ready to serve?',
      answers: READY,
      isOpen: true,
      answer: () => json(status(), { status: readiness.isReady ? 'ready' : 'not ready' }),
    })
  return [
    adminRoute({
      method: 'GET',
      path: '/_pipit/livez',
      summary: 'Is the process there?',
      answers: { 200: 'it is' },
      isOpen: true,
      answer: () => json(200, { status: 'ok' }),
    }),
    ready('/_pipit/readyz'),
    ready('/health'),
    adminRoute({
      method: 'GET',
      path: '/_localstack/health',
      summary: "LocalStack's form, for scripts that wait for a service to be running",
      answers: { 200: 'the state of each service' },
      isOpen: true,
      answer: () => {
        const state = readiness.isReady ? 'running' : 'initializing'
        return json(200, { services: Object.fromEntries(services.map((name) => [name, state])), edition: 'pipit' })
      },
    }),
  ]
}
