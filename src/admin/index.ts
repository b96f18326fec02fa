import type { AdminRoute } from '../core/admin-route.ts'
import type { Service } from '../core/service.ts'
import type { Clock } from '../core/clock.ts'
import type { Library } from '../fixtures/library.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Journal } from '../journal/journal.ts'
import type { Session } from '../session.ts'
import type { Monitors } from '../monitors.ts'
import type { Sessions } from '../sessions.ts'
import { caRoute } from './ca.ts'
import { clockRoutes } from './clock.ts'
import { type FaultParts, faultRoutes } from './faults.ts'
import { healthRoutes, type Readiness } from './health.ts'
import { journalRoutes } from './journal.ts'
import { type InitScript, localstackInitRoutes } from './localstack-init.ts'
import { metricsRoute } from './metrics.ts'
import { monitorRoutes } from './monitors.ts'
import { openapiRoute } from './openapi.ts'
import { replayRoutes } from './replay.ts'
import { QUEUE_RESETS, resetRoutes } from './reset.ts'
import { sessionOf, sessionRoutes } from './sessions.ts'

export interface AdminParts extends Omit<FaultParts, 'sessions'> {
  readonly readiness: Readiness
  readonly sessions: Sessions
  readonly journal: Journal
  readonly metrics: Metrics
  readonly wall: Clock
  readonly services: readonly Service[]
  /** Of requests that are not signed. */
  readonly region: string
  readonly version: string
  /** The faults of a session as at the start; what hangs because of one ends. */
  readonly resetFaults: (session: Session) => void
  readonly monitors: Monitors
  /** Where monitors are opened; `undefined`: for this machine only. */
  readonly host: string | undefined
  readonly initScripts?: readonly InitScript[]
  /** `undefined`: no HTTPS, or with the operator's own certificate. */
  readonly caPem?: () => string | undefined
  /** Is there somewhere to forward a service to, or any, for `*`? */
  readonly hasUpstream?: (service: string) => boolean
  /** Throws a PipitError where a session cannot record or replay what it is made for. */
  readonly checkFixture?: (session: Session) => void
  /** What sessions replay. */
  readonly library?: Library
}

/** Everything that the control plane answers. A new resource is a line here; a service brings its own. */
export function adminRoutes(parts: AdminParts): readonly AdminRoute[] {
  const {
    readiness,
    sessions,
    journal,
    metrics,
    wall,
    services,
    region,
    version,
    initScripts = [],
    caPem,
    hasUpstream = () => false,
    checkFixture,
    library,
    resetFaults,
    monitors,
    host,
  } = parts
  const names = services.map(({ name }) => name)
  const routes = [
    ...healthRoutes(readiness, names),
    ...localstackInitRoutes(readiness, initScripts),
    caRoute(caPem),
    ...sessionRoutes(sessions, { region, hasUpstream, ...(checkFixture && { checkFixture }) }),
    ...clockRoutes(sessions),
    ...resetRoutes(
      sessions,
      { ...QUEUE_RESETS, faults: resetFaults, journal: ({ name }) => journal.clear(name) },
      ({ name }) => library?.report(name) !== undefined,
    ),
    ...faultRoutes(parts),
    ...(library === undefined ? [] : replayRoutes(sessions, library, wall)),
    ...journalRoutes({ sessions, journal, wall }),
    metricsRoute(sessions, services, metrics),
    ...monitorRoutes(monitors, host),
    ...services.flatMap(
      (service) => service.adminRoutes?.({ of: (ask) => sessionOf(sessions, ask).mock(service.name) }) ?? [],
    ),
  ]
  return [...routes, openapiRoute(routes, version)]
}
