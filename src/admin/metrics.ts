import { type AdminRoute, adminRoute } from '../core/admin-route.ts'
import type { Service } from '../core/service.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Sessions } from '../sessions.ts'
import { sessionsOf } from './sessions.ts'

/** Numbers for Prometheus: requests, latencies, and what each service counts by its CloudWatch names. */
export function metricsRoute(sessions: Sessions, services: readonly Service[], metrics: Metrics): AdminRoute {
  return adminRoute({
    method: 'GET',
    path: '/_pipit/metrics',
    summary: 'Requests, latencies and depths of queues, as Prometheus reads them',
    produces: 'text/plain',
    answers: { 200: 'the text format' },
    answer: async (ask) => {
      const now = sessionsOf(sessions, ask).map((session) => ({
        session: session.name,
        measures: services.flatMap(({ name }) => [...(session.mock(name).metrics?.() ?? [])]),
      }))
      const { text, contentType } = await metrics.render(now)
      return { status: 200, rawHeaders: ['Content-Type', contentType, 'Cache-Control', 'no-store'], body: text }
    },
  })
}
